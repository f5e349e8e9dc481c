"""Which days a look-back window covers, and on which day something leaves it.

2022 No. 106 annex 1: 1 year is 12 consecutive months, counted back from the day Customs accepts the
application; for a review, from the latest customs penalty decision. The 2026 items name no start day,
so the last day of the window, `window_end`, is always an argument.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Window:
    """The days from ``start`` to ``end``, both included."""

    start: date
    end: date

    def covers(self, day: date) -> bool:
        """Whether the day lies in the window."""
        return self.start <= day <= self.end

    def touches(self, first: date, last: date | None) -> bool:
        """Whether a period (open-ended if ``last`` is None) shares a day with the window."""
        return first <= self.end and (last is None or last >= self.start)


def window(window_end: date, months: int) -> Window:
    """The ``months`` consecutive months that end on ``window_end``.

    The day exactly ``months`` earlier is outside: 12 months ending on 22 November start on 23 November.
    """
    return Window(add_months(window_end, -months) + _DAY, window_end)


def first_day_outside(day: date, months: int) -> date:
    """The first ``window_end`` whose window of ``months`` months no longer covers ``day``."""
    candidate = add_months(day, months)
    while window(candidate, months).start <= day:
        candidate += _DAY
    return candidate


def add_months(day: date, months: int) -> date:
    """The same day of the month ``months`` later, or the last day of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_end(first: date) -> date:
    """The last day of the month that starts on ``first``."""
    return first.replace(day=monthrange(first.year, first.month)[1])


def window_end_of_application(accepted_on: date) -> date:
    """The day an applicant's window is counted back from: the day Customs accepts the application.

    Source: 2022 No. 106 annex 1. Used for 2026 standards only as a stated assumption.
    """
    return accepted_on


def window_end_of_review(on: date, last_accepted_on: date, penalty_days: Iterable[date]) -> date:
    """The day a review's window is counted back from: the latest customs penalty decision.

    Decisions more than 12 months before the latest acceptance day are left out; without any other
    decision the window ends on ``on``. Source: 2022 No. 106 annex 1.
    """
    earliest = add_months(last_accepted_on, -12)
    return max((day for day in penalty_days if earliest <= day <= on), default=on)
