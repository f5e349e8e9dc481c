"""What stands in the compliance calendar: days with their provisions, and duties that have no day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Literal

from selfassess.text import Text, text

Sort = Literal["review", "report", "window", "publication", "task", "session", "rectification"]
# Where a day comes from: written in the record, worked out from it, set by a provision, or agreed upon here.
Basis = Literal["record", "calculated", "rule", "own", "booked", "asked"]
SORTS: dict[Sort, Text] = {
    "review": text("复核", "Review"),
    "report": text("报送", "Report"),
    "window": text("处罚不再计入", "Penalty leaves"),
    "publication": text("公示结束", "Publication ends"),
    "task": text("培育计划", "Plan"),
    "session": text("体验中心", "Session"),
    "rectification": text("整改", "Rectification"),
}
BASES: dict[Basis, Text] = {
    "record": text("共享记录写明", "stands in the shared records"),
    "calculated": text("按记录和规定推算", "worked out from the records and the provision"),
    "rule": text("规定写明", "stands in the provision"),
    "own": text("本企业自己安排", "arranged by the enterprise"),
    "booked": text("在体验中心预约", "booked at the experience centre"),
    "asked": text("海关退回时要求", "asked for when Customs returned it"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One day of the calendar. ``key`` names it and stays the same when the day moves.

    ``rules`` are provisions of the knowledge base, the one that sets the day first.
    """

    key: str
    sort: Sort
    day: date
    title: Text
    basis: Basis
    rules: tuple[str, ...] = ()
    note: Text | None = None
    link: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None

    @property
    def sort_name(self) -> Text:
        """What kind of day it is."""
        return SORTS[self.sort]

    @property
    def basis_name(self) -> Text:
        """Where the day comes from."""
        return BASES[self.basis]


@dataclass(frozen=True, slots=True)
class Duty:
    """Something to do whose day is not fixed or not known, with the provision that says so."""

    key: str
    title: Text
    rules: tuple[str, ...]
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Agenda:
    """The calendar of an enterprise on ``day``: what is late, what is ahead, and what has no day."""

    day: date
    entries: tuple[Entry, ...]
    duties: tuple[Duty, ...]
    away: bool = False

    @property
    def late(self) -> tuple[Entry, ...]:
        """What should have been done before the day."""
        return tuple(entry for entry in self.entries if entry.day < self.day)

    @property
    def returned(self) -> tuple[Entry, ...]:
        """What Customs returned to be put right, whether late or not."""
        return tuple(entry for entry in self.entries if entry.sort == "rectification")

    @property
    def ahead(self) -> tuple[Entry, ...]:
        """What is on the day or after it, the nearest first."""
        return tuple(entry for entry in self.entries if entry.day >= self.day)

    def months(self) -> Iterator[tuple[date, Sequence[Entry]]]:
        """Yield each month that holds something ahead, with what it holds."""
        for first, of in groupby(self.ahead, key=lambda entry: entry.day.replace(day=1)):
            yield first, tuple(of)

    def next_deadline(self) -> Entry | None:
        """Return the nearest day on which something has to be done; what passes by itself is none."""
        return next((entry for entry in self.ahead if entry.sort not in ("window", "publication")), None)


def in_order(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return entries by day, then by kind and key."""
    order = list(SORTS)
    return tuple(sorted(entries, key=lambda entry: (entry.day, order.index(entry.sort), entry.key)))
