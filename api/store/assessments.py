"""Self-assessments: what was answered, by whom and when. Answers and figures are added, never changed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from api.store.base import Base, UtcTime, new_id


class Assessment(Base):
    """An enterprise against a standard for a day. ``profile`` is what the enterprise said about itself (JSON)."""

    __tablename__ = "assessment"
    __table_args__ = (Index(None, "uscc"), Index(None, "account_id"))

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    uscc: Mapped[str] = mapped_column(String(18))
    standard: Mapped[str] = mapped_column(String(60))
    day: Mapped[date]
    profile: Mapped[str] = mapped_column(Text)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))  # who began it
    started_at: Mapped[datetime] = mapped_column(UtcTime)
    changed_at: Mapped[datetime] = mapped_column(UtcTime)
    put_away_at: Mapped[datetime | None] = mapped_column(UtcTime)
    carried_from: Mapped[str | None] = mapped_column(String(32))  # the assessment whose answers were taken over


class AssessmentAnswer(Base):
    """One answer to one item. ``replaces`` are the numbers it takes the place of.

    Two answers that replace the same one were given side by side: both stay until somebody chooses.
    """

    __tablename__ = "assessment_answer"
    __table_args__ = (Index(None, "uscc"), Index(None, "account_id"))

    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    uscc: Mapped[str] = mapped_column(String(18))
    item: Mapped[str] = mapped_column(String(8))
    grade: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text)
    held: Mapped[str] = mapped_column(String(60))  # kinds of evidence at hand, separated by commas
    source: Mapped[str] = mapped_column(String(12))  # self, record or calculated
    replaces: Mapped[str] = mapped_column(String(200))
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(UtcTime)


class AssessmentFigures(Base):
    """The finance figures as typed in or read from a statement (JSON); the highest number counts."""

    __tablename__ = "assessment_figures"
    __table_args__ = (Index(None, "uscc"), Index(None, "account_id"))

    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    uscc: Mapped[str] = mapped_column(String(18))
    content: Mapped[str] = mapped_column(Text)
    origin: Mapped[str] = mapped_column(String(200))
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(UtcTime)


class AssessmentWalk(Base):
    """Where a person stands in the walk through an assessment (JSON); the answers are not in here."""

    __tablename__ = "assessment_walk"
    __table_args__ = (Index(None, "uscc"), Index(None, "account_id"))

    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    uscc: Mapped[str] = mapped_column(String(18))
    position: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime] = mapped_column(UtcTime)


class AssessmentTask(Base):
    """A task of the cultivation plan; several may belong to one item."""

    __tablename__ = "assessment_task"
    __table_args__ = (Index(None, "assessment_id"), Index(None, "uscc"), Index(None, "account_id"))

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"))
    uscc: Mapped[str] = mapped_column(String(18))
    item: Mapped[str] = mapped_column(String(8))
    what: Mapped[str] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(String(80))
    due: Mapped[date | None]
    remind_days: Mapped[int]
    done_at: Mapped[datetime | None] = mapped_column(UtcTime)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))  # who changed it last
    changed_at: Mapped[datetime] = mapped_column(UtcTime)
