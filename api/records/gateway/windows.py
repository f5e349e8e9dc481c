"""Look-back windows: what counts on a day, and from which day on a fact no longer counts.

"1 year" is 12 consecutive months ending with the day asked about. That is the rule of the standards in
force until 2026-03-31 (Announcement 2022-106); how the standards of Announcement 2026-34 count is not
known, so whoever shows a window says that it is calculated.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Window:
    """The days that count, both ends included."""

    years: int
    first: date
    last: date

    def holds(self, day: date) -> bool:
        """Whether something that happened on ``day`` counts."""
        return self.first <= day <= self.last

    def meets(self, begins: date, ends: date | None) -> bool:
        """Whether a state that lasted from ``begins`` to ``ends`` touches the window."""
        return begins <= self.last and (ends is None or ends >= self.first)


def window(day: date, years: int) -> Window:
    """Return the ``years`` × 12 months that end with ``day``."""
    return Window(years, months_before(day, 12 * years) + timedelta(days=1), day)


def leaves_on(day: date, years: int) -> date:
    """Return the first day on which something that happened on ``day`` is outside the window."""
    month_end = monthrange(day.year + years, day.month)[1]
    if day.day > month_end:
        return date(day.year + years, day.month, month_end) + timedelta(days=1)
    return day.replace(year=day.year + years)


def months_before(day: date, months: int) -> date:
    """Return the same day ``months`` earlier, or the last day of that month."""
    total = day.year * 12 + day.month - 1 - months
    year, month = divmod(total, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_start(day: date) -> date:
    """Return the first day of the month of ``day``."""
    return day.replace(day=1)


def previous_year(day: date) -> tuple[date, date]:
    """Return the first and last day of the calendar year before ``day`` (上年度)."""
    return date(day.year - 1, 1, 1), date(day.year - 1, 12, 31)
