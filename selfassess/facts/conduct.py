"""What Customs found, what had to be done, and what the enterprise logs itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from selfassess.facts.row import known_days


@dataclass(frozen=True)
class Occurrence:
    """Something of a kind that Customs found or recorded on a day."""

    id: str
    kind: str
    on: date

    @property
    def marks(self) -> tuple[date, ...]:
        return (self.on,)


@dataclass(frozen=True)
class Obligation:
    """Something to do by a day: an ordered correction, an undertaking, a change to file, an annual report."""

    id: str
    kind: str
    due_on: date
    done_on: date | None = None

    def missed_on(self, day: date) -> bool:
        """Whether it was overdue and undone on this day or had been done late by then."""
        return self.due_on < day if self.done_on is None else self.done_on > self.due_on

    @property
    def marks(self) -> tuple[date, ...]:
        return known_days(self.done_on, self.due_on)


@dataclass(frozen=True)
class ForeignNotification:
    """A notification by a foreign authority; ``own_fault`` is None while it is not settled whose fault it was."""

    id: str
    field: str
    notified_on: date
    own_fault: bool | None = None
    severe: bool = False

    @property
    def marks(self) -> tuple[date, ...]:
        return (self.notified_on,)


@dataclass(frozen=True)
class DeclarantCount:
    """In-house declarants and how many passed each level of the competence assessment."""

    id: str
    declarants: int
    junior: int
    intermediate: int
    senior: int

    @property
    def marks(self) -> tuple[date, ...]:
        return ()


@dataclass(frozen=True)
class Leaver:
    """An employee who left, and the day access was withdrawn (None while it is not)."""

    id: str
    left_on: date
    revoked_on: date | None

    @property
    def marks(self) -> tuple[date, ...]:
        return ()


@dataclass(frozen=True)
class ReviewLog:
    """Declarations filed and, of them, reviewed beforehand in the enterprise's own system."""

    id: str
    declared: int
    reviewed: int

    @property
    def marks(self) -> tuple[date, ...]:
        return ()
