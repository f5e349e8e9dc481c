from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from api.records.gateway.windows import leaves_on, months_before, previous_year, window

DAYS = st.dates(date(2000, 1, 1), date(2090, 1, 1))


@given(DAYS, DAYS, st.integers(1, 3))
def test_a_fact_counts_until_the_day_it_leaves_the_window(happened, day, years):
    counts = window(day, years).holds(happened)

    assert counts == (happened <= day < leaves_on(happened, years))


def test_a_year_is_twelve_months_that_end_with_the_day():
    assert (window(date(2026, 11, 22), 1).first, window(date(2026, 11, 22), 1).last) == (
        date(2025, 11, 23),
        date(2026, 11, 22),
    )


def test_a_fact_of_29_february_counts_to_the_end_of_the_next_february():
    assert leaves_on(date(2024, 2, 29), 1) == date(2025, 3, 1)
    assert leaves_on(date(2024, 2, 29), 4) == date(2028, 2, 29)


@given(DAYS, st.integers(0, 60))
def test_going_back_months_never_leaves_the_month(day, months):
    earlier = months_before(day, months)

    assert (day.year - earlier.year) * 12 + day.month - earlier.month == months


def test_the_year_before_is_the_calendar_year():
    assert previous_year(date(2026, 1, 1)) == (date(2025, 1, 1), date(2025, 12, 31))


def test_a_state_touches_the_window_if_it_lasted_into_it():
    year = window(date(2026, 11, 22), 1)

    assert year.meets(date(2020, 1, 1), None)
    assert year.meets(date(2020, 1, 1), year.first)
    assert not year.meets(date(2020, 1, 1), year.first - timedelta(days=1))
    assert not year.meets(year.last + timedelta(days=1), None)
