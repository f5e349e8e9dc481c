"""Counting attempts: shared by all workers, forgotten in time, by person and by address."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from api.auth.keys import Keys
from api.auth.throttle import Rate, Throttle, TooOften
from api.db import Database
from tests.services import SECRET, Clock


def throttle(database: Database, clock: Clock, ask: str = "3/minute") -> Throttle:
    """The counters of one worker."""
    return Throttle(database, Keys(SECRET), clock, ask, "3/minute")


def allowed(attempt: Callable[[], None], most: int = 100) -> int:
    """How many attempts in a row are let through."""
    for number in range(most):
        try:
            attempt()
        except TooOften:
            return number
    return most


def test_workers_share_the_count_of_sign_ins(database: Database):
    clock = Clock()
    workers = [throttle(database, clock), throttle(database, clock)]
    for attempt in range(10):
        workers[attempt % 2].count(Rate.SECOND_FACTOR, "account")

    with pytest.raises(TooOften) as error:
        workers[0].count(Rate.SECOND_FACTOR, "account")

    assert error.value.seconds == 15 * 60


def test_a_count_ends_with_its_window(database: Database):
    clock = Clock()
    counters = throttle(database, clock)
    first = allowed(lambda: counters.count(Rate.SECOND_FACTOR, "account"))

    clock.pass_(minutes=15)

    assert (first, allowed(lambda: counters.count(Rate.SECOND_FACTOR, "account"))) == (10, 10)


def test_one_person_s_count_is_not_another_s(database: Database):
    counters = throttle(database, Clock())
    assert allowed(lambda: counters.count(Rate.SECOND_FACTOR, "one")) == 10
    assert allowed(lambda: counters.count(Rate.SECOND_FACTOR, "other")) == 10


def test_questions_are_counted_by_person(database: Database):
    counters = throttle(database, Clock())
    for _ in range(3):
        counters.count_use(Rate.ASK, "person", "10.0.0.1")

    with pytest.raises(TooOften):
        counters.count_use(Rate.ASK, "person", "10.0.0.2")
    counters.count_use(Rate.ASK, "other", "10.0.0.1")


def test_an_address_may_send_four_times_as_many(database: Database):
    counters = throttle(database, Clock())
    for person in range(12):
        counters.count_use(Rate.ASK, f"person-{person}", "10.0.0.1")

    with pytest.raises(TooOften):
        counters.count_use(Rate.ASK, "", "10.0.0.1")
    counters.count_use(Rate.ASK, "", "10.0.0.2")


def test_questions_and_searches_are_counted_apart(database: Database):
    counters = throttle(database, Clock())
    assert allowed(lambda: counters.count_use(Rate.ASK, "person", "10.0.0.1")) == 3
    assert allowed(lambda: counters.count_use(Rate.SEARCH, "person", "10.0.0.1")) == 3
