"""Number the sources of what is said about a record: records first, by table, then provisions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from api.records.codes import find_label
from api.records.contract import CONTRACT
from api.records.gateway.source import Record, Source, field_names
from api.records.wording import label_of
from api.usecases.own_record.said import Said, either
from assistant.citations import cite
from assistant.models import Citation, Statement
from knowledge.models import Provision
from knowledge.text import Language

MOST_NUMBERS = 12
RECORD = "record"  # the mark of a citation that is a record, beside the marks of provisions
DOCUMENT = "records/"
PLACES = {
    "credit_rating": "level", "penalty": "penalties", "certification_case": "cases", "credit_repair_case": "cases",
    "objection_case": "cases", "abnormal_listing": "listings", "clearance_month": "clearance",
    "clearance_level_month": "clearance", "profile_indicator": "profile", "joint_measure": "measures",
    "agency_record": "agencies", "external_credit": "agencies", "publication": "publications",
    "coordinator_assignment": "level",
}  # fmt: skip
_Key = tuple[str, ...]


def cited(
    sayings: Iterable[Said], provisions: Mapping[str, Provision], on: date, language: Language
) -> tuple[tuple[Statement, ...], tuple[Citation, ...]]:
    """Return the sentences as statements with the numbers of their sources, and the sources."""
    numbers: dict[_Key, int] = {}
    citations: list[Citation] = []
    statements = []
    for said in sayings:
        marks = []
        for key, things in _by_table(said.records).items():
            if key not in numbers:
                numbers[key] = len(numbers) + 1
                citations.append(_record(numbers[key], key, things, language))
            marks.append(numbers[key])
        for rule in said.rules:
            if (provision := provisions.get(rule)) is None:
                continue
            if (rule,) not in numbers:
                numbers[(rule,)] = len(numbers) + 1
                citations.append(cite(provision, numbers[(rule,)], on, language))
            marks.append(numbers[(rule,)])
        statements.append(Statement(said.text, tuple(marks)))
    return tuple(statements), tuple(citations)


def _by_table(things: Sequence[Any]) -> dict[_Key, list[Any]]:
    """The records behind one sentence, those of one table together; the key is the table and its record numbers."""
    tables: dict[str, list[tuple[Source, Any]]] = {}
    for thing in things:
        for source in getattr(thing, "sources", None) or (thing.source,):
            tables.setdefault(source.table, []).append((source, thing))
    return {(table, *(source.row_id for source, _ in of)): of for table, of in tables.items()}


def _record(n: int, key: _Key, things: list[tuple[Source, Any]], language: Language) -> Citation:
    table, *rows = key
    title = label_of("table", table, "en" if language == "en" else "zh-Hans")
    shown = ", ".join(rows[:MOST_NUMBERS])
    if len(rows) > MOST_NUMBERS:
        shown += either(language, f" 等{len(rows)}条", f" and others, {len(rows)} in all")
    newest: datetime = max(source.as_of for source, _ in things)
    return Citation(
        n=n,
        document_id=DOCUMENT + table,
        number=title,
        title=title,
        anchor=shown,
        effective_from=None,
        effective_to=None,
        in_force=True,
        confidence=RECORD,
        excerpt=_excerpt(table, things, newest, language),
        url=f"/status#{PLACES.get(table, 'main')}",
        label=either(language, f"记录编号 {shown}", f"Record {shown}"),
    )


def _excerpt(table: str, things: list[tuple[Source, Any]], newest: datetime, language: Language) -> str:
    """The fields of the first record, then when the newest of the records was written."""
    first = things[0][1]
    lines = list(_fields(table, first, language)) if isinstance(first, Record) else []
    if len(things) > 1:
        lines.append(either(language, f"共{len(things)}条记录", f"{len(things)} records in all"))
    lines.append(either(language, f"数据时点：{newest:%Y-%m-%d %H:%M}", f"as of: {newest:%Y-%m-%d %H:%M}"))
    return either(language, "；", "; ").join(lines)


def _fields(table: str, record: Record, language: Language) -> Iterable[str]:
    for name in field_names(type(record)):
        value = getattr(record, name)
        if value is None or name == "uscc":
            continue
        column = CONTRACT.tables[table].c[name]
        label = find_label(column.info["codes"], str(value)) if "codes" in column.info else None
        said = (label.en if language == "en" else label.zh) if label else _value(value, language)
        yield f"{name}: {said}" if language == "en" else f"{column.comment}：{said}"


def _value(value: Any, language: Language) -> str:
    if isinstance(value, bool):
        return either(language, "是" if value else "否", "yes" if value else "no")
    return f"{value:,}" if isinstance(value, Decimal) else str(value)
