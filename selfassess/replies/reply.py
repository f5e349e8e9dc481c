"""What a reply states, as a value, and between which grades an item leaves open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from selfassess.engine import EvidenceKind
from selfassess.grades import Grade
from selfassess.item import Item

Code = Literal["grade", "confirm", "unclear", "unsure", "reason_missing", "question"]


@dataclass(frozen=True)
class Reply:
    """What a reply states.

    ``code`` is grade (``grade`` is stated), confirm (``grade`` is likely: ask whether it is meant), reason_missing
    (not applicable without a why), unsure (the person does not know), question (something else is asked) or
    unclear. ``options`` are the grades to ask back between. ``held`` and ``lacking`` are kinds of evidence named.
    """

    code: Code
    grade: Grade | None = None
    options: tuple[Grade, ...] = ()
    held: frozenset[EvidenceKind] = frozenset()
    lacking: frozenset[EvidenceKind] = frozenset()
    reason: str = ""


def asks_for_absence(item: Item) -> bool:
    """Whether the item asks that something did not happen, so that 没有 is the good answer."""
    limits = item.thresholds
    return bool(limits) and all(
        limit.op == "==" and limit.value in (0, False) and limit.unit != "%" for limit in limits
    )


def ends_of(item: Item) -> tuple[Grade, ...]:
    """Met and not met, as far as the item has them."""
    return tuple(grade for grade in (Grade.MET, Grade.NOT_MET) if grade in item.grades.allowed)


def upper_of(item: Item) -> tuple[Grade, ...]:
    """Met and partly met, as far as the item has them."""
    return tuple(grade for grade in (Grade.MET, Grade.PARTLY_MET) if grade in item.grades.allowed)


def lower_of(item: Item) -> tuple[Grade, ...]:
    """Partly met and not met, as far as the item has them."""
    return tuple(grade for grade in (Grade.PARTLY_MET, Grade.NOT_MET) if grade in item.grades.allowed)
