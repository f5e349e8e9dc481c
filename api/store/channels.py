"""Messages from and to channels, what may still be sent, and what workers share: tokens and leases.

Contents are sealed with the installation's key: they are here to be delivered, not to be read.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.store.base import Base, UtcTime, new_id


class ChannelMessage(Base):
    """A message that came in, once, however often it was delivered.

    Who holds the lease computes the answer. ``acknowledged_at`` says that the platform was told to wait for no
    answer; ``delivery`` is set once, by whoever delivers.
    """

    __tablename__ = "channel_message"
    __table_args__ = (
        UniqueConstraint("channel", "account", "dedupe_key"),
        Index(None, "delivery", "answered_at", "received_at"),
        Index(None, "received_at"),
        Index(None, "account_id"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    channel: Mapped[str] = mapped_column(String(20))
    account: Mapped[str] = mapped_column(String(40))
    dedupe_key: Mapped[str] = mapped_column(String(130))
    peer: Mapped[str] = mapped_column(String(128))
    account_id: Mapped[str | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    content: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime] = mapped_column(UtcTime)
    lease_owner: Mapped[str | None] = mapped_column(String(40))
    lease_until: Mapped[datetime | None] = mapped_column(UtcTime)
    attempts: Mapped[int] = mapped_column(default=0)
    acknowledged_at: Mapped[datetime | None] = mapped_column(UtcTime)
    reply: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime | None] = mapped_column(UtcTime)
    delivery: Mapped[str | None] = mapped_column(String(10))
    delivered_at: Mapped[datetime | None] = mapped_column(UtcTime)


class ChannelSending(Base):
    """Something to be sent, once: `waiting`, then `sent`, `failed` or `unknown`."""

    __tablename__ = "channel_sending"
    __table_args__ = (UniqueConstraint("idempotency_key"), Index(None, "state", "due_at"), Index(None, "account_id"))

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    idempotency_key: Mapped[str] = mapped_column(String(80))
    channel: Mapped[str] = mapped_column(String(20))
    account: Mapped[str] = mapped_column(String(40))
    peer: Mapped[str] = mapped_column(String(128))
    account_id: Mapped[str | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    content: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    due_at: Mapped[datetime] = mapped_column(UtcTime)
    expires_at: Mapped[datetime] = mapped_column(UtcTime)
    lease_owner: Mapped[str | None] = mapped_column(String(40))
    lease_until: Mapped[datetime | None] = mapped_column(UtcTime)
    attempts: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    code: Mapped[str] = mapped_column(String(40), default="")
    platform_id: Mapped[str] = mapped_column(String(64), default="")
    sent_at: Mapped[datetime | None] = mapped_column(UtcTime)


class ChannelAllowance(Base):
    """How much may still be sent to a person, for one reason, until a moment."""

    __tablename__ = "channel_allowance"
    __table_args__ = (Index(None, "until"),)

    channel: Mapped[str] = mapped_column(String(20), primary_key=True)
    account: Mapped[str] = mapped_column(String(40), primary_key=True)
    peer: Mapped[str] = mapped_column(String(128), primary_key=True)
    reason: Mapped[str] = mapped_column(String(20), primary_key=True)
    until: Mapped[datetime] = mapped_column(UtcTime)
    allowed: Mapped[int]
    used: Mapped[int]


class ChannelToken(Base):
    """An access token of a platform, shared by all workers; who holds the lease fetches a new one."""

    __tablename__ = "channel_token"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[str | None] = mapped_column(Text)
    expires_at: Mapped[datetime | None] = mapped_column(UtcTime)
    lease_owner: Mapped[str | None] = mapped_column(String(40))
    lease_until: Mapped[datetime | None] = mapped_column(UtcTime)
    broken_until: Mapped[datetime | None] = mapped_column(UtcTime)
    code: Mapped[str] = mapped_column(String(40), default="")


class ChannelLease(Base):
    """Work that one process does at a time, and where it stands."""

    __tablename__ = "channel_lease"

    name: Mapped[str] = mapped_column(String(160), primary_key=True)
    owner: Mapped[str | None] = mapped_column(String(40))
    until: Mapped[datetime | None] = mapped_column(UtcTime)
    position: Mapped[str] = mapped_column(Text, default="")
    wanted_at: Mapped[datetime | None] = mapped_column(UtcTime)
