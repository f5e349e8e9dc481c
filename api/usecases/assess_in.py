"""What comes in about a self-assessment at the JSON doors."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.usecases.assess_answers import LONGEST_NOTE
from api.usecases.assess_plan import LONGEST_OWNER, LONGEST_WHAT, MOST_REMIND, REMIND_DAYS
from api.usecases.assess_submission import LONGEST_WHY
from api.usecases.question import Day
from selfassess.engine import Answer
from selfassess.grades import Grade

LONGEST_ID = 60
ItemNo = Annotated[str, Field(min_length=1, max_length=8)]
Items = Annotated[list[ItemNo], Field(max_length=200)]
EvidenceKind = Literal["procedure", "record", "agreement"]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid")


class StartIn(_In):
    """An assessment to begin."""

    standard: str = Field(max_length=LONGEST_ID, description="for example advanced-2026")
    on: Day | None = Field(default=None, description="the day assessed for, today when absent")
    profile: dict[str, Any] = Field(
        default_factory=dict, description="what the enterprise says of itself, in place of the records"
    )


class ChangeIn(_In):
    """What to change of an assessment; what is absent stays."""

    profile: dict[str, Any] = Field(default_factory=dict)
    on: Day | None = None
    put_away: bool = Field(default=False, description="take it off the list; nothing is deleted")


class AnswerIn(_In):
    """An answer to one item, or the choice between two that were given side by side."""

    grade: Grade = Grade.UNANSWERED
    note: str = Field(default="", max_length=LONGEST_NOTE, description="needed for not_applicable; officers read it")
    held: list[EvidenceKind] = Field(default_factory=list, max_length=3, description="the kinds of evidence at hand")
    seen: str | None = Field(default=None, max_length=200, description="what the last reading said; absent: whatever")
    choose: int | None = Field(default=None, ge=1, description="settle the item with this one of the answers there")

    def answer(self) -> Answer:
        """The answer."""
        return Answer(self.grade, self.note, frozenset(self.held))


class AnswersIn(_In):
    """Answers by item number."""

    answers: dict[ItemNo, AnswerIn] = Field(min_length=1, max_length=200)


class ConfirmIn(_In):
    """Which proposals to take over; all that are certain and open when absent."""

    items: Items | None = None


class FiguresIn(_In):
    """Finance figures as in a file (docs/self-assessment.md)."""

    figures: dict[str, Any] = Field(max_length=200)
    seen: int | None = Field(default=None, ge=0, description="the number of the figures last read")


class WhatIfIn(_In):
    """A supposition."""

    sentence: str = Field(min_length=1, max_length=500, description="如果今年再被罚一次6万")


class CarryIn(_In):
    """Where to take the answers."""

    standard: str = Field(max_length=LONGEST_ID)
    on: Day | None = None


class TaskBody(_In):
    """A task of the plan."""

    item: ItemNo
    what: str = Field(min_length=1, max_length=LONGEST_WHAT)
    owner: str = Field(default="", max_length=LONGEST_OWNER)
    due: Day | None = None
    remind_days: int = Field(default=REMIND_DAYS, ge=0, le=MOST_REMIND)
    done: bool = False


class PlanIn(_In):
    """A task to add, or tasks for the gaps that have none: for all of them, or for these items."""

    task: TaskBody | None = None
    items: Items | None = None


class LinksIn(_In):
    """Which items of which assessment a document proves; exactly these from now on."""

    assessment: str = Field(max_length=32)
    items: Items


class WithdrawIn(_In):
    """Why a version is taken back."""

    why: str = Field(default="", max_length=LONGEST_WHY)


class MessageIn(_In):
    """A message of the conversation; ``step`` is that of the reply it answers."""

    message: str = Field(min_length=1, max_length=2000)
    step: str = Field(default="", max_length=300)
