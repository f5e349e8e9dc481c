"""Limits and pass logic of an item, in the form a standard file states them."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from selfassess.grades import Grade
from selfassess.text import Text

Operator = Literal["<=", ">=", "<", ">", "==", "in"]
Limit = bool | int | float | str | tuple[str, ...]


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Comparison(_Frozen):
    """A figure, an operator and a limit. ``unit: "%"`` compares the figure with value ÷ 100."""

    metric: str = Field(pattern=r"^[a-z0-9_]+$")
    op: Operator
    value: Limit
    unit: str = Field(min_length=1)

    @cached_property
    def limit(self) -> Fraction | None:
        """The limit as an exact number on the figure's own scale; None for words, letters and yes/no."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            return None
        exact = Fraction(str(self.value))
        return exact / 100 if self.unit == "%" else exact


class Alternative(Comparison):
    """The “or” of a threshold: it too satisfies the limit, and is ignored when it cannot be computed."""

    applies_to: Text


class Threshold(Comparison):
    """One limit of an item.

    ``condition`` says for whom it counts, ``also`` what must hold as well, ``alternative`` what may hold instead.
    """

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    applies_to: Text
    formula: Text | None = None
    condition: tuple[Comparison, ...] = ()
    also: Comparison | None = None
    alternative: Alternative | None = None


class AllOf(_Frozen):
    """Every clause holds."""

    all: tuple[Clause, ...] = Field(min_length=1)


class AnyOf(_Frozen):
    """At least one clause holds."""

    any: tuple[Clause, ...] = Field(min_length=1)


class Whichever(_Frozen):
    """The one threshold whose condition is fulfilled; the conditions exclude one another."""

    whichever: tuple[str, ...] = Field(min_length=2)


Clause = str | AllOf | AnyOf | Whichever
"""A threshold id, or a combination of clauses."""


class Count(_Frozen):
    """How many clauses must hold for each grade; fewer is not_met."""

    of: tuple[Clause, ...] = Field(min_length=1)
    met: int = Field(ge=1)
    partly_met: int = Field(ge=1)

    @model_validator(mode="after")
    def _met_asks_for_more(self) -> Count:
        if not self.partly_met < self.met <= len(self.of):
            raise ValueError("count: partly_met must be smaller than met, and met not larger than the list")
        return self


class CountOf(_Frozen):
    """The grade follows the number of clauses that hold."""

    count: Count


class Category(_Frozen):
    """Which word leads to which grade. A word in no list leads to none."""

    metric: str
    met: tuple[str, ...]
    partly_met: tuple[str, ...] = ()
    not_met: tuple[str, ...] = ()


class ByCategory(_Frozen):
    """The grade follows a word, such as the kind of audit opinion."""

    category: Category


class Gated(_Frozen):
    """``then`` counts only where the threshold ``gate`` holds; elsewhere the grade is ``otherwise``."""

    gate: str
    otherwise: Grade
    then: Clause


PassLogic = Clause | CountOf | ByCategory | Gated


def threshold_ids(logic: PassLogic) -> tuple[str, ...]:
    """The thresholds a pass logic refers to, in the order they are named."""
    if isinstance(logic, str):
        return (logic,)
    if isinstance(logic, Whichever):
        return logic.whichever
    if isinstance(logic, ByCategory):
        return ()
    if isinstance(logic, Gated):
        return (logic.gate, *threshold_ids(logic.then))
    parts = logic.all if isinstance(logic, AllOf) else logic.any if isinstance(logic, AnyOf) else logic.count.of
    return tuple(name for part in parts for name in threshold_ids(part))
