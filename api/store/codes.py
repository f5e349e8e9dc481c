"""Codes that work once: binding an enterprise, inviting a colleague, setting up an account."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.store.base import Base, UtcTime, new_id


class OneTimeCode(Base):
    """A code by its hash. ``uscc`` for binding and invitation, ``account_id`` for a set-up."""

    __tablename__ = "one_time_code"
    __table_args__ = (
        UniqueConstraint("code_hash"),
        CheckConstraint("purpose IN ('binding', 'invitation', 'set_up')", name="purpose"),
        Index(None, "uscc"),
        Index(None, "account_id"),
        Index(None, "issued_by"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    purpose: Mapped[str] = mapped_column(String(20))
    code_hash: Mapped[str] = mapped_column(String(64))
    uscc: Mapped[str | None] = mapped_column(String(18))
    account_id: Mapped[str | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    issued_by: Mapped[str | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    issued_at: Mapped[datetime] = mapped_column(UtcTime)
    expires_at: Mapped[datetime] = mapped_column(UtcTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcTime)
