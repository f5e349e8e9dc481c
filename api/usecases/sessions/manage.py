"""Set sessions up, change and cancel them, take attendance: for officers and coordinators.

An officer manages the sessions of the own customs, a coordinator those the coordinator set up.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, false, select

from api.auth.identity import Identity, Kind
from api.auth.work import Work
from api.errors import BadInput, Conflict, NotFound
from api.store import Booking, CentreSession
from api.store.base import new_id
from api.usecases.assess_stored import is_plain
from api.usecases.sessions.booking import move_up
from api.usecases.sessions.offer import NO_SESSION, Offered, find_session, seats_taken, standing_bookings, with_seats
from api.usecases.sessions.telling import forget_ahead, plan_ahead, tell, when_and_where
from api.usecases.sessions.topics import SEATED, State, Topic

MOST_SEATS = 500
LONGEST = timedelta(days=2)
LONGEST_TITLE, LONGEST_PLACE, LONGEST_ABOUT, LONGEST_REASON = 120, 200, 2000, 300
MOST_LISTED = 100


@dataclass(frozen=True, slots=True)
class SessionIn:
    """A session as typed in; times with their zone."""

    topic: str
    title: str
    about: str
    place: str
    starts_at: datetime
    ends_at: datetime
    seats: int


def list_managed(work: Work) -> list[Offered]:
    """Return the sessions the person manages, the latest first."""
    statement = select(CentreSession).where(managed_by(work.who)).order_by(CentreSession.starts_at.desc())
    return with_seats(work, work.session.scalars(statement.order_by(CentreSession.id).limit(MOST_LISTED)).all())


def open_managed(work: Work, session_id: str, *, to_write: bool = False) -> CentreSession:
    """Return a session the person manages. Raises `NotFound` for any other."""
    mine = select(CentreSession.id).where(CentreSession.id == session_id, managed_by(work.who))
    if work.session.scalars(mine).first() is None:
        raise NotFound(*NO_SESSION)
    return find_session(work.session, session_id, to_write=to_write)


def managed_by(who: Identity) -> ColumnElement[bool]:
    """Return the condition that a person manages a session; whatever is unclear manages nothing."""
    if who.kind is Kind.OFFICER and who.complete and who.customs:
        return CentreSession.customs.startswith(who.customs, autoescape=True)
    if who.kind is Kind.COORDINATOR and who.complete and who.account_id:
        return CentreSession.made_by == who.account_id
    return false()


def create_session(work: Work, given: SessionIn) -> CentreSession:
    """Set a session up. Raises `BadInput`."""
    _check(work, given)
    row = CentreSession(id=new_id(), customs=work.who.customs, made_by=work.who.account_id)
    _fill(work, row, given)
    work.session.add(row)
    work.session.flush()
    work.note("session_created", row.id)
    return row


def change_session(work: Work, session_id: str, given: SessionIn) -> CentreSession:
    """Change a session; those who booked hear of a new time or place, and those who wait of new seats.

    Raises `NotFound`, `BadInput`, `Conflict`.
    """
    row = open_managed(work, session_id, to_write=True)
    _check_standing(work, row)
    _check(work, given)
    taken = seats_taken(work.session, row.id)
    if given.seats < taken:
        raise Conflict(f"已有{taken}人预约，名额不能更少。", f"{taken} people have booked; seats cannot be fewer.")
    before = when_and_where(row)
    _fill(work, row, given)
    work.session.flush()
    if when_and_where(row) != before:
        for booking in standing_bookings(work.session, row.id):
            tell(work, booking, row, f"活动有变动：原为{before}；现为{when_and_where(row)}。不能来请取消。")
            plan_ahead(work, booking, row)
    move_up(work, row)
    work.note("session_changed", row.id)
    return row


def cancel_session(work: Work, session_id: str, reason: str) -> CentreSession:
    """Cancel a session and tell everybody who booked or waits. Raises `NotFound`, `BadInput`, `Conflict`."""
    row = open_managed(work, session_id, to_write=True)
    _check_standing(work, row)
    reason = reason.strip()
    if not 0 < len(reason) <= LONGEST_REASON or not is_plain(reason):
        raise BadInput("请写明取消的理由。", "Say why the session is cancelled.")
    row.cancelled_at, row.cancel_reason = work.now, reason
    for booking in standing_bookings(work.session, row.id):
        booking.state, booking.changed_at = State.CANCELLED, work.now
        forget_ahead(work, booking)
        tell(work, booking, row, f"活动已取消：{when_and_where(row)}。理由：{reason}")
    work.session.flush()
    work.note("session_cancelled", row.id)
    return row


def list_attendance(work: Work, row: CentreSession) -> Sequence[Booking]:
    """Return the bookings of a session in their order, without those that were cancelled."""
    shown = (*SEATED, State.WAITING)
    statement = select(Booking).where(Booking.session_id == row.id, Booking.state.in_(shown))
    return work.session.scalars(statement.order_by(Booking.turn, Booking.id)).all()


def take_attendance(work: Work, session_id: str, came: Collection[str]) -> int:
    """Note who came, by the ids of bookings; the others who had a seat did not. Returns how many came.

    Raises `NotFound`, and `Conflict` before the session begins.
    """
    row = open_managed(work, session_id, to_write=True)
    if row.cancelled_at is not None or work.now < row.starts_at:
        raise Conflict("活动开始以后才能登记到场。", "Attendance is taken once the session has begun.")
    seated = [booking for booking in list_attendance(work, row) if booking.state in SEATED]
    for booking in seated:
        booking.state = State.ATTENDED if booking.id in came else State.ABSENT
        booking.changed_at = work.now
        if booking.state == State.ABSENT:
            forget_ahead(work, booking)
    work.session.flush()
    number = sum(booking.state == State.ATTENDED for booking in seated)
    work.note("session_attendance", row.id, came=number, of=len(seated))
    return number


def _check_standing(work: Work, row: CentreSession) -> None:
    if row.cancelled_at is not None:
        raise Conflict("这场活动已经取消。", "This session was cancelled.")
    if row.starts_at <= work.now:
        raise Conflict("这场活动已经开始，不能再改动。", "This session has begun and cannot be changed.")


def _check(work: Work, given: SessionIn) -> None:
    if given.topic not in list(Topic):
        raise BadInput("请选择活动的种类。", "Choose what kind of session it is.")
    for value, most, zh, en in (
        (given.title, LONGEST_TITLE, "标题", "title"),
        (given.place, LONGEST_PLACE, "地点", "place"),
    ):
        if not 0 < len(value.strip()) <= most or not is_plain(value):
            raise BadInput(f"请填写{zh}，最多{most}字。", f"Give a {en} of at most {most} characters.")
    if len(given.about) > LONGEST_ABOUT or not is_plain(given.about):
        raise BadInput(f"说明最多{LONGEST_ABOUT}字。", f"The description has at most {LONGEST_ABOUT} characters.")
    if not work.now < given.starts_at < given.ends_at <= given.starts_at + LONGEST:
        raise BadInput(
            "请检查时间：开始要晚于现在，结束要晚于开始，最长两天。",
            "Check the times: it begins after now, ends after it begins, and lasts two days at most.",
        )
    if not 1 <= given.seats <= MOST_SEATS:
        raise BadInput(f"名额请填1到{MOST_SEATS}。", f"The number of seats is between 1 and {MOST_SEATS}.")


def _fill(work: Work, row: CentreSession, given: SessionIn) -> None:
    row.topic, row.title, row.about = given.topic, given.title.strip(), given.about.strip()
    row.place, row.seats, row.changed_at = given.place.strip(), given.seats, work.now
    row.starts_at, row.ends_at = given.starts_at, given.ends_at
