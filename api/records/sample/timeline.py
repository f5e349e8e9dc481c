"""An enterprise's credit history across the four schemes, 2014 to today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from api.records.sample.fiction import Office
from api.records.sample.rows import Batch

SCHEMES = (
    ("gacc-order-225", date(2014, 12, 1)),
    ("gacc-order-237", date(2018, 5, 1)),
    ("gacc-order-251", date(2021, 11, 1)),
    ("gacc-order-282", date(2026, 4, 1)),
)
STANDINGS = {
    # what a standing was called under each scheme, in the order of SCHEMES
    "base": ("general_credit", "general_credit", "ordinary_management", "regular"),
    "advanced": ("advanced_certified",) * 4,
    "ordinary_certified": ("ordinary_certified", "ordinary_certified", "ordinary_management", "regular"),
    "certified": ("general_credit", "general_credit", "ordinary_management", "certified"),
    "discredited": ("discredited",) * 4,
    "serious": ("discredited", "discredited", "discredited", "seriously_discredited"),
}
REVIEWED = ("advanced", "certified")
FIRST_GIVEN = {name: SCHEMES[0][1] for name in STANDINGS} | {"certified": SCHEMES[-1][1]}


@dataclass(frozen=True, slots=True)
class Step:
    """From ``day`` on the enterprise has this standing, for this reason."""

    day: date
    standing: str
    basis: str


@dataclass(frozen=True, slots=True)
class Period:
    """A level under one scheme."""

    scheme: str
    level: str
    begins: date
    ends: date | None
    basis: str
    standing: str
    since: date


def periods(steps: Sequence[Step]) -> list[Period]:
    """Return the levels the steps amount to: a change of the scheme begins a new period."""
    found: list[Period] = []
    since = steps[0].day
    for place, step in enumerate(steps):
        since = since if place and steps[place - 1].standing == step.standing else step.day
        until = steps[place + 1].day if place + 1 < len(steps) else None
        for number, (scheme, starts) in enumerate(SCHEMES):
            next_scheme = SCHEMES[number + 1][1] if number + 1 < len(SCHEMES) else None
            begins = max(step.day, starts)
            limits = [limit for limit in (until, next_scheme) if limit is not None]
            end = min(limits) if limits else None
            if end is not None and begins >= end:
                continue
            basis = step.basis if begins == step.day else "scheme_change"
            last = end - timedelta(days=1) if end else None
            found.append(Period(scheme, STANDINGS[step.standing][number], begins, last, basis, step.standing, since))
    return found


def add_ratings(batch: Batch, uscc: str, office: Office, of: Sequence[Period], day: date) -> None:
    """Add the credit history of one enterprise."""
    for period in of:
        held = period.ends is None
        decided = period.basis not in ("registration", "scheme_change")
        batch.add(
            "credit_rating",
            uscc=uscc,
            scheme=period.scheme,
            level=period.level,
            effective_from=period.begins.isoformat(),
            effective_to=None if period.ends is None else period.ends.isoformat(),
            basis=period.basis,
            decision_no=f"示例关信〔{period.begins.year}〕{period.begins.toordinal() % 9000}号" if decided else None,
            deciding_customs=office.office,
            deciding_customs_name=office.office_name,
            next_review=_next_review(period, day) if held and period.standing in REVIEWED else None,
            serious_list=period.standing == "serious" and period.scheme == "gacc-order-251",
        )


def level_on(of: Sequence[Period], day: date) -> str | None:
    """Return the level held on ``day``."""
    return next((p.level for p in of if p.begins <= day and (p.ends is None or p.ends >= day)), None)


def _next_review(period: Period, day: date) -> str:
    """Every fifth year after the level was given: a synthetic date, not a rule."""
    year = period.since.year + 5
    while date(year, period.since.month, 1) <= day:
        year += 5
    return date(year, period.since.month, min(period.since.day, 28)).isoformat()
