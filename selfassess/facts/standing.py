"""Levels, lists, ratings, certificates and linked parties."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from selfassess.facts.row import known_days


@dataclass(frozen=True)
class Listing:
    """Presence on a list from one day to another (open while ``to_day`` is None). ``kind`` names the list."""

    id: str
    kind: str
    from_day: date
    to_day: date | None = None

    @property
    def marks(self) -> tuple[date, ...]:
        return known_days(self.to_day)


@dataclass(frozen=True)
class LevelPeriod:
    """A customs credit level held from one day to another."""

    level: str
    from_day: date
    to_day: date | None = None


@dataclass(frozen=True)
class Party:
    """Another enterprise or person linked to this one, with its levels and the period of the link."""

    id: str
    relation: str
    levels: tuple[LevelPeriod, ...] = ()
    from_day: date = date.min
    to_day: date | None = None

    def levels_between(self, first: date, last: date) -> tuple[LevelPeriod, ...]:
        """The levels held while the link lasted, within these days."""
        start, end = max(first, self.from_day), min(last, self.to_day or date.max)
        if start > end:
            return ()
        return tuple(held for held in self.levels if held.from_day <= end and (held.to_day or date.max) >= start)

    @property
    def marks(self) -> tuple[date, ...]:
        return known_days(self.to_day, *(held.to_day for held in self.levels))


@dataclass(frozen=True)
class CreditEntry:
    """An entry on Credit China. Subject: enterprise, related_person, investor. Kind: serious_discredit,
    lowest_grade, joint_sanction."""

    id: str
    subject: str
    kind: str
    published_from: date
    published_to: date | None = None

    @property
    def marks(self) -> tuple[date, ...]:
        return known_days(self.published_to)


@dataclass(frozen=True)
class Rating:
    """The national public credit rating given on a day."""

    id: str
    letter: str
    rated_on: date

    @property
    def marks(self) -> tuple[date, ...]:
        return ()


@dataclass(frozen=True)
class Status:
    """Whether the enterprise is in dissolution or bankrupt, since a day."""

    id: str
    in_dissolution_or_bankrupt: bool
    since: date

    @property
    def marks(self) -> tuple[date, ...]:
        return ()


@dataclass(frozen=True)
class Certificate:
    """A certificate or linked state valid from one day to another; ``conclusion`` where it has one."""

    id: str
    kind: str
    valid_from: date
    valid_to: date | None = None
    conclusion: str = ""

    def valid_on(self, day: date) -> bool:
        """Whether it is valid on this day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    @property
    def marks(self) -> tuple[date, ...]:
        return known_days(self.valid_to)
