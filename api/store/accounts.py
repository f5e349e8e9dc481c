"""Who may sign in, and for which enterprises."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from api.store.base import Base, UtcTime, new_id


class Account(Base):
    """A person who may sign in. What the person may read follows from ``kind`` and the fields it needs."""

    __tablename__ = "account"
    __table_args__ = (
        UniqueConstraint("sign_in_name"),
        UniqueConstraint("oidc_issuer", "oidc_subject"),
        CheckConstraint("kind IN ('enterprise', 'coordinator', 'officer', 'administrator')", name="kind"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(String(20))
    sign_in_name: Mapped[str] = mapped_column(String(80))
    display_name: Mapped[str] = mapped_column(String(80))
    password_hash: Mapped[str | None] = mapped_column(String(255))
    coordinator: Mapped[str | None] = mapped_column(String(60))  # as in coordinator_assignment of the shared records
    customs: Mapped[str | None] = mapped_column(String(4))  # a district (two characters) or an office (four)
    oidc_issuer: Mapped[str | None] = mapped_column(String(255))
    oidc_subject: Mapped[str | None] = mapped_column(String(255))
    totp_secret: Mapped[str | None] = mapped_column(String(255))  # sealed
    totp_confirmed_at: Mapped[datetime | None] = mapped_column(UtcTime)
    totp_last_step: Mapped[int | None]  # a code is accepted once
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    password_changed_at: Mapped[datetime | None] = mapped_column(UtcTime)
    disabled_at: Mapped[datetime | None] = mapped_column(UtcTime)

    memberships: Mapped[list[Membership]] = relationship(order_by="Membership.uscc", passive_deletes=True)


class Membership(Base):
    """A person acting for an enterprise; the first user of an enterprise may invite others."""

    __tablename__ = "membership"
    __table_args__ = (Index(None, "uscc"),)

    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    uscc: Mapped[str] = mapped_column(String(18), primary_key=True)
    is_first: Mapped[bool] = mapped_column(default=False)
    joined_at: Mapped[datetime] = mapped_column(UtcTime)
