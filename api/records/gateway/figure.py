"""A figure that decides, or helps to decide, an item of a certification standard."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from api.records.gateway.source import Record, Source
from api.records.gateway.windows import Window, window

Value = int | float | bool | str | Decimal | date | None
WINDOWS = (1, 2)  # the look-backs of Announcement 2026-34: one year and two years


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value: what it was read from, for which record key of the standards, over which days.

    ``value`` is None where the records do not hold it or it cannot be computed; nothing is guessed.
    ``years`` is None where the figure is about the day itself or about the year before.
    ``complete`` is False where the row cap cut records off.
    """

    record_key: str
    metric: str
    value: Value
    first: date | None
    last: date
    years: int | None
    sources: tuple[Source, ...]
    complete: bool = True


def windows(day: date) -> tuple[Window, ...]:
    """Return the look-backs that end with ``day``."""
    return tuple(window(day, years) for years in WINDOWS)


def over(
    key: str, metric: str, value: Value, span: Window, records: Iterable[Record] = (), *, complete: bool = True
) -> Figure:
    """Return a figure over a look-back."""
    return Figure(key, metric, value, span.first, span.last, span.years, sources_of(records), complete)


def on_day(key: str, metric: str, value: Value, day: date, records: Iterable[Record] = ()) -> Figure:
    """Return a figure about the day itself."""
    return Figure(key, metric, value, None, day, None, sources_of(records))


def sources_of(records: Iterable[Record]) -> tuple[Source, ...]:
    """Return where the records were read."""
    return tuple(record.source for record in records)
