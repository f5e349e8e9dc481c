"""What about an enterprise needs a coordinator, and what comes first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Topic(StrEnum):
    """What a matter is about; also the filters of the desk."""

    CONVERSATION = "conversation"
    PENALTY = "penalty"
    LISTING = "listing"
    LEVEL = "level"
    REVIEW = "review"
    PLAN = "plan"
    RETURN = "return"
    SUBMISSION = "submission"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing to look at. ``rank`` orders: 0 is most urgent; ``count`` is how many of the kind stand behind it."""

    topic: Topic
    rank: int
    day: date | None = None
    moment: datetime | None = None
    count: int = 1
    late: bool = False
    about: str = ""  # the conversation, a level, the cause of a penalty


@dataclass(frozen=True, slots=True)
class Attention:
    """An enterprise looked after, with what needs attention, the most urgent first."""

    uscc: str
    name: str
    level: str | None
    matters: tuple[Matter, ...]

    @property
    def urgency(self) -> tuple[int, int, int, str]:
        """What the desk is ordered by: rank, then day, then how much there is, then the name."""
        if not self.matters:
            return (99, 0, 0, self.name)
        first = self.matters[0]
        day = first.moment.date() if first.moment else first.day
        return (first.rank, day.toordinal() if day else 0, -len(self.matters), self.name)

    def has(self, topic: str) -> bool:
        """Whether something of a topic is among the matters."""
        return any(matter.topic == topic for matter in self.matters)


def in_order(matters: Sequence[Matter]) -> tuple[Matter, ...]:
    """Return matters with the most urgent first."""
    return tuple(sorted(matters, key=lambda one: (one.rank, one.day or date.max, one.topic)))


# How near a day has to be.
REVIEW_NEAR, REVIEW_SOON, REVIEW_AHEAD = 30, 90, 180
TASK_NEAR = 14


def rank_of_review(days: int) -> int:
    """Return how urgent a review in so many days is; one that is past has negative days."""
    if days <= REVIEW_NEAR:
        return 2
    return 4 if days <= REVIEW_SOON else 6


def rank_of_plan(due: date | None, today: date) -> int:
    """Return how urgent a plan is whose next open task is due on a day."""
    if due is None:
        return 7
    days = (due - today).days
    if days < 0:
        return 3
    return 4 if days <= TASK_NEAR else 7
