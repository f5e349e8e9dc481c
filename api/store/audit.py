"""What was done, by whom: rows are added and never changed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from api.store.base import Base, UtcTime


class AuditEntry(Base):
    """One act. ``digest`` covers the row and the digest before it. Persons and enterprises appear as pseudonyms."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index(None, "actor"), Index(None, "subject"))

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcTime)
    actor: Mapped[str] = mapped_column(String(32))  # an account id, `visitor` or `console`
    actor_kind: Mapped[str] = mapped_column(String(20))
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(40))  # an account id, the pseudonym of an enterprise, or empty
    details: Mapped[str] = mapped_column(Text)
    previous: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))
