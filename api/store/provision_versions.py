"""Which wordings of provisions this installation has served: what tells a new or changed one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from api.store.base import Base, UtcTime


class ProvisionVersion(Base):
    """One wording and period of a provision, by its digest. ``at_first`` are those of the first knowledge base seen."""

    __tablename__ = "provision_version"

    provision: Mapped[str] = mapped_column(String(120), primary_key=True)
    digest: Mapped[str] = mapped_column(String(16), primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(UtcTime)
    at_first: Mapped[bool] = mapped_column(default=False)
