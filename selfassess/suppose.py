"""What would change: one more penalty, an indicator at another value, a grade raised or lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction

from selfassess.engine import Answer
from selfassess.errors import UnknownItem
from selfassess.facts import Penalty, RecordFacts, Row, Table
from selfassess.figures import FinanceFigures
from selfassess.forecast import Forecast, forecast
from selfassess.grades import Grade
from selfassess.indicators import FORMULAS
from selfassess.proposal import Proposal
from selfassess.situation import Assessed, Situation, assess_for
from selfassess.text import Text

HYPOTHETICAL = "supposed"
"""The row id, and the source name, of something that has not happened."""


@dataclass(frozen=True)
class OneMorePenalty:
    """One more customs penalty on a day."""

    on: date
    amount: Decimal
    causes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class OneMoreRow:
    """One more row of any record, for example a recovery or a listing, dated ``on``."""

    record: str
    row: Row
    on: date


@dataclass(frozen=True)
class IndicatorAt:
    """A finance indicator at another value, such as cash_ratio at 0.2."""

    indicator: str
    value: Fraction


@dataclass(frozen=True)
class GradeAt:
    """An item at another grade."""

    no: str
    grade: Grade
    note: str = ""


Event = OneMorePenalty | OneMoreRow | IndicatorAt | GradeAt


@dataclass(frozen=True)
class Change:
    """An item whose grade would change."""

    no: str
    before: Grade
    after: Grade


@dataclass(frozen=True)
class LeftOpen:
    """An item the events may change, depending on something that is not known."""

    no: str
    possible: tuple[Grade, ...]
    needed: Text | None


@dataclass(frozen=True)
class Supposition:
    """The assessment before and after the events, the items that change or may, and the way back by waiting.

    ``without_record`` are the records nothing was read of: there only the supposed row is known.
    """

    before: Assessed
    after: Assessed
    changes: tuple[Change, ...]
    left_open: tuple[LeftOpen, ...]
    recovery: Forecast | None
    without_record: tuple[str, ...] = ()


def suppose(situation: Situation, events: Iterable[Event]) -> Supposition:
    """Assess the situation as it is and as it would be. A record that changes outweighs the earlier answer.

    The window ends on ``situation.window_end`` or on the last event, if that is later.
    """
    listed = tuple(events)
    before = assess_for(situation)
    supposed = situation
    for event in listed:
        supposed = _after(supposed, event)
    after = assess_for(_with_changed_records(before, supposed))
    grades = before.outcome.grades
    changes = (Change(no, grades[no], grade) for no, grade in after.outcome.grades.items() if grade is not grades[no])
    recovery = None
    if supposed.facts is not None:
        year = supposed.previous_year
        recovery = forecast(supposed.standard, supposed.facts, supposed.profile, supposed.window_end, year)
    left_open = tuple(_left_open(before, after))
    return Supposition(before, after, tuple(changes), left_open, recovery, _unread(situation, listed))


def _after(situation: Situation, event: Event) -> Situation:
    if isinstance(event, OneMorePenalty):
        return _after(situation, _as_row(event))
    if isinstance(event, OneMoreRow):
        facts = _readable(situation, event.record).with_row(event.record, event.row)
        # The year compared stays the one before the real day: a supposed event does not bring a new year's figures.
        year = situation.previous_year or situation.window_end.year - 1
        end = max(situation.window_end, event.on)
        return replace(situation, facts=facts, window_end=end, previous_year=year)
    if isinstance(event, IndicatorAt):
        if event.indicator not in FORMULAS:
            known = ", ".join(FORMULAS)
            raise UnknownItem(
                f"没有指标{event.indicator!r}，可用的有：{known}",
                f"unknown indicator {event.indicator!r}; known are: {known}",
            )
        # Supposed on top of what is known: typed in, or else on file, which then no longer speaks for itself.
        figures = situation.figures or (situation.recorded.figures if situation.recorded else FinanceFigures())
        return replace(situation, figures=figures.assuming(event.indicator, event.value), recorded=None)
    return replace(situation, answers={**situation.answers, event.no: Answer(event.grade, event.note)})


def _as_row(event: Event) -> OneMoreRow | IndicatorAt | GradeAt:
    if not isinstance(event, OneMorePenalty):
        return event
    row = Penalty(HYPOTHETICAL, event.on, event.amount, event.causes)
    return OneMoreRow("customs_penalties", row, event.on)


def _unread(situation: Situation, events: Iterable[Event]) -> tuple[str, ...]:
    facts = situation.facts or RecordFacts()
    records = (event.record for event in map(_as_row, events) if isinstance(event, OneMoreRow))
    return tuple(dict.fromkeys(record for record in records if facts.table(record) is None))


def _left_open(before: Assessed, after: Assessed) -> Iterator[LeftOpen]:
    """The items whose grade now hangs on something unknown, although it did not, or hung on less, before."""
    for no, new in after.proposals.items():
        old = before.proposals.get(no)
        unchanged = old is not None and (old.possible, old.checks) == (new.possible, new.checks)
        touched = any(check.figure is not None for check in new.checks)
        if new.grade is None and len(new.possible) > 1 and touched and not unchanged:
            yield LeftOpen(no, new.possible, new.still_needed)


def _readable(situation: Situation, record: str) -> RecordFacts:
    """The facts with the record present: without one, the supposed row is the only one known."""
    facts = situation.facts or RecordFacts()
    if facts.table(record) is not None:
        return facts
    blank: Table[Row] = Table(HYPOTHETICAL, datetime.combine(situation.window_end, time.min))
    return replace(facts, **{record: blank})  # type: ignore[arg-type]


def _with_changed_records(before: Assessed, supposed: Situation) -> Situation:
    """The supposed situation with an answer dropped where its record now says something else than before."""
    after = assess_for(supposed)
    changed = {no for no, proposal in after.proposals.items() if _outweighs(before.proposals.get(no), proposal)}
    return replace(supposed, answers={no: answer for no, answer in supposed.answers.items() if no not in changed})


def _outweighs(old: Proposal | None, new: Proposal) -> bool:
    if new.grade is None:
        return False
    if old is None or old.unavailable is not None:
        # Only the supposed row is known, so it can show a failure but never clear an item.
        return new.grade is Grade.NOT_MET
    return new.grade is not old.grade
