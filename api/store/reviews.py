"""How officers review what was handed in: who has it, the officer's own grades, what was decided."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.store.base import Base, UtcTime, new_id


class ReviewCase(Base):
    """The review of one version. ``turn`` rises with every change: whoever saw an older one came second.

    ``due_on`` is the day by which the enterprise was asked to put right what was returned.
    """

    __tablename__ = "review_case"
    __table_args__ = (UniqueConstraint("submission_id"), Index(None, "uscc"), Index(None, "officer_id"))

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    submission_id: Mapped[str] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"))
    uscc: Mapped[str] = mapped_column(String(18))
    state: Mapped[str] = mapped_column(String(12))  # free, taken, escalated, returned or accepted
    officer_id: Mapped[str | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    escalated_by: Mapped[str | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    turn: Mapped[int]
    taken_at: Mapped[datetime | None] = mapped_column(UtcTime)
    changed_at: Mapped[datetime] = mapped_column(UtcTime)
    decided_at: Mapped[datetime | None] = mapped_column(UtcTime)
    due_on: Mapped[date | None]


class ReviewGrade(Base):
    """An officer's grade of one item, beside the enterprise's. Added, never changed: the highest number counts."""

    __tablename__ = "review_grade"
    __table_args__ = (Index(None, "uscc"), Index(None, "officer_id"))

    case_id: Mapped[str] = mapped_column(ForeignKey("review_case.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    uscc: Mapped[str] = mapped_column(String(18))
    item: Mapped[str] = mapped_column(String(8))
    claimed: Mapped[str] = mapped_column(String(20))  # the enterprise's grade at that time
    grade: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(20))
    comment: Mapped[str] = mapped_column(Text)
    officer_id: Mapped[str | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(UtcTime)


class ReviewDecision(Base):
    """What was decided about a version, and why. ``content`` are the items returned, with what to do and by when."""

    __tablename__ = "review_decision"
    __table_args__ = (Index(None, "uscc"), Index(None, "officer_id"))

    case_id: Mapped[str] = mapped_column(ForeignKey("review_case.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    uscc: Mapped[str] = mapped_column(String(18))
    kind: Mapped[str] = mapped_column(String(12))  # return, accept, note or escalate
    reason: Mapped[str] = mapped_column(Text)
    content: Mapped[str] = mapped_column(Text)  # JSON
    officer_id: Mapped[str | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(UtcTime)
