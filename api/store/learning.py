"""What a person answered in the lessons."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from api.store.base import Base, UtcTime


class LessonAnswer(Base):
    """The last answer to one question of a lesson. ``choice`` is the place of the option, counted from 1."""

    __tablename__ = "lesson_answer"

    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    lesson: Mapped[str] = mapped_column(String(40), primary_key=True)
    question: Mapped[str] = mapped_column(String(40), primary_key=True)
    choice: Mapped[int]
    right: Mapped[bool]
    answered_at: Mapped[datetime] = mapped_column(UtcTime)
