"""What must be known about an enterprise before it can be assessed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal

from selfassess.item import EnterpriseType
from selfassess.window import add_months

Stage = Literal["applicant", "under_review"]


@dataclass(frozen=True)
class Profile:
    """The enterprise type and the facts that choose items and limits. None means not said.

    ``production`` is 生产型 (True) or 非生产型 (False). ``businesses`` are the section ids of a single-business
    standard. ``review_cycle_start`` is the first day of the running review cycle of a certified enterprise.
    ``also_broker`` is a consignee or consignor that also declares for others. ``type_known`` is False where nothing
    at all was said: then the enterprise is taken as ``enterprise_type``, and no item is ruled out by its type.
    """

    enterprise_type: EnterpriseType = "trader"
    production: bool | None = None
    businesses: frozenset[str] | None = None
    stage: Stage = "applicant"
    established_on: date | None = None
    review_cycle_start: date | None = None
    age_years: float | None = None
    also_broker: bool = False
    type_known: bool = True

    @property
    def types(self) -> frozenset[EnterpriseType]:
        """Every type the enterprise is registered as."""
        return frozenset({self.enterprise_type, "customs_broker"} if self.also_broker else {self.enterprise_type})

    def may_concern(self, types: Collection[EnterpriseType]) -> bool:
        """Whether something addressed to these types may concern the enterprise."""
        return not self.type_known or bool(self.types & set(types))

    def is_younger_than_a_year(self, on: date) -> bool | None:
        """Whether the enterprise was established less than 12 months before ``on``; None if not said."""
        if self.established_on is not None:
            return add_months(self.established_on, 12) > on
        return None if self.age_years is None else self.age_years < 1
