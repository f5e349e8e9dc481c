"""The experience centre: its sessions, who booked them, and what those who came thought of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.store.base import Base, UtcTime, new_id


class CentreSession(Base):
    """One session. ``customs`` is the district or office that holds it; ``made_by`` who set it up."""

    __tablename__ = "centre_session"
    __table_args__ = (Index(None, "starts_at"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    topic: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(120))
    about: Mapped[str] = mapped_column(Text)
    customs: Mapped[str] = mapped_column(String(4))
    place: Mapped[str] = mapped_column(String(200))
    starts_at: Mapped[datetime] = mapped_column(UtcTime)
    ends_at: Mapped[datetime] = mapped_column(UtcTime)
    seats: Mapped[int]
    made_by: Mapped[str | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    changed_at: Mapped[datetime] = mapped_column(UtcTime)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcTime)
    cancel_reason: Mapped[str] = mapped_column(String(300), default="")


class Booking(Base):
    """An enterprise's seats in a session: one booking each. ``turn`` orders those who wait.

    ``state``: booked, waiting, cancelled, and afterwards attended or absent.
    """

    __tablename__ = "centre_booking"
    __table_args__ = (UniqueConstraint("session_id", "uscc"), Index(None, "uscc"), Index(None, "account_id"))

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    session_id: Mapped[str] = mapped_column(ForeignKey("centre_session.id", ondelete="CASCADE"))
    uscc: Mapped[str] = mapped_column(String(18))
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    people: Mapped[int]
    contact: Mapped[str] = mapped_column(String(120))
    note: Mapped[str] = mapped_column(String(300))
    state: Mapped[str] = mapped_column(String(12))
    turn: Mapped[int]
    booked_at: Mapped[datetime] = mapped_column(UtcTime)
    changed_at: Mapped[datetime] = mapped_column(UtcTime)


class SurveyReply(Base):
    """What one enterprise thought of a session: marks from 1 to 5 and a comment."""

    __tablename__ = "centre_survey"
    __table_args__ = (Index(None, "session_id"), Index(None, "uscc"), Index(None, "account_id"))

    booking_id: Mapped[str] = mapped_column(ForeignKey("centre_booking.id", ondelete="CASCADE"), primary_key=True)
    session_id: Mapped[str] = mapped_column(ForeignKey("centre_session.id", ondelete="CASCADE"))
    uscc: Mapped[str] = mapped_column(String(18))
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    content: Mapped[int]
    teaching: Mapped[int]
    arrangement: Mapped[int]
    comment: Mapped[str] = mapped_column(Text)
    answered_at: Mapped[datetime] = mapped_column(UtcTime)
