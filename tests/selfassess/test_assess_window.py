"""Look-back windows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import strategies as st

from selfassess.window import (
    first_day_outside,
    window,
    window_end_of_application,
    window_end_of_review,
)
from tests.selfassess.laws import law

DAYS = st.dates(date(2000, 1, 1), date(2050, 12, 31))
MONTHS = st.sampled_from([12, 24, 36])


def test_twelve_months_are_counted_back_from_the_last_day() -> None:
    year = window(date(2026, 11, 22), 12)

    assert (year.start, year.end) == (date(2025, 11, 23), date(2026, 11, 22))
    assert year.covers(date(2025, 11, 23))
    assert not year.covers(date(2025, 11, 22))
    assert not year.covers(date(2026, 11, 23))


@pytest.mark.parametrize(
    ("happened", "months", "gone"),
    [
        (date(2026, 3, 5), 12, date(2027, 3, 5)),
        (date(2025, 3, 1), 24, date(2027, 3, 1)),
        (date(2024, 2, 29), 12, date(2025, 3, 1)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
    ],
)
def test_a_fact_leaves_the_window_on_its_anniversary(happened: date, months: int, gone: date) -> None:
    assert first_day_outside(happened, months) == gone


@law(DAYS, MONTHS)
def test_the_day_of_leaving_is_the_first_one_outside(day: date, months: int) -> None:
    gone = first_day_outside(day, months)

    assert not window(gone, months).covers(day)
    assert window(gone - timedelta(days=1), months).covers(day)


@law(DAYS, DAYS, MONTHS)
def test_a_later_window_never_starts_earlier(one: date, other: date, months: int) -> None:
    early, late = sorted((one, other))

    assert window(early, months).start <= window(late, months).start


@pytest.mark.parametrize(
    ("first", "last", "touches"),
    [
        (date(2024, 1, 1), date(2025, 11, 22), False),
        (date(2024, 1, 1), date(2025, 11, 23), True),
        (date(2024, 1, 1), None, True),
        (date(2026, 11, 22), None, True),
        (date(2026, 11, 23), None, False),
    ],
)
def test_a_period_touches_the_window_if_it_shares_a_day(first: date, last: date | None, touches: bool) -> None:
    assert window(date(2026, 11, 22), 12).touches(first, last) is touches


def test_an_application_counts_back_from_the_day_it_is_accepted() -> None:
    assert window_end_of_application(date(2025, 6, 1)) == date(2025, 6, 1)


def test_a_review_counts_back_from_the_latest_penalty_decision() -> None:
    decisions = [date(2024, 9, 1), date(2025, 3, 3), date(2021, 1, 1)]

    end = window_end_of_review(date(2025, 6, 1), last_accepted_on=date(2022, 1, 10), penalty_days=decisions)

    assert end == date(2025, 3, 3)


def test_a_review_leaves_out_decisions_more_than_a_year_before_the_last_acceptance() -> None:
    accepted = date(2025, 1, 10)

    assert window_end_of_review(date(2025, 6, 1), accepted, [date(2024, 1, 9)]) == date(2025, 6, 1)
    assert window_end_of_review(date(2025, 6, 1), accepted, [date(2024, 1, 10)]) == date(2024, 1, 10)
