"""Small standards, records and answers the tests of this folder share."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from selfassess.engine import Answer
from selfassess.facts import DeclarationMonth, RecordFacts, Row, Status, Table
from selfassess.grades import Grade
from selfassess.loader import get_standard, list_standards
from selfassess.prefill import read_records
from selfassess.profile import Profile
from selfassess.proposal import Proposal
from selfassess.rules.reading import Case
from selfassess.standard import Standard

DAY = date(2026, 11, 22)
READ_AT = datetime(2026, 11, 21, 6, 0)
ALL_STANDARDS = list_standards()
_WORDS = {"zh": "示例", "en": "example"}


def ids(standard: Standard) -> str:
    return standard.id


def all_met(standard: Standard) -> dict[str, Grade]:
    return dict.fromkeys(standard.items, Grade.MET)


def answer(grade: Grade) -> Answer:
    """An answer with the reason that not_applicable needs."""
    return Answer(grade, note="没有这项业务" if grade is Grade.NOT_APPLICABLE else "")


def table(*rows: Row, name: str = "source", complete_from: date | None = None) -> Table[Any]:
    return Table(name, READ_AT, rows, complete_from)


def clean_records(**tables: Table[Any]) -> RecordFacts:
    """Every record read and empty, except the tables given: trade every month, no dissolution."""
    blank = {field.name: table() for field in dataclasses.fields(RecordFacts)}
    blank["declaration_volume"] = table(*trading_months())
    blank["business_status"] = table(Status("s1", False, date(2015, 1, 1)))
    return RecordFacts(**{**blank, **tables})


def trading_months() -> list[DeclarationMonth]:
    """100 declarations a month from 2024 to November 2026, 100 million yuan and 100,000 tax a year."""
    months = [(year, month) for year in (2024, 2025, 2026) for month in range(1, 13)]
    return [
        DeclarationMonth(
            id=f"m{year}-{month}",
            month=date(year, month, 1),
            declarations=100,
            trade_value=Decimal(100_000_000) / 12,
            tax_paid=Decimal(1_200_000) / 12,
        )
        for year, month in months
        if (year, month) <= (2026, 11)
    ]


def read(standard_id: str, no: str, facts: RecordFacts, day: date = DAY, **profile: Any) -> Proposal:
    """What the records say about one item."""
    standard = get_standard(standard_id)
    return read_records(standard, Case(standard.items[no], facts, Profile(**profile), day, day.year - 1))


def small_standard(
    items: Mapping[str, str],
    limits: Mapping[str, int] | None = None,
    total: Mapping[str, Any] | None = None,
    bonus_cap: int | None = None,
) -> Standard:
    """A standard of a few items: number → section ("a", "b", or "bonus"); every grade is allowed."""
    sections = [
        {
            "id": name,
            "title": _WORDS,
            "bonus": name == "bonus",
            "grade_meaning": {"not_met": _WORDS},
            "groups": [{"no": 1, "title": _WORDS, "items": [_item(no, name) for no in items if items[no] == name]}],
        }
        for name in dict.fromkeys(items.values())
    ]
    rule = {
        "source": _WORDS,
        "confirmed": False,
        "forbid": ["not_met"],
        "max_partly_met": [
            {"scope": name, "sections": [name], "max": most}
            for name, most in (limits or {}).items()
            if name in items.values()
        ],
        "note": _WORDS,
        "bonus_cap": bonus_cap,
        "total": total,
    }
    head = {
        "id": "demo",
        "document": "demo",
        "number": "示例公告",
        "title": _WORDS,
        "document_title": _WORDS,
        "annex": _WORDS,
        "kind": "general",
        "level": "certified",
        "enterprise_types": ["trader"],
        "effective_from": "2024-01-01",
        "effective_to": None,
        "revision": 1,
        "confidence": "M",
        "source": _WORDS,
        "window": {"confirmed": False, "note": _WORDS},
        "departments": {"finance": _WORDS},
    }
    return Standard.model_validate({**head, "pass_rule": rule, "sections": sections})


def _item(no: str, section: str) -> dict[str, Any]:
    return {
        "no": no,
        "title": _WORDS,
        "requirement": _WORDS,
        "enterprise_types": ["trader"],
        "grades": {"allowed": ["met", "partly_met", "not_met", "not_applicable"], "basis": "stated"},
        "evidence": {"procedure": [_WORDS]},
        "decided_by_records": {"extent": "none"},
        "bonus": section == "bonus",
        "confidence": "M",
        "owners": ["finance"],
        "effort": "practice",
        "asks": ["问一", "问二"],
    }
