"""What was handed in: frozen snapshots with their digest, every version kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.store.base import Base, UtcTime, new_id


class Submission(Base):
    """One version of an assessment as handed in. The database refuses to change snapshot, digest or time.

    ``peers`` is the group it is compared within, ``shares`` the part of each section that is met (JSON).
    """

    __tablename__ = "submission"
    __table_args__ = (
        UniqueConstraint("assessment_id", "version"),
        Index(None, "uscc"),
        Index(None, "account_id"),
        Index(None, "peers"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"))
    uscc: Mapped[str] = mapped_column(String(18))
    version: Mapped[int]
    standard: Mapped[str] = mapped_column(String(60))
    snapshot: Mapped[str] = mapped_column(Text)  # canonical JSON
    sha256: Mapped[str] = mapped_column(String(64))
    peers: Mapped[str] = mapped_column(String(120))
    shares: Mapped[str] = mapped_column(Text)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    submitted_at: Mapped[datetime] = mapped_column(UtcTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcTime)
    withdrawn_by: Mapped[str | None] = mapped_column(String(32))
    withdrawn_why: Mapped[str] = mapped_column(String(500))
