"""How good the answers are: what they ended as, how they were rated, how long they took, by day and by week.

Everything comes from counting stored rows in two queries. Small counts are hidden, and others with them where
they could be worked out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.records.gateway.suppression import ALL, SMALL_GROUP, hidden_keys, with_totals
from api.store import AnswerRating, BoardQuestion, GivenAnswer, GuideEntry
from api.usecases.latency import percentile

KINDS = ("answered", "partial", "unknown", "out_of_scope", "refused", "other")
RATINGS = ("helpful", "wrong", "outdated")
DAYS, WEEKS = 14, 8
Rows = list[tuple[date, str, int, int]]


@dataclass(frozen=True)
class Period:
    """A day or a week: counts by name, None where one is hidden; latencies in milliseconds."""

    first: date
    total: int | None
    counts: dict[str, int | None]
    ratings: dict[str, int | None]
    median: float | None
    slow: float | None


@dataclass(frozen=True)
class Quality:
    """What the dashboard shows; the newest period first."""

    days: tuple[Period, ...]
    weeks: tuple[Period, ...]


def measure_quality(session: Session, today: date) -> Quality:
    """Return the quality of the answers of the last days and weeks."""
    monday = today - timedelta(days=today.weekday())
    since = min(monday - timedelta(weeks=WEEKS - 1), today - timedelta(days=DAYS - 1))
    given = _given(session, since)
    rated = _rated(session, since)
    first_day, first_week = today - timedelta(days=DAYS - 1), monday - timedelta(weeks=WEEKS - 1)
    return Quality(
        _periods(given, rated, first_day, lambda day: day),
        _periods(given, rated, first_week, lambda day: day - timedelta(days=day.weekday())),
    )


def totals(session: Session) -> dict[tuple[str, str], int]:
    """Return the counts of all time by group and name: answers by kind, ratings, the board, guides."""
    queries = (
        ("answers", select(GivenAnswer.kind, func.count()).group_by(GivenAnswer.kind)),
        ("ratings", select(AnswerRating.rating, func.count()).group_by(AnswerRating.rating)),
        ("board", select(BoardQuestion.state, func.count()).group_by(BoardQuestion.state)),
        ("guides", select(GuideEntry.state, func.count()).group_by(GuideEntry.state)),
    )
    return {(group, name): count for group, query in queries for name, count in session.execute(query)}


def _given(session: Session, since: date) -> Rows:
    statement = (
        select(GivenAnswer.given_on, GivenAnswer.kind, GivenAnswer.latency_step, func.count())
        .where(GivenAnswer.given_on >= since)
        .group_by(GivenAnswer.given_on, GivenAnswer.kind, GivenAnswer.latency_step)
    )
    return [(day, kind if kind in KINDS else "other", step, n) for day, kind, step, n in session.execute(statement)]


def _rated(session: Session, since: date) -> list[tuple[date, str, int]]:
    statement = (
        select(GivenAnswer.given_on, AnswerRating.rating, func.count())
        .join(AnswerRating, AnswerRating.answer_id == GivenAnswer.id)
        .where(GivenAnswer.given_on >= since)
        .group_by(GivenAnswer.given_on, AnswerRating.rating)
    )
    return [(day, rating, n) for day, rating, n in session.execute(statement)]


def _periods(
    given: Rows, rated: Iterable[tuple[date, str, int]], since: date, period_of: Callable[[date], date]
) -> tuple[Period, ...]:
    kinds: Counter[tuple[str, str]] = Counter()
    ratings: Counter[tuple[str, str]] = Counter()
    steps: dict[str, Counter[int]] = defaultdict(Counter)
    for day, kind, step, number in given:
        if day >= since:
            period = period_of(day).isoformat()
            kinds[period, kind] += number
            steps[period][step] += number
    for day, rating, number in rated:
        if day >= since:
            ratings[period_of(day).isoformat(), rating] += number
    shown, shown_ratings = _shown(kinds), _shown(ratings)
    return tuple(
        Period(
            date.fromisoformat(period),
            shown.get((period, ALL)),
            {name: shown.get((period, name), 0) for name in KINDS},
            {name: shown_ratings.get((period, name), 0) for name in RATINGS},
            percentile(steps[period], 0.5) if steps[period].total() >= SMALL_GROUP else None,
            percentile(steps[period], 0.95) if steps[period].total() >= SMALL_GROUP else None,
        )
        for period in sorted(steps, reverse=True)
    )


def _shown(cells: Counter[tuple[str, str]]) -> dict[tuple[str | None, ...], int | None]:
    """The counts by period and name, and the totals of periods; None where one is hidden."""
    plain: dict[Sequence[str], int] = {key: count for key, count in cells.items()}
    counts = with_totals(plain)
    hidden = hidden_keys(counts) if counts else frozenset()
    return {key: None if key in hidden else count for key, count in counts.items()}
