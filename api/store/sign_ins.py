"""Who is signed in, from which device, until when."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.store.base import Base, UtcTime, new_id


class SignIn(Base):
    """A session on the server; the browser holds a random token of which only the hash is kept here."""

    __tablename__ = "sign_in"
    __table_args__ = (UniqueConstraint("token_hash"), Index(None, "account_id"))

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    token_hash: Mapped[str] = mapped_column(String(64))
    second_factor_at: Mapped[datetime | None] = mapped_column(UtcTime)
    uscc: Mapped[str | None] = mapped_column(String(18))  # the enterprise chosen
    device: Mapped[str] = mapped_column(String(200))
    address: Mapped[str] = mapped_column(String(45))
    started_at: Mapped[datetime] = mapped_column(UtcTime)
    seen_at: Mapped[datetime] = mapped_column(UtcTime)
    expires_at: Mapped[datetime] = mapped_column(UtcTime)
