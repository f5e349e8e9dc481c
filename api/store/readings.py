"""Why a coordinator or an officer read an enterprise's record."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.store.base import Base, UtcTime, new_id


class RecordReading(Base):
    """The reason given once per enterprise and session. The audit log keeps a digest of the note, not the note."""

    __tablename__ = "record_reading"
    __table_args__ = (UniqueConstraint("sign_in_id", "uscc"), Index(None, "uscc"), Index(None, "account_id"))

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    sign_in_id: Mapped[str] = mapped_column(String(32))  # no foreign key: the reason outlives the session
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    uscc: Mapped[str] = mapped_column(String(18))
    reason: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(String(500))
    given_at: Mapped[datetime] = mapped_column(UtcTime)
