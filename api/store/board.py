"""The board of unanswered questions, and the guides with which they are answered."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.store.base import Base, UtcTime, new_id


class BoardQuestion(Base):
    """A group of questions of one meaning. The first one leads it and never changes: groups stay as they are."""

    __tablename__ = "board_question"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'answered', 'set_aside')", name="state"),
        Index(None, "state", "last_at"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    question: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(String(300))
    vector: Mapped[bytes] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(String(10))
    why: Mapped[str] = mapped_column(Text)  # why it was set aside, or came back
    assigned_to: Mapped[str | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    opened_at: Mapped[datetime] = mapped_column(UtcTime)
    last_at: Mapped[datetime] = mapped_column(UtcTime)


class BoardCase(Base):
    """One question of a group: how it ended, and when."""

    __tablename__ = "board_case"
    __table_args__ = (
        UniqueConstraint("answer_id"),
        CheckConstraint("ending IN ('unknown', 'out_of_scope', 'wrong', 'outdated')", name="ending"),
        Index(None, "question_id", "asked_on"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    question_id: Mapped[str] = mapped_column(ForeignKey("board_question.id", ondelete="CASCADE"))
    answer_id: Mapped[str | None] = mapped_column(ForeignKey("given_answer.id", ondelete="SET NULL"))
    question: Mapped[str] = mapped_column(Text)
    ending: Mapped[str] = mapped_column(String(12))
    asked_on: Mapped[date] = mapped_column(Date)


class GuideEntry(Base):
    """An answer written by a coordinator or officer, live once a second person has reviewed it.

    ``provisions`` are those behind it with the digest of their wording; ``asks`` and ``vectors`` the questions it is
    found by. ``change`` grows with every change of any entry: the highest says whether a worker has the latest.
    """

    __tablename__ = "guide_entry"
    __table_args__ = (
        CheckConstraint("state IN ('review', 'returned', 'live', 'ended')", name="state"),
        Index(None, "state"),
        Index(None, "change"),
        Index(None, "question_id"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    question_id: Mapped[str | None] = mapped_column(ForeignKey("board_question.id", ondelete="SET NULL"))
    question: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(String(300))
    zh: Mapped[str] = mapped_column(Text)
    en: Mapped[str] = mapped_column(Text)
    provisions: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    asks: Mapped[list[str]] = mapped_column(JSON)
    vectors: Mapped[bytes] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(String(10))
    change: Mapped[int]
    written_by: Mapped[str | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    written_at: Mapped[datetime] = mapped_column(UtcTime)
    reviewed_by: Mapped[str | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    reviewed_at: Mapped[datetime | None] = mapped_column(UtcTime)
    reviewed_on: Mapped[date | None] = mapped_column(Date)
    note: Mapped[str] = mapped_column(Text)  # what the reviewer said, or why it ended
