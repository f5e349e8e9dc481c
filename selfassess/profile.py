"""What must be known about an enterprise before it can be assessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

from selfassess.errors import AnswersUnreadable
from selfassess.item import EnterpriseType
from selfassess.window import add_months

Stage = Literal["applicant", "under_review"]

_FIELDS = {"enterprise_type", "production", "businesses", "stage", "established_on", "review_cycle_start"}


@dataclass(frozen=True)
class Profile:
    """The enterprise type and the facts that choose items and limits. None means not said.

    ``production`` is 生产型 (True) or 非生产型 (False). ``businesses`` are the section ids of a single-business
    standard. ``review_cycle_start`` is the first day of the running review cycle of a certified enterprise.
    """

    enterprise_type: EnterpriseType = "trader"
    production: bool | None = None
    businesses: frozenset[str] | None = None
    stage: Stage = "applicant"
    established_on: date | None = None
    review_cycle_start: date | None = None

    def is_younger_than_a_year(self, on: date) -> bool | None:
        """Whether the enterprise was established less than 12 months before ``on``; None if not said."""
        return None if self.established_on is None else add_months(self.established_on, 12) > on


def read_profile(content: Mapping[str, Any]) -> Profile:
    """A profile from a file: the same field names, days as YYYY-MM-DD, businesses as a list."""
    if unknown := set(content) - _FIELDS:
        raise AnswersUnreadable(f"profile: unknown field {', '.join(sorted(map(str, unknown)))}")
    businesses = content.get("businesses")
    if businesses is not None and not isinstance(businesses, list | tuple | set | frozenset):
        raise AnswersUnreadable("profile: businesses must be a list")
    production = content.get("production")
    if production not in (None, True, False):
        raise AnswersUnreadable("profile: production must be true, false or absent")
    return Profile(
        enterprise_type=_one_of("enterprise_type", content.get("enterprise_type", "trader"), EnterpriseType),
        production=production,
        businesses=None if businesses is None else frozenset(map(str, businesses)),
        stage=_one_of("stage", content.get("stage", "applicant"), Stage),
        established_on=_day("established_on", content.get("established_on")),
        review_cycle_start=_day("review_cycle_start", content.get("review_cycle_start")),
    )


def _one_of(name: str, value: Any, choices: Any) -> Any:
    if value not in get_args(choices):
        raise AnswersUnreadable(f"profile: {name} must be one of {', '.join(get_args(choices))}, not {value!r}")
    return value


def _day(name: str, value: Any) -> date | None:
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise AnswersUnreadable(f"profile: {name} must be a day like 2020-05-31, not {value!r}") from error
