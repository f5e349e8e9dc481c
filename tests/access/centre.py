"""Sessions of the experience centre to knock at, and a booking every text of which says a word."""

from __future__ import annotations

from datetime import timedelta

from api.services import Services
from api.store import Booking, CentreSession, SurveyReply


def make_centre_session(services: Services, customs: str = "", made_by: str | None = None) -> str:
    """Store a session ahead; return its id."""
    now = services.now()
    with services.database.writing() as session:
        row = CentreSession(
            topic="visit", title="观摩", about="", customs=customs, place="一号", seats=20, made_by=made_by,
            starts_at=now + timedelta(days=3), ends_at=now + timedelta(days=3, hours=2), changed_at=now,
        )  # fmt: skip
        session.add(row)
        session.flush()
        return row.id


def make_booking(services: Services, account_id: str, uscc: str, word: str = "x") -> str:
    """Store an enterprise's booking with a reply to the survey; return the booking's id."""
    now, by = services.now(), {"uscc": uscc, "account_id": account_id}
    of = {"session_id": make_centre_session(services)}
    with services.database.writing() as session:
        booking = Booking(
            people=1, contact=word, note=word, state="booked", turn=1, booked_at=now, changed_at=now, **of, **by
        )
        session.add(booking)
        session.flush()
        session.add(
            SurveyReply(
                booking_id=booking.id, content=5, teaching=5, arrangement=5, comment=word, answered_at=now, **of, **by
            )
        )
        return booking.id
