"""Book seats for the person's enterprise, change them, give them back. No seat is given twice.

Whoever changes seats holds the session's row until the commit; on SQLite a writing transaction is alone already.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from api.auth.identity import Kind
from api.auth.work import Work
from api.errors import BadInput, Conflict, NotAllowed, NotFound
from api.store import Booking, CentreSession
from api.usecases.assess_stored import is_plain
from api.usecases.sessions.offer import find_session, seats_taken, standing_bookings
from api.usecases.sessions.telling import forget_ahead, plan_ahead, tell, when_and_where
from api.usecases.sessions.topics import STANDING, State

MOST_PEOPLE = 20
LONGEST_CONTACT, LONGEST_NOTE = 120, 300
NO_BOOKING = ("没有这个预约。", "There is no such booking.")


@dataclass(frozen=True, slots=True)
class BookingIn:
    """What is asked for: how many people come, whom to call, and what should be known."""

    people: int
    contact: str
    note: str = ""


def book(work: Work, session_id: str, given: BookingIn) -> Booking:
    """Book seats, or a place on the waiting list where too few are left.

    Raises `NotAllowed`, `NotFound`, `BadInput`, and `Conflict` where the enterprise has a booking already.
    """
    uscc = _uscc(work)
    row = find_session(work.session, session_id, to_write=True)
    _check_open(work, row)
    _check(given, row)
    booking = _earlier(work, row, uscc)
    if booking is not None and booking.state in STANDING:
        raise Conflict("本企业已经预约了这场活动。", "Your enterprise has booked this session already.")
    fits = seats_taken(work.session, row.id) + given.people <= row.seats
    turn = _next_turn(work, row)
    if booking is None:
        booking = Booking(session_id=row.id, uscc=uscc)
    booking.account_id, booking.booked_at, booking.turn = work.who.account_id, work.now, turn
    booking.state = State.BOOKED if fits else State.WAITING
    _fill(work, booking, given)
    work.session.add(booking)
    work.session.flush()
    said = "预约成功" if fits else "名额已满，已排入候补；有名额时自动转为预约并通知您"
    tell(work, booking, row, f"{said}：{when_and_where(row)}，{given.people}人。")
    plan_ahead(work, booking, row)
    work.note("session_booked", work.trail.enterprise(uscc), centre_session=row.id, state=booking.state)
    return booking


def change_booking(work: Work, booking_id: str, given: BookingIn) -> Booking:
    """Change a booking. More people than there are seats left is refused; fewer let others move up.

    Raises `NotFound`, `BadInput`, `Conflict`.
    """
    booking, row = open_booking(work, booking_id)
    _check_open(work, row)
    _check(given, row)
    if booking.state not in STANDING:
        raise Conflict("这个预约已经取消。", "This booking was cancelled.")
    others = seats_taken(work.session, row.id) - (booking.people if booking.state == State.BOOKED else 0)
    if booking.state == State.BOOKED and others + given.people > row.seats:
        left = row.seats - others
        raise Conflict(f"只剩{left}个名额，预约没有改变。", f"Only {left} seats are left; nothing was changed.")
    _fill(work, booking, given)
    work.session.flush()
    move_up(work, row)
    work.note("session_booking_changed", work.trail.enterprise(booking.uscc), centre_session=row.id)
    return booking


def cancel_booking(work: Work, booking_id: str) -> Booking:
    """Give the seats back; whoever waits moves up. Raises `NotFound`, `Conflict`."""
    booking, row = open_booking(work, booking_id)
    _check_open(work, row)
    if booking.state in STANDING:
        booking.state, booking.changed_at = State.CANCELLED, work.now
        work.session.flush()
        forget_ahead(work, booking)
        move_up(work, row)
        work.note("session_booking_cancelled", work.trail.enterprise(booking.uscc), centre_session=row.id)
    return booking


def move_up(work: Work, row: CentreSession) -> list[Booking]:
    """Give free seats to those who wait, in their order; a group too large for them stays and keeps its turn.

    Call it while the session's row is held.
    """
    moved, free = [], row.seats - seats_taken(work.session, row.id)
    for booking in standing_bookings(work.session, row.id):
        if booking.state == State.WAITING and booking.people <= free:
            booking.state, booking.changed_at = State.BOOKED, work.now
            free -= booking.people
            moved.append(booking)
    work.session.flush()
    for booking in moved:
        tell(work, booking, row, f"候补成功，已为您预约：{when_and_where(row)}，{booking.people}人。不能来请取消。")
        plan_ahead(work, booking, row)
    return moved


def open_booking(work: Work, booking_id: str) -> tuple[Booking, CentreSession]:
    """Return a booking of the person's enterprise and its session, held for writing. Raises `NotFound`."""
    booking = work.session.get(Booking, booking_id)
    if booking is None or not work.who.uscc or booking.uscc != work.who.uscc or work.who.uscc not in work.who.usccs:
        raise NotFound(*NO_BOOKING)
    row = find_session(work.session, booking.session_id, to_write=True)
    work.session.refresh(booking)
    return booking, row


def _uscc(work: Work) -> str:
    who = work.who
    if who.kind is not Kind.ENTERPRISE or not who.uscc or who.uscc not in who.usccs:
        raise NotAllowed("请先绑定企业，再预约。", "Bind an enterprise first, then book.")
    return who.uscc


def _check_open(work: Work, row: CentreSession) -> None:
    if row.cancelled_at is not None:
        raise Conflict("这场活动已经取消。", "This session was cancelled.")
    if row.starts_at <= work.now:
        raise Conflict("这场活动已经开始，不能再预约或者改动。", "This session has begun; bookings are closed.")


def _check(given: BookingIn, row: CentreSession) -> None:
    most = min(MOST_PEOPLE, row.seats)
    if not 1 <= given.people <= most:
        raise BadInput(f"人数请填1到{most}。", f"The number of people is between 1 and {most}.")
    if not 0 < len(given.contact.strip()) <= LONGEST_CONTACT:
        raise BadInput("请填写联系人和电话。", "Say whom to call, and at which number.")
    if len(given.note) > LONGEST_NOTE or not is_plain(given.contact + given.note):
        raise BadInput(
            f"备注最多{LONGEST_NOTE}字，不能有损坏的字符。",
            f"A note has at most {LONGEST_NOTE} characters, none of them broken.",
        )


def _earlier(work: Work, row: CentreSession, uscc: str) -> Booking | None:
    statement = select(Booking).where(Booking.session_id == row.id, Booking.uscc == uscc)
    return work.session.scalars(statement).first()


def _next_turn(work: Work, row: CentreSession) -> int:
    last = select(func.max(Booking.turn)).where(Booking.session_id == row.id)
    return (work.session.scalars(last).one() or 0) + 1


def _fill(work: Work, booking: Booking, given: BookingIn) -> None:
    booking.people, booking.contact, booking.note = given.people, given.contact.strip(), given.note.strip()
    booking.changed_at = work.now
