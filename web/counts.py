"""Counts of enterprises on a page: groups in plain words, small groups told from none, bars where there is one way."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from api.records.codes import LEVELS
from api.records.gateway.statistics import NOT_RATED, By, Counts
from api.records.wording import label_of, plain_number
from knowledge.text import Language
from web.charts.bar import Bar, bar_chart
from web.charts.figure import Caption
from web.views import translator

HEADS: dict[By, str] = {"district": "直属海关", "office": "主管海关", "level": "信用等级", "kind": "企业类型"}
_CODES: dict[By, str] = {"level": "level", "kind": "enterprise_kind"}


@dataclass(frozen=True, slots=True)
class CountTable:
    """Counts as a table: one column, or one for each group of the second way of counting."""

    head: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int | None, ...]], ...]


def table_of(counts: Counts, language: Language) -> CountTable:
    """Return counts as a table; None is a count that is not shown, a group without enterprises has 0."""
    _ = translator(language)
    groups = _groups(counts, language)
    head = _(HEADS[counts.by[0]])
    if len(counts.by) == 1:
        return CountTable(head, (_("企业数"),), tuple((names[0], (value,)) for names, value in groups))
    columns = _columns(counts, language)
    by_row: dict[str, dict[str, int | None]] = {}
    for (row, column), value in groups:
        by_row.setdefault(row, {})[column] = value
    rows = tuple((row, tuple(cells.get(column, 0) for column in columns)) for row, cells in by_row.items())
    return CountTable(head, columns, rows)


def counts_chart(counts: Counts, language: Language) -> Markup:
    """Return bars for a table with one way of grouping, nothing for others."""
    if len(counts.by) != 1:
        return Markup()
    _ = translator(language)
    bars = [Bar(names[0], value, own=True, unsaid=_("不显示")) for names, value in _groups(counts, language)]
    caption = Caption(
        "counts", _("企业数"), _("在营企业，按登记的主管海关统计。"), _(HEADS[counts.by[0]]), _("查看数据表")
    )
    return bar_chart(caption, _("企业数"), bars, lambda value: plain_number(value, language, 0))


def _groups(counts: Counts, language: Language) -> list[tuple[tuple[str, ...], int | None]]:
    cells = sorted(counts.cells, key=lambda cell: _place(counts.by, cell.keys))
    return [(_names(counts.by, cell.keys, language), cell.enterprises) for cell in cells]


def _columns(counts: Counts, language: Language) -> tuple[str, ...]:
    by = counts.by[1:]
    keys = sorted({cell.keys[1:] for cell in counts.cells}, key=lambda of: _place(by, of))
    return tuple(_names(by, of, language)[0] for of in keys)


def _names(by: tuple[By, ...], keys: tuple[str, ...], language: Language) -> tuple[str, ...]:
    _ = translator(language)
    return tuple(
        (label_of(_CODES[name], key, language) if key != NOT_RATED else _("没有等级")) if name in _CODES else key
        for name, key in zip(by, keys, strict=True)
    )


def _place(by: tuple[By, ...], keys: tuple[str, ...]) -> tuple[str, ...]:
    """Where a group stands: levels in their order, everything else by name."""
    return tuple(
        str(LEVELS.index(key)) if name == "level" and key in LEVELS else key for name, key in zip(by, keys, strict=True)
    )
