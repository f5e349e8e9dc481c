"""When items that fail by the record pass by themselves, if nothing new happens.

Nothing new: no new adverse fact, trade goes on as before, and last year's trade, documents and tax stay the
figures compared. Days are exact: every day on which a recorded fact leaves a window is tried.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from selfassess.facts import RecordFacts
from selfassess.finance import is_calculated
from selfassess.grades import Grade
from selfassess.item import Item
from selfassess.prefill import read_records
from selfassess.profile import Profile
from selfassess.proposal import Proposal
from selfassess.rules import ALSO_READS
from selfassess.rules.reading import Case
from selfassess.standard import Standard
from selfassess.text import Text, text
from selfassess.window import first_day_outside

ASSUMPTION = text(
    "假定没有新的不良记录，业务照常，上年度的进出口值、单证票数和纳税额沿用现有数字",
    "assuming no new adverse record, trade as usual, and last year's trade, documents and tax as now",
)


@dataclass(frozen=True)
class ItemForecast:
    """A failing item: the first day its record no longer fails, or None with the reason it stays.

    ``fails_again_on`` is set where the record would fail once more later, as older good cases age out.
    """

    no: str
    passes_on: date | None
    fails_again_on: date | None
    reason: Text


@dataclass(frozen=True)
class TimelineEvent:
    """A day on which an item's record changes from failing to passing, or back."""

    day: date
    no: str
    passes: bool


@dataclass(frozen=True)
class Forecast:
    """The failing items, the events ahead, and the earliest day all of them pass at once."""

    on: date
    items: tuple[ItemForecast, ...]
    timeline: tuple[TimelineEvent, ...]
    all_pass_on: date | None
    assumption: Text = ASSUMPTION


def forecast(
    standard: Standard, facts: RecordFacts, profile: Profile, window_end: date, previous_year: int | None = None
) -> Forecast:
    """The future of every item that fails by the record on ``window_end``."""
    year = window_end.year - 1 if previous_year is None else previous_year
    states: dict[str, dict[date, bool]] = {}
    for item in _by_record(standard, profile):
        if _passes(standard, item, facts, profile, window_end, year):
            continue
        days = sorted(set(_change_days(item, facts, window_end)))
        states[item.no] = {day: _passes(standard, item, facts, profile, day, year) for day in days}
    return Forecast(
        on=window_end,
        items=tuple(_item_forecast(no, by_day) for no, by_day in states.items()),
        timeline=_timeline(standard, states),
        all_pass_on=_all_pass_on(states, window_end),
    )


def _by_record(standard: Standard, profile: Profile) -> Iterator[Item]:
    for item in standard.items.values():
        if not profile.may_concern(item.enterprise_types) or item.bonus:
            continue
        if item.decided_by_records.extent in ("full", "partial") and not is_calculated(item):
            yield item


def _passes(standard: Standard, item: Item, facts: RecordFacts, profile: Profile, window_end: date, year: int) -> bool:
    return not fails_by_record(read_records(standard, Case(item, facts, profile, window_end, year)))


def fails_by_record(proposal: Proposal) -> bool:
    """Whether the record says, or strongly suggests, that the item is not met."""
    return proposal.says is Grade.NOT_MET


def _change_days(item: Item, facts: RecordFacts, window_end: date) -> Iterator[date]:
    """The days after ``window_end`` on which a fact the item reads stops counting."""
    months = item.lookback.months if item.lookback is not None else None
    decided = item.decided_by_records
    for key in (*decided.keys, *ALSO_READS.get(str(decided.rule), ())):
        table = facts.table(key)
        marks = {mark for row in table.rows for mark in row.marks} if table is not None else set()
        for mark in marks - {date.max}:
            day = mark + timedelta(days=1) if months is None else first_day_outside(mark, months)
            if day > window_end:
                yield day


def _timeline(standard: Standard, states: dict[str, dict[date, bool]]) -> tuple[TimelineEvent, ...]:
    order = {no: place for place, no in enumerate(standard.items)}
    return tuple(sorted(_events(states), key=lambda event: (event.day, order[event.no])))


def _events(states: dict[str, dict[date, bool]]) -> Iterator[TimelineEvent]:
    for no, by_day in states.items():
        before = False
        for day, passes in by_day.items():
            if passes is not before:
                yield TimelineEvent(day, no, passes)
            before = passes


def _all_pass_on(states: dict[str, dict[date, bool]], window_end: date) -> date | None:
    """The first day on which every failing item passes; between its own days an item stays as it was."""
    if not states:
        return window_end
    for day in sorted({day for by_day in states.values() for day in by_day}):
        if all(_state_on(by_day, day) for by_day in states.values()):
            return day
    return None


def _state_on(by_day: dict[date, bool], day: date) -> bool:
    past = [known for known in by_day if known <= day]
    return by_day[max(past)] if past else False


def _item_forecast(no: str, by_day: dict[date, bool]) -> ItemForecast:
    passes_on = next((day for day, passes in by_day.items() if passes), None)
    if passes_on is None:
        reason = text("不会随时间自行消除，需要先处理", "does not pass with time; it has to be dealt with first")
        return ItemForecast(no, None, None, reason)
    again = next((day for day, passes in by_day.items() if day > passes_on and not passes), None)
    reason = text(
        f"有关记录到{passes_on.isoformat()}不再计入期间",
        f"from {passes_on.isoformat()} the facts concerned no longer count",
    )
    return ItemForecast(no, passes_on, again, reason)
