"""Answers that were given, enough to say them again, and what people said of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, Double, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from api.store.base import Base, UtcTime


class GivenAnswer(Base):
    """One answer as it was given. It names no person and no enterprise.

    Identifiers are taken out of the question; of an answer from somebody's record neither question nor text is
    kept. ``latency_step`` is the logarithm of the latency (see `api/usecases/latency.py`), to be counted.
    """

    __tablename__ = "given_answer"
    __table_args__ = (Index(None, "given_on", "kind", "latency_step"), Index(None, "given_at"))

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    given_at: Mapped[datetime] = mapped_column(UtcTime)
    given_on: Mapped[date] = mapped_column(Date)
    channel: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(20))
    worded_by: Mapped[str] = mapped_column(String(10))
    on_day: Mapped[date] = mapped_column(Date)
    chosen_day: Mapped[date | None] = mapped_column(Date)
    language: Mapped[str] = mapped_column(String(8))
    chosen_language: Mapped[str] = mapped_column(String(8))
    question: Mapped[str] = mapped_column(Text)
    earlier: Mapped[list[str]] = mapped_column(JSON)
    understood: Mapped[str] = mapped_column(Text)
    readings: Mapped[list[str]] = mapped_column(JSON)
    is_masked: Mapped[bool]
    text: Mapped[str] = mapped_column(Text)
    cited: Mapped[list[str]] = mapped_column(JSON)
    retrieved: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    guide: Mapped[str] = mapped_column(String(32))
    versions: Mapped[dict[str, str]] = mapped_column(JSON)
    latency_step: Mapped[int]


class AnswerRating(Base):
    """What a person said of an answer; saying it again replaces it."""

    __tablename__ = "answer_rating"
    __table_args__ = (CheckConstraint("rating IN ('helpful', 'wrong', 'outdated')", name="rating"),)

    answer_id: Mapped[str] = mapped_column(ForeignKey("given_answer.id", ondelete="CASCADE"), primary_key=True)
    rating: Mapped[str] = mapped_column(String(10))
    comment: Mapped[str] = mapped_column(Text)
    rated_at: Mapped[datetime] = mapped_column(UtcTime)


class ModelCount(Base):
    """What the use of a language model came to on a day, over all workers."""

    __tablename__ = "model_count"

    counted_on: Mapped[date] = mapped_column(Date, primary_key=True)
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    amount: Mapped[float] = mapped_column(Double)
