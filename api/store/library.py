"""The official texts that administrators keep: drafts, and the editions of the library that came of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from api.store.base import Base, UtcTime, new_id


class LibraryEdition(Base):
    """One state of the library. The newest is the one in use; none is ever changed."""

    __tablename__ = "library_edition"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    made_at: Mapped[datetime] = mapped_column(UtcTime)
    draft_id: Mapped[str] = mapped_column(String(32))
    proposed_by: Mapped[str] = mapped_column(String(32))
    approved_by: Mapped[str] = mapped_column(String(32))


class LibraryText(Base):
    """A document as an edition put it in: a corpus file, or nothing where the edition took it out."""

    __tablename__ = "library_text"
    __table_args__ = (Index(None, "document_id"),)

    edition: Mapped[int] = mapped_column(ForeignKey("library_edition.number"), primary_key=True)
    document_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    content: Mapped[str] = mapped_column(Text)


class TextDraft(Base):
    """A change that is being prepared or waits for a second administrator. ``revision`` grows with every change."""

    __tablename__ = "text_draft"
    __table_args__ = (
        CheckConstraint("act IN ('add', 'correct', 'restore', 'take_out', 'import')", name="act"),
        CheckConstraint("state IN ('draft', 'submitted', 'returned', 'approved', 'withdrawn')", name="state"),
        Index(None, "state"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    act: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(12))
    revision: Mapped[int]
    document_id: Mapped[str] = mapped_column(String(80))  # empty until a new text is handed in
    title: Mapped[str] = mapped_column(String(200))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    body: Mapped[str] = mapped_column(Text)
    source: Mapped[dict[str, Any]] = mapped_column(JSON)  # the file's lines, and which article stands where
    texts: Mapped[dict[str, Any]] = mapped_column(JSON)  # what it would put into the library, by document
    base_edition: Mapped[int]
    editors: Mapped[list[str]] = mapped_column(JSON)  # who wrote any of it: none of them approves it
    made_at: Mapped[datetime] = mapped_column(UtcTime)
    changed_at: Mapped[datetime] = mapped_column(UtcTime)
    submitted_by: Mapped[str | None] = mapped_column(String(32))
    submitted_at: Mapped[datetime | None] = mapped_column(UtcTime)
    decided_by: Mapped[str | None] = mapped_column(String(32))
    decided_at: Mapped[datetime | None] = mapped_column(UtcTime)
    reason: Mapped[str] = mapped_column(Text)
    edition: Mapped[int | None]
