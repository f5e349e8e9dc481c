"""Short ways to write records down in tests, and the days at the edge of the windows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from selfassess.facts import (
    CreditEntry,
    DeclarationMonth,
    ForeignNotification,
    LevelPeriod,
    Listing,
    Obligation,
    Occurrence,
    Party,
    Penalty,
    QuarantineMonth,
    Rating,
    RecordFacts,
    Row,
    Status,
    TaxRecovery,
)
from selfassess.grades import Grade
from selfassess.proposal import Proposal
from tests.selfassess.assess_cases import DAY, clean_records, read, table

ADV, CERT, SINGLE, OLD, OLD_SINGLE = (
    "advanced-2026",
    "certified-2026",
    "single-business-2026",
    "general-2022-106",
    "single-2022-106",
)
ONE_YEAR_IN, ONE_YEAR_OUT = date(2025, 11, 23), date(2025, 11, 22)
TWO_YEARS_IN, TWO_YEARS_OUT = date(2024, 11, 23), date(2024, 11, 22)
MET, NOT_MET = Grade.MET, Grade.NOT_MET


def penalties(*amounts: int, on: date = DAY, causes: str = "") -> RecordFacts:
    rows = [
        Penalty(f"p{n}", on, Decimal(amount), frozenset(filter(None, [causes]))) for n, amount in enumerate(amounts)
    ]
    return clean_records(customs_penalties=table(*rows))


def with_rows(record: str) -> Callable[..., RecordFacts]:
    def build(*rows: Row) -> RecordFacts:
        return clean_records(**{record: table(*rows)})

    return build


def inspected(count: int, found: int, high_quality: int) -> RecordFacts:
    month = DeclarationMonth("m", date(2026, 6, 1), 100, count, found, high_quality)
    return clean_records(declaration_volume=table(month))


def recovered(*amounts: int, on: date = DAY) -> RecordFacts:
    return with_rows("tax_recovery")(*(TaxRecovery(f"t{n}", on, Decimal(amount)) for n, amount in enumerate(amounts)))


def party(level: str, relation: str = "x", **days: Any) -> Party:
    held = LevelPeriod(level, days.pop("held_from", date(2010, 1, 1)), days.pop("held_to", None))
    return Party("x1", relation, (held,), **days)


def quarantine(adverse: int, batches: int, field: str, role: str) -> RecordFacts:
    row = QuarantineMonth("q", field, role, date(2026, 6, 1), batches, adverse)
    return clean_records(inspection_quarantine_results=table(row))


def notified(count: int, field: str, on: date = DAY, **more: Any) -> RecordFacts:
    rows = (ForeignNotification(f"n{n}", field, on, own_fault=True, **more) for n in range(count))
    return clean_records(foreign_notifications=table(*rows))


overdue = with_rows("overdue_payments")
listed = with_rows("abnormal_list")
entries = with_rows("creditchina")
brokers = with_rows("credit_level_brokers")
bad_list = with_rows("food_bad_record_list")
national = with_rows("national_lists")
declarants = with_rows("customs_competence_certs")


def crimes(kind: str, on: date) -> RecordFacts:
    return clean_records(criminal_record_certificates=table(Occurrence("c", kind, on)))


def order(kind: str, due: date, done: date | None = None) -> RecordFacts:
    return clean_records(customs_rectification_orders=table(Obligation("r", kind, due, done)))


def posts(*rows: Party) -> RecordFacts:
    return clean_records(related_person_positions=table(*rows))


def branches(*rows: Party) -> RecordFacts:
    return clean_records(credit_level_branches=table(*rows))


def investors(*rows: Party) -> RecordFacts:
    return clean_records(credit_level_shareholders=table(*rows))


def principals(*rows: Party) -> RecordFacts:
    return clean_records(credit_level_principals=table(*rows))


def rated(*letters: tuple[str, date]) -> RecordFacts:
    rows = (Rating(f"r{n}", letter, on) for n, (letter, on) in enumerate(letters))
    return clean_records(public_credit_rating=table(*rows))


def status(*states: tuple[bool, date]) -> RecordFacts:
    rows = (Status(f"s{n}", bankrupt, since) for n, (bankrupt, since) in enumerate(states))
    return clean_records(business_status=table(*rows))


def published(subject: str, kind: str, first: date = DAY, last: date | None = None) -> RecordFacts:
    return clean_records(creditchina=table(CreditEntry("c", subject, kind, first, last)))


def on_list(record: str, last: date | None) -> RecordFacts:
    return clean_records(**{record: table(Listing("a", "listed", date(2020, 1, 1), last))})


def cancelled(on: date) -> RecordFacts:
    return clean_records(registration_cancellations=table(Occurrence("r", "quarantine_failure", on)))


def found(standard: str, no: str, facts: RecordFacts, enterprise_type: str = "trader") -> Proposal:
    return read(standard, no, facts, enterprise_type=enterprise_type)
