"""Which sessions are offered, how many seats are left, and where the person's enterprise stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from api.auth.work import Work
from api.errors import NotFound
from api.store import Booking, CentreSession
from api.usecases.sessions.topics import SEATED, STANDING, State

MOST_LISTED = 100
NO_SESSION = ("没有这场活动。", "There is no such session.")


@dataclass(frozen=True, slots=True)
class Offered:
    """A session with the seats taken and the people waiting; ``own`` is the enterprise's booking, if it has one."""

    row: CentreSession
    taken: int
    waiting: int
    own: Booking | None = None

    @property
    def free(self) -> int:
        """How many seats are left."""
        return max(0, self.row.seats - self.taken)

    @property
    def own_standing(self) -> Booking | None:
        """The own booking, unless it was cancelled."""
        return self.own if self.own is not None and self.own.state != State.CANCELLED else None

    def is_open(self, now: datetime) -> bool:
        """Whether it can still be booked, changed or cancelled."""
        return self.row.cancelled_at is None and now < self.row.starts_at


def list_offered(work: Work) -> list[Offered]:
    """Return the sessions ahead, the nearest first."""
    statement = (
        select(CentreSession)
        .where(CentreSession.ends_at > work.now, CentreSession.cancelled_at.is_(None))
        .order_by(CentreSession.starts_at, CentreSession.id)
        .limit(MOST_LISTED)
    )
    return with_seats(work, work.session.scalars(statement).all())


def list_own(work: Work) -> list[Offered]:
    """Return the sessions the enterprise has to do with, those ahead first, then the latest past ones."""
    statement = (
        select(CentreSession)
        .join(Booking, Booking.session_id == CentreSession.id)
        .where(Booking.uscc == work.who.uscc, Booking.state != State.CANCELLED)
        .order_by(CentreSession.starts_at.desc(), CentreSession.id)
        .limit(MOST_LISTED)
    )
    found = with_seats(work, work.session.scalars(statement).all()) if work.who.uscc else []
    ahead = [one for one in found if one.row.ends_at > work.now]
    return [*reversed(ahead), *(one for one in found if one.row.ends_at <= work.now)]


def open_offered(work: Work, session_id: str) -> Offered:
    """Return one session. Raises `NotFound`."""
    return with_seats(work, [find_session(work.session, session_id)])[0]


def find_session(session: Session, session_id: str, *, to_write: bool = False) -> CentreSession:
    """Return a session. Raises `NotFound`. ``to_write`` makes everybody else who wants seats in it wait."""
    statement = select(CentreSession).where(CentreSession.id == session_id)
    statement = statement.with_for_update().execution_options(populate_existing=True) if to_write else statement
    found = session.scalars(statement).first()
    if found is None:
        raise NotFound(*NO_SESSION)
    return found


def seats_taken(session: Session, session_id: str) -> int:
    """Return how many seats of a session are taken."""
    return _counts(session, [session_id]).get(session_id, (0, 0))[0]


def with_seats(work: Work, rows: Sequence[CentreSession]) -> list[Offered]:
    """Return sessions with their seats."""
    ids = [row.id for row in rows]
    counts, own = _counts(work.session, ids), _own(work, ids)
    return [Offered(row, *counts.get(row.id, (0, 0)), own.get(row.id)) for row in rows]


def _counts(session: Session, ids: Iterable[str]) -> Mapping[str, tuple[int, int]]:
    def people(states: Sequence[State]) -> ColumnElement[int]:
        return func.sum(case((Booking.state.in_(states), Booking.people), else_=0))

    statement = (
        select(Booking.session_id, people(SEATED), people([State.WAITING]))
        .where(Booking.session_id.in_(ids))
        .group_by(Booking.session_id)
    )
    return {id_: (int(taken), int(waiting)) for id_, taken, waiting in session.execute(statement)}


def _own(work: Work, ids: Iterable[str]) -> Mapping[str, Booking]:
    if not work.who.uscc:
        return {}
    statement = select(Booking).where(Booking.session_id.in_(ids), Booking.uscc == work.who.uscc)
    return {booking.session_id: booking for booking in work.session.scalars(statement)}


def standing_bookings(session: Session, session_id: str) -> Sequence[Booking]:
    """Return the bookings of a session that were not cancelled, in their order."""
    statement = select(Booking).where(Booking.session_id == session_id, Booking.state.in_(STANDING))
    return session.scalars(statement.order_by(Booking.turn, Booking.id)).all()
