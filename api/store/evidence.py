"""Evidence files: their revisions, what they prove, and the text read from them for searching."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.store.base import Base, UtcTime, new_id


class Evidence(Base):
    """A document of an enterprise, whatever revision; it may prove items of several assessments."""

    __tablename__ = "evidence"
    __table_args__ = (Index(None, "uscc"), Index(None, "account_id"))

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    uscc: Mapped[str] = mapped_column(String(18))
    title: Mapped[str] = mapped_column(String(200))
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(UtcTime)


class EvidenceRevision(Base):
    """One uploaded file. ``content`` is the text read from it, empty where ``unread`` says why there is none."""

    __tablename__ = "evidence_revision"
    __table_args__ = (Index(None, "uscc"), Index(None, "account_id"))

    evidence_id: Mapped[str] = mapped_column(ForeignKey("evidence.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    uscc: Mapped[str] = mapped_column(String(18))
    file_name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(8))  # pdf, docx, xlsx, png, jpeg
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    period_from: Mapped[date | None]
    period_to: Mapped[date | None]
    content: Mapped[str] = mapped_column(Text)
    unread: Mapped[str] = mapped_column(String(40))
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(UtcTime)


class EvidenceLink(Base):
    """That a document proves an item of an assessment; ended, not deleted, when it is taken off."""

    __tablename__ = "evidence_link"
    __table_args__ = (
        UniqueConstraint("assessment_id", "item", "evidence_id"),
        Index(None, "evidence_id"),
        Index(None, "uscc"),
        Index(None, "account_id"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"))
    evidence_id: Mapped[str] = mapped_column(ForeignKey("evidence.id", ondelete="CASCADE"))
    uscc: Mapped[str] = mapped_column(String(18))
    item: Mapped[str] = mapped_column(String(8))
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(UtcTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcTime)
