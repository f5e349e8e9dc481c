"""Private addresses under which a calendar program reads somebody's calendar."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.store.base import Base, UtcTime, new_id


class CalendarFeed(Base):
    """One address: only a keyed digest of its token is kept. Taken back, the row is gone."""

    __tablename__ = "calendar_feed"
    __table_args__ = (UniqueConstraint("account_id", "uscc"), UniqueConstraint("digest"), Index(None, "uscc"))

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    uscc: Mapped[str] = mapped_column(String(18))
    digest: Mapped[str] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(8))
    made_at: Mapped[datetime] = mapped_column(UtcTime)
