"""The published information of an enterprise, item by item, as an objection names it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from api.records.gateway.publication import (
    DirectoryEntry,
    PublishedLicence,
    PublishedMeasure,
    PublishedPenalty,
    PublishedRating,
    PublishedRecord,
    PublishedRegistration,
)
from api.records.gateway.source import Source
from api.records.wording import amount, day_text, label_of
from knowledge.text import Language

Fact = tuple[str, str]
_LABELS = {
    "code": ("统一社会信用代码", "Unified social credit code"),
    "customs_code": ("海关注册编码", "Customs code"),
    "kind": ("种类", "Kind"),
    "office": ("主管海关", "Competent customs"),
    "level": ("信用等级", "Credit level"),
    "directory": ("名录", "Directory"),
    "entry": ("名录编号", "Entry number"),
    "detail": ("公示内容", "What is published"),
    "decision": ("决定书文号", "Decision"),
    "decided": ("决定日期", "Decided on"),
    "cause": ("案由", "Cause"),
    "fine": ("罚款", "Fine"),
    "by": ("作出决定的海关", "Decided by"),
    "licence": ("证件编号", "Number"),
    "measure": ("措施", "Measure"),
    "department": ("部门", "Department"),
    "from": ("公示起", "Published from"),
    "to": ("公示止", "Published to"),
    "since": ("起始日", "Since"),
}


@dataclass(frozen=True, slots=True)
class PublishedItem:
    """One thing that is published, with its record and its facts in the reader's language."""

    source: Source
    title: str
    facts: tuple[Fact, ...]
    addressee: str  # the customs that decided or keeps it

    @property
    def as_of(self) -> datetime:
        """When its record was last written."""
        return self.source.as_of


def list_items(found: PublishedRecord, day: date, language: Language) -> tuple[PublishedItem, ...]:
    """Return everything under publication about an enterprise on ``day``."""
    office = found.registration.customs_office_name
    return tuple(_items(found, office, day, language))


def _items(found: PublishedRecord, office: str, day: date, language: Language) -> Iterator[PublishedItem]:
    for penalty in sorted(found.penalties, key=lambda one: one.decided_on, reverse=True):
        yield _penalty(penalty, day, language)
    if found.rating is not None:
        yield _rating(found.rating, office, language)
    for entry in found.directories:
        yield _entry(entry, office, language)
    for licence in found.licences:
        yield _licence(licence, office, language)
    for measure in found.measures:
        yield _measure(measure, office, language)
    yield _registration(found.registration, language)


def _penalty(one: PublishedPenalty, day: date, language: Language) -> PublishedItem:
    end = one.publication_end(day).last
    facts = _facts(
        language, decision=one.decision_no, decided=one.decided_on, cause=one.cause,
        fine=amount(one.fine, language), by=one.deciding_customs_name,
        **{"from": one.published_from, "to": end},
    )  # fmt: skip
    title = f"{_of('penalty', language)} {one.decision_no}"
    return PublishedItem(one.source, title, facts, one.deciding_customs_name)


def _rating(one: PublishedRating, office: str, language: Language) -> PublishedItem:
    level = label_of("level", one.level, language)
    facts = _facts(language, level=level, since=one.effective_from)
    return PublishedItem(one.source, f"{_LABELS['level'][language == 'en']} {level}", facts, office)


def _entry(one: DirectoryEntry, office: str, language: Language) -> PublishedItem:
    name = label_of("directory", one.directory, language)
    facts = _facts(
        language, directory=name, entry=one.entry_no, detail=one.detail,
        **{"from": one.published_from, "to": one.published_to},
    )  # fmt: skip
    return PublishedItem(one.source, name, facts, office)


def _licence(one: PublishedLicence, office: str, language: Language) -> PublishedItem:
    facts = _facts(
        language, kind=label_of("licence_kind", one.kind, language), licence=one.licence_no,
        **{"from": one.published_from, "to": one.published_to},
    )  # fmt: skip
    return PublishedItem(one.source, one.name, facts, office)


def _measure(one: PublishedMeasure, office: str, language: Language) -> PublishedItem:
    kind = label_of("measure_kind", one.kind, language)
    facts = _facts(language, kind=kind, measure=one.measure, department=one.department, since=one.valid_from)
    return PublishedItem(one.source, f"{kind} {one.measure}", facts, office)


def _registration(one: PublishedRegistration, language: Language) -> PublishedItem:
    facts = _facts(
        language, code=one.uscc, customs_code=one.customs_code, office=one.customs_office_name,
        kind=label_of("enterprise_kind", one.kind, language), since=one.registered_on,
    )  # fmt: skip
    return PublishedItem(one.source, _of("enterprise", language), facts, one.customs_office_name)


def _facts(language: Language, **values: str | date | None) -> tuple[Fact, ...]:
    return tuple(
        (_LABELS[name][language == "en"], day_text(value, language) if isinstance(value, date) else value)
        for name, value in values.items()
        if value is not None and value != ""
    )


def _of(table: str, language: Language) -> str:
    return label_of("table", table, language)
