"""Which person of a channel is which account of ours."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.store.base import Base, UtcTime, new_id


class ChannelBinding(Base):
    """A person of a channel account, bound to one account here; ``uscc`` is the enterprise chosen there."""

    __tablename__ = "channel_binding"
    __table_args__ = (
        UniqueConstraint("channel", "account", "peer"),
        UniqueConstraint("channel", "account", "account_id"),
        Index(None, "account_id"),
        Index(None, "uscc"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    channel: Mapped[str] = mapped_column(String(20))
    account: Mapped[str] = mapped_column(String(40))
    peer: Mapped[str] = mapped_column(String(128))
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    uscc: Mapped[str | None] = mapped_column(String(18))
    bound_at: Mapped[datetime] = mapped_column(UtcTime)
    unreachable_at: Mapped[datetime | None] = mapped_column(UtcTime)  # the person does not follow the account any more


class ChannelBindingCode(Base):
    """A way in that works once: a code to be typed in the channel, or a sign-in page of the platform opened by us."""

    __tablename__ = "channel_binding_code"
    __table_args__ = (
        UniqueConstraint("code_hash"),
        CheckConstraint("purpose IN ('code', 'page', 'confirmation')", name="purpose"),
        Index(None, "account_id"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    purpose: Mapped[str] = mapped_column(String(20))
    code_hash: Mapped[str] = mapped_column(String(64))
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    sign_in_id: Mapped[str] = mapped_column(String(32), default="")
    channel: Mapped[str] = mapped_column(String(20), default="")
    account: Mapped[str] = mapped_column(String(40), default="")
    peer: Mapped[str] = mapped_column(String(128), default="")  # known once the platform said who it is
    issued_at: Mapped[datetime] = mapped_column(UtcTime)
    expires_at: Mapped[datetime] = mapped_column(UtcTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcTime)
