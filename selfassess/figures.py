"""Finance figures as given: amounts with the unit they were written in, and ratios stated as such."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from selfassess.errors import FiguresUnreadable
from selfassess.figure_names import (
    INDICATORS,
    LINES,
    OPINIONS,
    SHARES,
    indicator_named,
    line_named,
    opinion_named,
    plain,
)
from selfassess.numerals import UNITS, Amount, read_amount, read_share, unknown_unit

__all__ = ["LINES", "OPINIONS", "UNITS", "Amount", "FinanceFigures", "YearEnd", "read_amount", "read_figures"]

_MOST_AS_A_SHARE = 3
"""A share written without % above this is more likely a percentage than 300% and more."""


@dataclass(frozen=True)
class YearEnd:
    """Liabilities and assets at the end of one year."""

    total_liabilities: Amount
    total_assets: Amount


@dataclass(frozen=True)
class FinanceFigures:
    """What the calculator works from.

    ``stated`` are ratios given without their lines; ``assumed`` puts a value in place of any calculation.
    ``average_total_assets`` counts where the assets at the start of the year are not given.
    """

    amounts: Mapping[str, Amount] = field(default_factory=dict)
    audit_opinion: str | None = None
    erp_linked_and_balance_sheet_provided: bool | None = None
    history: Mapping[int, YearEnd] = field(default_factory=dict)
    assumed: Mapping[str, Fraction] = field(default_factory=dict)
    stated: Mapping[str, Fraction] = field(default_factory=dict)
    average_total_assets: Amount | None = None
    production: bool | None = None

    def assuming(self, indicator: str, value: Fraction) -> FinanceFigures:
        """The same figures with one indicator set to a value."""
        return replace(self, assumed={**self.assumed, indicator: value})


def read_figures(content: Mapping[str, Any]) -> FinanceFigures:
    """Figures from a form or file, under the names of `figure_names.py`: lines, ratios, and what is in `_OTHER`.

    A number may carry its own unit ("1,200万元"); otherwise ``unit`` counts, and without it no unit is assumed.
    Lines may stand in groups (balance_sheet …) or under their year: then the latest year is the one compared.
    """
    by_year = {int(match[1]): value for key, value in content.items() if (match := _YEAR.match(str(key)))}
    rest = {str(key): value for key, value in content.items() if not _YEAR.match(str(key))}
    flat = dict(_flat({**_latest(by_year), **rest}))
    unit = _unit(flat.get("unit"))
    figures = FinanceFigures(
        audit_opinion=_opinion(flat.get("auditopinion")),
        erp_linked_and_balance_sheet_provided=_yes_or_no("erp_linked_and_balance_sheet_provided", flat),
        production=_yes_or_no("production", flat),
        history=_history({**by_year, **_mapping("history", flat.get("history"))}, unit),
        average_total_assets=_optional(flat.get("averagetotalassets"), unit),
    )
    amounts, stated = _lines({key: value for key, value in flat.items() if key not in _KNOWN_KEYS}, unit)
    return replace(figures, amounts=amounts, stated=stated)


_YEAR = re.compile(r"^(20\d\d)\s*(?:年度?)?$")
_GROUPS = {
    plain(name)
    for name in (
        *("balance_sheet", "income_statement", "cash_flow_statement", "cash_flow", "solvency", "profitability"),
        *("资产负债表", "利润表", "现金流量表", "偿债能力", "盈利能力", "statements", "indicators", "ratios", "lines"),
    )
}
_OTHER = {
    "unit": ("单位", "金额单位"),
    "audit_opinion": ("审计意见", "opinion", "audit_report_opinion"),
    "erp_linked_and_balance_sheet_provided": (),
    "production": ("production_enterprise", "production_type", "manufacturer", "生产型", "生产型企业"),
    "history": ("历年",),
    "average_total_assets": ("平均总资产", "平均资产总额", "average_assets"),
    "note": ("notes", "备注", "source", "来源"),
}
_OTHER_NAMED = {plain(name): plain(key) for key, names in _OTHER.items() for name in (key, *names)}
_KNOWN_KEYS = {plain(key) for key in _OTHER}


def _flat(content: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The entries with groups dissolved, other keys under their plain first name."""
    for key, value in content.items():
        name = plain(key)
        if name in _GROUPS:
            yield from _flat(_mapping(key, value))
        else:
            yield _OTHER_NAMED.get(name, key), value


def _latest(by_year: Mapping[int, Any]) -> dict[str, Any]:
    """The lines of the latest year, with the assets the year before ended with."""
    if not by_year:
        return {}
    latest = max(by_year)
    lines = _lines_of(by_year, latest)
    before = _lines_of(by_year, latest - 1)
    for key, value in before.items():
        if line_named(key) == "total_assets" and not any(line_named(name) == "opening_total_assets" for name in lines):
            lines["opening_total_assets"] = value
    return lines


def _lines_of(by_year: Mapping[int, Any], year: int) -> dict[str, Any]:
    return dict(_flat(by_year[year])) if isinstance(by_year.get(year), Mapping) else {}


def _lines(content: Mapping[str, Any], unit: str | None) -> tuple[dict[str, Amount], dict[str, Fraction]]:
    amounts: dict[str, Amount] = {}
    stated: dict[str, Fraction] = {}
    for key, value in content.items():
        line, ratio = line_named(key), indicator_named(key)
        if line is None and ratio is None:
            known = ", ".join((*LINES, *INDICATORS))
            raise FiguresUnreadable(
                f"finance：不认识的项目{key[:60]!r}，可以用：{known}",
                f"finance: unknown line {key[:60]!r}; known are: {known}",
            )
        if value is None:
            continue
        if (line or ratio) in {**amounts, **stated}:
            raise FiguresUnreadable(f"finance：{key!r}填了两次", f"finance: {key!r} is given twice")
        if line is not None:
            amounts[line] = _amount(line, value, unit)
        elif ratio is not None:
            stated[ratio] = _ratio(ratio, value)
    return amounts, stated


def _amount(line: str, value: object, unit: str | None) -> Amount:
    try:
        return read_amount(value, unit)
    except FiguresUnreadable as error:
        label = LINES[line]
        raise FiguresUnreadable(f"{label.zh}：{error.said.zh}", f"{label.en}: {error.said.en}") from error


def _ratio(name: str, value: object) -> Fraction:
    ratio, marked = read_share(value)
    if name in SHARES and not marked and abs(ratio) > _MOST_AS_A_SHARE:
        label = INDICATORS[name]
        raise FiguresUnreadable(
            f"{label.zh}请写成{value}%或者小数，不要写成{value!r}",
            f"{label.en}: write {value}% or a fraction, not {value!r}",
        )
    return ratio


def _history(content: Mapping[Any, Any], unit: str | None) -> dict[int, YearEnd]:
    return {_year(key): _year_end(key, value, unit) for key, value in content.items() if _has_year_end(value)}


def _has_year_end(value: Any) -> bool:
    """Whether the year states anything about liabilities; a year of other lines is no part of the history."""
    names = {line_named(str(key)) for key, _ in _flat(value)} if isinstance(value, Mapping) else {"total_liabilities"}
    return bool(names & {"total_liabilities", "total_assets"})


def _year(key: object) -> int:
    match = _YEAR.match(str(key))
    if match is None:
        raise FiguresUnreadable(f"history：{key!r}不是年份", f"history: {key!r} is not a year")
    return int(match[1])


def _year_end(key: object, value: Any, unit: str | None) -> YearEnd:
    """Both lines of one year, or its debt ratio alone."""
    if not isinstance(value, Mapping):
        return YearEnd(Amount(_ratio("debt_to_asset_ratio", value), "元"), Amount(Fraction(1), "元"))
    named = {line_named(name): entry for name, entry in _flat(value)}
    missing = {"total_liabilities", "total_assets"} - set(named)
    if missing:
        lines = ", ".join(sorted(missing))
        raise FiguresUnreadable(f"history：缺少{key}年的{lines}", f"history: {lines} of {key} is missing")
    return YearEnd(read_amount(named["total_liabilities"], unit), read_amount(named["total_assets"], unit))


def _optional(value: object, unit: str | None) -> Amount | None:
    return None if value is None else read_amount(value, unit)


def _mapping(name: str, value: Any) -> Mapping[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise FiguresUnreadable(f"{name}应当是项目和金额的对照", f"{name} must be a mapping of names to amounts")
    return {str(key): entry for key, entry in value.items()}


def _unit(value: object) -> str | None:
    if value is None or value == "":
        return None
    name = str(value).strip().removeprefix("人民币")
    name = {"CNY": "元", "RMB": "元", "yuan": "元"}.get(name, name)
    if name not in UNITS:
        raise unknown_unit(value)
    return name


def _opinion(value: object) -> str | None:
    if value is None or value == "":
        return None
    opinion = opinion_named(str(value))
    if opinion is None:
        known = ", ".join(OPINIONS)
        raise FiguresUnreadable(
            f"不认识的审计意见{str(value)[:60]!r}，可以用：{'、'.join(label.zh for label in OPINIONS.values())}",
            f"unknown audit opinion {str(value)[:60]!r}; use one of {known}",
        )
    return opinion


def _yes_or_no(key: str, content: Mapping[str, Any]) -> bool | None:
    value = content.get(plain(key))
    if value is None or isinstance(value, bool):
        return value
    raise FiguresUnreadable(f"{key}应当是true或者false", f"{key} must be true or false, not {value!r}")
