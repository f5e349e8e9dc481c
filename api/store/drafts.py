"""How answers drafted by a language model came about."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from api.store.base import Base, UtcTime


class DraftedAnswer(Base):
    """One drafted answer: model, prompt, passages with their digests, the reply and what was said of it.

    It names no person and no enterprise; ``question`` is what the model was asked, identifiers taken out.
    """

    __tablename__ = "drafted_answer"
    __table_args__ = (Index(None, "drafted_at"),)

    trace_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    drafted_at: Mapped[datetime] = mapped_column(UtcTime)
    on_day: Mapped[date] = mapped_column(Date)
    language: Mapped[str] = mapped_column(String(8))
    model: Mapped[str] = mapped_column(String(200))
    prompt: Mapped[str] = mapped_column(String(16))
    question: Mapped[str] = mapped_column(Text)
    passages: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    reply: Mapped[str] = mapped_column(Text)
    fates: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
