"""Notices to many enterprises at once: who agreed to get them, what was sent, and to whom."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from api.store.base import Base, UtcTime, new_id


class NoticeConsent(Base):
    """What somebody of an enterprise agreed to be told unasked; without a row nothing was agreed to.

    ``by_channel`` says that it may also go to WeChat or WeCom where the account is bound.
    """

    __tablename__ = "notice_consent"

    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    policy: Mapped[bool] = mapped_column(default=False)
    reminder: Mapped[bool] = mapped_column(default=False)
    by_channel: Mapped[bool] = mapped_column(default=False)
    changed_at: Mapped[datetime] = mapped_column(UtcTime)


class Broadcast(Base):
    """One notice a coordinator sent. The id is given out with the preview: the same preview is sent once.

    ``filters`` and ``left_out`` are JSON; ``key`` names the notices in the inboxes.
    """

    __tablename__ = "broadcast"
    __table_args__ = (
        CheckConstraint("kind IN ('policy', 'reminder')", name="kind"),
        Index(None, "account_id", "sent_at"),
        Index(None, "key"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(Text)
    provision: Mapped[str] = mapped_column(String(120), default="")
    filters: Mapped[str] = mapped_column(Text)
    left_out: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(String(80))
    sent_at: Mapped[datetime] = mapped_column(UtcTime)


class BroadcastRecipient(Base):
    """Somebody who was told, and for which enterprise."""

    __tablename__ = "broadcast_recipient"
    __table_args__ = (Index(None, "uscc"), Index(None, "account_id"))

    broadcast_id: Mapped[str] = mapped_column(ForeignKey("broadcast.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    uscc: Mapped[str] = mapped_column(String(18))
    by_channel: Mapped[bool] = mapped_column(default=False)
