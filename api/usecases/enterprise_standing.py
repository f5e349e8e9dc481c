"""Where an enterprise stands by the shared records, read part by part: one that fails leaves the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from api.records.errors import NotHeld, QueryTooSlow, RecordsUnavailable
from api.records.gateway.ageing import AgeingPenalty, list_ageing_penalties
from api.records.gateway.cases import CertificationCase, list_certification_cases
from api.records.gateway.rating import Enterprise, Rating, find_enterprise, find_rating
from api.records.reader import Reader, Records
from api.records.scope import Scope

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Standing:
    """What is recorded of an enterprise on a day.

    Without ``enterprise`` the records are ``away`` or do not know it. ``penalties`` and ``cases`` are None where
    they were not read.
    """

    day: date
    away: bool
    enterprise: Enterprise | None = None
    rating: Rating | None = None
    penalties: tuple[AgeingPenalty, ...] | None = None
    cases: tuple[CertificationCase, ...] | None = None

    @property
    def level(self) -> str:
        """The credit level held, or nothing."""
        return self.rating.level if self.rating else ""


def read_standing(records: Records | None, scope: Scope, uscc: str, day: date) -> Standing:
    """Return what the records say of an enterprise in reach; never raises for records that are away."""
    if records is None:
        return Standing(day, away=True)
    try:
        with records.reader() as reader:
            return _read(reader, scope, uscc, day)
    except RecordsUnavailable:
        return Standing(day, away=True)


def _read(reader: Reader, scope: Scope, uscc: str, day: date) -> Standing:
    enterprise = find_enterprise(reader, scope, uscc)
    if enterprise is None:
        return Standing(day, away=False)
    return Standing(
        day,
        away=False,
        enterprise=enterprise,
        rating=_part(lambda: find_rating(reader, scope, uscc, day)),
        penalties=_part(lambda: list_ageing_penalties(reader, scope, uscc, day)),
        cases=_part(lambda: list_certification_cases(reader, scope, uscc, day)),
    )


def _part(question: Callable[[], S]) -> S | None:
    try:
        return question()
    except (NotHeld, QueryTooSlow):
        return None
