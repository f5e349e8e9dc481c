"""The result of an assessment: the verdict, its reasons, and what stands in the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from selfassess.grades import Grade
from selfassess.standard import PassRule, Standard
from selfassess.text import Text


@dataclass(frozen=True)
class PartlyMetCount:
    """How many items of a scope are partly met, against the limit."""

    scope: str
    items: tuple[str, ...]
    limit: int

    @property
    def over(self) -> int:
        """How many too many."""
        return max(0, len(self.items) - self.limit)


@dataclass(frozen=True)
class Outcome:
    """The result of an assessment under the standard's pass rule.

    ``passed`` is None while the unanswered items can still decide it. ``total`` is withheld until every
    item is answered and nothing is not_met. ``awaited`` are the unanswered items the verdict depends on: not the
    bonus items, unless the total decides. ``concerned`` is False where no item applies at all.
    """

    standard: Standard = field(repr=False)
    grades: Mapping[str, Grade]
    passed: bool | None
    reasons: tuple[Text, ...]
    partly_met: tuple[PartlyMetCount, ...]
    forbidden: tuple[str, ...]
    unanswered: tuple[str, ...]
    awaited: tuple[str, ...]
    not_applicable: Mapping[str, str]
    total: int | None
    bonus_points: int
    concerned: bool

    @property
    def decided(self) -> bool:
        """Whether the verdict is certain, whatever the unanswered items turn out to be."""
        return self.passed is not None

    @property
    def complete(self) -> bool:
        """Whether every item, bonus included, is answered."""
        return not self.unanswered

    @property
    def pass_rule(self) -> PassRule:
        """The rule this outcome was judged by, with its source and whether it is confirmed."""
        return self.standard.pass_rule

    @property
    def counts(self) -> dict[Grade, int]:
        """How many items have each grade."""
        given = list(self.grades.values())
        return {grade: given.count(grade) for grade in Grade}

    @property
    def blocking(self) -> tuple[str, ...]:
        """The items that stand in the way of a pass, in the order of the standard."""
        over = {no for scope in self.partly_met if scope.over for no in scope.items}
        hindering = {*self.forbidden, *over, *self.awaited}
        return tuple(no for no in self.standard.items if no in hindering)
