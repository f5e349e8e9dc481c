"""What was said to whom, on the web and in every channel: one conversation per person and enterprise."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.store.base import Base, UtcTime, new_id


class Conversation(Base):
    """A person's conversation, going on across channels. ``key`` names the person and the enterprise, or a visitor.

    ``attended_by`` says who answers: the assistant; nobody yet, because a person was asked for; or a person.
    """

    __tablename__ = "conversation"
    __table_args__ = (
        UniqueConstraint("key"),
        Index(None, "account_id"),
        Index(None, "uscc"),
        Index(None, "attended_by", "promised_at"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    key: Mapped[str] = mapped_column(String(100))
    account_id: Mapped[str | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    uscc: Mapped[str | None] = mapped_column(String(18))
    opened_at: Mapped[datetime] = mapped_column(UtcTime)
    last_at: Mapped[datetime] = mapped_column(UtcTime)
    last_channel: Mapped[str] = mapped_column(String(20))
    last_account: Mapped[str] = mapped_column(String(40), default="")
    last_peer: Mapped[str] = mapped_column(String(128), default="")
    attended_by: Mapped[str] = mapped_column(String(10), default="assistant")
    waiting_since: Mapped[datetime | None] = mapped_column(UtcTime)
    promised_at: Mapped[datetime | None] = mapped_column(UtcTime)
    escalated_at: Mapped[datetime | None] = mapped_column(UtcTime)
    attendant: Mapped[str | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))


class Utterance(Base):
    """One thing said. ``choices`` are those offered with it, so that a number can be an answer.

    ``cited`` are the sources shown beside it (JSON): what a person who takes over sees without asking again.
    """

    __tablename__ = "utterance"
    __table_args__ = (
        UniqueConstraint("conversation_id", "number"),
        CheckConstraint("said_by IN ('person', 'assistant', 'staff')", name="said_by"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"))
    number: Mapped[int]
    said_by: Mapped[str] = mapped_column(String(10))
    speaker: Mapped[str | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    channel: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    choices: Mapped[str] = mapped_column(Text, default="[]")
    cited: Mapped[str | None] = mapped_column(Text)
    on: Mapped[date | None]
    said_at: Mapped[datetime] = mapped_column(UtcTime)
