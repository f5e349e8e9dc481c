"""What every row of a record has."""

from __future__ import annotations

from datetime import date
from typing import Protocol


class Row(Protocol):
    """A row of an official record: what happened, when, and under which row id."""

    @property
    def id(self) -> str:
        """The row id in its source table."""
        ...

    @property
    def marks(self) -> tuple[date, ...]:
        """The last days on which the row counts; the forecast looks at the days they leave a window."""
        ...


def known_days(*days: date | None) -> tuple[date, ...]:
    """The days that are known."""
    return tuple(day for day in days if day is not None)
