"""For how long the law lets a penalty be published, whatever the records say.

Since 2026-04-01 the periods of NDRC Order 36 count from the decision. That Order 282 has the same periods is an
inference; what they were under Orders 237 and 251 is not known, so for those days the recorded dates alone hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, true

from api.records.mapping import optional
from selfassess.window import add_months, first_day_outside

OTHERWISE = "ordinary"  # a penalty without a class is not shown for as long as a serious one


@dataclass(frozen=True, slots=True)
class PublicationLimit:
    """The longest publication in months by class of discredit information, and the provision that says so."""

    first: date
    last: date | None
    months: Mapping[str, int]
    rule: Mapping[str, str]

    def in_force(self, day: date) -> bool:
        """Whether the limit holds on ``day``."""
        return self.first <= day and (self.last is None or day <= self.last)


LIMITS = (
    PublicationLimit(
        date(2026, 4, 1),
        None,
        {"minor": 3, "ordinary": 12, "serious": 36},
        {
            "minor": "ndrc-order-36#minor-period",
            "ordinary": "ndrc-order-36#general-period",
            "serious": "ndrc-order-36#serious-period",
        },
    ),
    PublicationLimit(
        date(2014, 12, 1),
        date(2018, 4, 30),
        {OTHERWISE: 60},
        {OTHERWISE: "gacc-order-225#penalty-publication"},
    ),
)


@dataclass(frozen=True, slots=True)
class PublicationEnd:
    """The last day of publication; ``rule`` is the provision that ends it, None where only the record does."""

    last: date | None
    rule: str | None


def publication_end(
    decided_on: date, discredit_class: str | None, published_to: date | None, day: date
) -> PublicationEnd:
    """Return when publication of a penalty ends by the rule of ``day`` and the record, whichever comes first."""
    limit = _limit_on(day)
    if limit is None:
        return PublicationEnd(published_to, None)
    of = discredit_class if discredit_class and discredit_class in limit.months else OTHERWISE
    last = first_day_outside(decided_on, limit.months[of]) - timedelta(days=1)
    if published_to is not None and published_to <= last:
        return PublicationEnd(published_to, None)
    return PublicationEnd(last, limit.rule[of])


def within_limit(columns: Any, day: date) -> ColumnElement[bool]:
    """Return the condition that the law lets a penalty still be published on ``day``."""
    limit = _limit_on(day)
    if limit is None:
        return true()
    decided, of = columns.decided_on, optional(columns, "discredit_class")
    named = {name: months for name, months in limit.months.items() if name != OTHERWISE}
    rest = and_(or_(of.is_(None), of.not_in(named)), decided > add_months(day, -limit.months[OTHERWISE]))
    return or_(rest, *(and_(of == name, decided > add_months(day, -months)) for name, months in named.items()))


def _limit_on(day: date) -> PublicationLimit | None:
    return next((limit for limit in LIMITS if limit.in_force(day)), None)
