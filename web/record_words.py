"""How pages about records write codes, figures, sources and the rules behind them, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from fastapi import Request

from api.deps import edition_of
from api.records.gateway.source import Source
from api.records.wording import amount, label_of, month_text, percent, plain_number
from knowledge.models import Provision
from knowledge.text import Language, traditional
from web.views import language_of, translator

MOST_NUMBERS = 12
PART_NAMES = {
    "history": "信用等级",
    "certification_cases": "认证与复核案件",
    "repair_cases": "信用修复案件",
    "objection_cases": "异议案件",
    "penalties": "海关行政处罚",
    "abnormal_listings": "异常企业名录",
    "clearance": "查验率和通关时间",
    "profile": "企业画像",
    "joint_measures": "联合激励与惩戒",
    "agency_records": "部门信用记录",
    "external_credit": "外部信用",
    "publications": "公示名录",
    "coordinators": "企业协调员",
}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where figures come from: one table, the record numbers, and when the newest of them was written."""

    table: str
    title: str
    numbers: tuple[str, ...]
    more: int
    as_of: str


@dataclass(frozen=True, slots=True)
class RuleLink:
    """A provision as it is linked to. ``standard`` is the name of the standard where it is an item of one."""

    address: str
    document: str
    standard: str
    place: str
    title: str
    in_force: bool
    confidence: str


def record_words(request: Request) -> dict[str, Any]:
    """Return what templates about records may call."""
    language, today = language_of(request), request.app.state.clock()
    provisions = edition_of(request).by_id
    translate = translator(language)

    def label(code_set: str, code: str | None) -> str:
        return label_of(code_set, code, language)

    def rule(identifier: str | None) -> RuleLink | None:
        found = provisions.get(identifier or "")
        return rule_link(found, today, language) if found else None

    return {
        "label": label,
        "origins": lambda *sources: origins(flat(sources), language),
        "rule": rule,
        "amount": lambda value: amount(value, language),
        "number": lambda value: plain_number(value, language),
        "percent": lambda value: percent(value, language),
        "hours": lambda value: f"{plain_number(value, language, 1)}{translate('小时')}",
        "month": lambda day: month_text(day, language),
        "measured": lambda value, unit: measured(value, unit, language),
        "part_name": lambda part: translate(PART_NAMES[part]),
    }


def origins(sources: Iterable[Source], language: Language) -> list[Origin]:
    """Return the records behind a figure, table by table in the order they come."""
    by_table: dict[str, list[Source]] = {}
    for source in sources:
        by_table.setdefault(source.table, []).append(source)
    return [_origin(table, of, language) for table, of in by_table.items()]


def flat(sources: Iterable[Any]) -> Iterable[Source]:
    """Yield sources out of sources, things that have one, and lists of either; None is passed over."""
    for item in sources:
        if isinstance(item, Source):
            yield item
        elif isinstance(item, tuple | list):
            yield from flat(item)
        elif item is not None:
            yield from flat(getattr(item, "sources", None) or (item.source,))


def rule_link(provision: Provision, day: date, language: Language) -> RuleLink:
    """Return a provision as it is linked to on ``day``."""
    document, english = provision.document, language == "en"
    local = traditional if language == "zh-Hant" else str
    standard = (document.title_en if english else local(document.title_zh)) if document.kind == "standard" else ""
    return RuleLink(
        address=f"/documents/{document.id}#{provision.anchor_id}",
        document=(document.number_en or document.number) if english else local(document.number),
        standard=standard,
        place=provision.label_en if english else local(provision.label),
        title=provision.title_en if english else local(provision.title_zh),
        in_force=provision.in_force(day),
        confidence=provision.confidence.value,
    )


def measured(value: float | None, unit: str, language: Language) -> str:
    """Return the value of a profile indicator with its unit."""
    translate = translator(language)
    if value is None:
        return translate("没有数值")
    if unit == "yuan":
        return amount(value, language)
    if unit == "percent":
        return percent(value, language)
    if unit == "yes_no":
        return translate("是" if value else "否")
    space = " " if language == "en" else ""
    names = {"days": "天", "hours": "小时", "years": "年", "score": "分"}
    return plain_number(value, language) + (space + translate(names[unit]) if unit in names else "")


def _origin(table: str, sources: list[Source], language: Language) -> Origin:
    numbers = tuple(dict.fromkeys(source.row_id for source in sources))
    newest: datetime = max(source.as_of for source in sources)
    return Origin(
        table=table,
        title=label_of("table", table, language),
        numbers=numbers[:MOST_NUMBERS],
        more=max(0, len(numbers) - MOST_NUMBERS),
        as_of=f"{newest:%Y-%m-%d %H:%M}",
    )
