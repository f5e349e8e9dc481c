"""How often something was tried lately, for every worker alike."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from api.store.base import Base, UtcTime


class RateCounter(Base):
    """A counter of one window. The key is a digest: neither names nor addresses are kept."""

    __tablename__ = "rate_counter"
    __table_args__ = (Index(None, "expires_at"),)

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    count: Mapped[int]
    expires_at: Mapped[datetime] = mapped_column(UtcTime)
