"""No seat is given twice: two workers at once, on both engines; who waits moves up in turn."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

from api.auth.identity import Identity, Kind
from api.db import open_database
from api.store import Booking, CentreSession
from api.usecases.sessions.booking import BookingIn, book, cancel_booking, change_booking
from tests.api.sessions.conftest import CUSTOMS, Centre

BOTH = 2  # workers, each with connections of its own


def at_once(centre: Centre, doings: list[Callable[[Centre, object], None]]) -> list[str]:
    """Do things at the same moment, shared out among two workers; return what went wrong."""
    workers = [open_database(centre.url) for _ in range(BOTH)]
    start, failed = Barrier(len(doings)), []

    def run(number: int) -> None:
        start.wait()
        try:
            doings[number](centre, workers[number % BOTH])
        except Exception as error:  # noqa: BLE001 - whatever it is, the test names it
            failed.append(repr(error))

    threads = [Thread(target=run, args=(number,)) for number in range(len(doings))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for worker in workers:
        worker.close()
    return failed


def booking_by(who: Identity, row: CentreSession, people: int = 1) -> Callable[[Centre, object], None]:
    """Book as somebody, over a worker's connection."""

    def do(centre: Centre, worker: object) -> None:
        with centre.work(who, worker) as work:
            book(work, row.id, BookingIn(people, "王芳 010-1234"))

    return do


def test_eight_enterprises_at_once_get_five_seats_and_three_turns(centre: Centre):
    row = centre.hold(centre.person(900, Kind.OFFICER, CUSTOMS), seats=5)
    people = [centre.person(place) for place in range(8)]

    assert at_once(centre, [booking_by(who, row) for who in people]) == []

    assert sorted(centre.states(row)) == ["booked"] * 5 + ["waiting"] * 3
    with centre.services.database.reading() as session:
        assert sorted(one.turn for one in session.query(Booking)) == list(range(1, 9))


def test_one_enterprise_that_books_twice_at_once_has_one_booking(centre: Centre):
    row = centre.hold(centre.person(900, Kind.OFFICER, CUSTOMS), seats=5)
    who = centre.person(1)

    failed = at_once(centre, [booking_by(who, row), booking_by(who, row)])

    assert len(failed) == 1
    assert "Conflict" in failed[0]
    assert centre.states(row) == ["booked"]


def test_a_seat_given_back_while_others_book_is_given_once(centre: Centre):
    row = centre.hold(centre.person(900, Kind.OFFICER, CUSTOMS), seats=1)
    first = centre.person(1)
    booking = centre.book(first, row)
    waiting, late = centre.person(2), centre.person(3)
    centre.book(waiting, row)

    def give_back(centre: Centre, worker: object) -> None:
        with centre.work(first, worker) as work:
            cancel_booking(work, booking.id)

    assert at_once(centre, [give_back, booking_by(late, row)]) == []

    assert sorted(centre.states(row)) == ["booked", "cancelled", "waiting"]
    assert centre.states(row)[1] == "booked"


def test_whoever_waits_moves_up_in_turn_and_is_told(quick: Centre, officer: Identity):
    row = quick.hold(officer, seats=2)
    booking = quick.book(quick.person(1), row, people=2)
    second, third = quick.person(2), quick.person(3)
    quick.book(second, row)
    quick.book(third, row)
    with quick.work(quick_owner(quick, booking)) as work:
        cancel_booking(work, booking.id)

    assert quick.states(row) == ["cancelled", "booked", "booked"]
    assert any(text.startswith("候补成功") for text in quick.told(second))
    assert any(text.startswith("候补成功") for text in quick.told(third))


def test_a_group_too_large_for_the_free_seats_keeps_its_turn(quick: Centre, officer: Identity):
    row = quick.hold(officer, seats=3)
    first = quick.person(1)
    booking = quick.book(first, row, people=3)
    quick.book(quick.person(2), row, people=3)
    quick.book(quick.person(3), row, people=1)

    with quick.work(first) as work:
        change_booking(work, booking.id, BookingIn(2, "王芳"))

    assert quick.states(row) == ["booked", "waiting", "booked"]


def test_more_people_than_seats_left_changes_nothing(quick: Centre, officer: Identity):
    row = quick.hold(officer, seats=3)
    who = quick.person(1)
    booking = quick.book(who, row, people=2)
    quick.book(quick.person(2), row)

    failed = at_once(quick, [lambda centre, worker: _grow(centre, who, booking)])

    assert "Only 1 seats" in failed[0] or "Only 2 seats" in failed[0]
    with quick.services.database.reading() as session:
        assert session.get_one(Booking, booking.id).people == 2


def _grow(centre: Centre, who: Identity, booking: Booking) -> None:
    with centre.work(who) as work:
        change_booking(work, booking.id, BookingIn(3, "王芳"))


def quick_owner(centre: Centre, booking: Booking) -> Identity:
    """Who made a booking."""
    return Identity(
        kind=Kind.ENTERPRISE, account_id=booking.account_id, usccs=(booking.uscc,), uscc=booking.uscc, complete=True
    )  # fmt: skip
