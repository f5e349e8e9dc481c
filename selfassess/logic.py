"""Apply an item's thresholds and pass logic to figures.

Answers are three-valued: a figure that is not known never counts for or against anybody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from operator import eq, ge, gt, le, lt

from selfassess.grades import Grade
from selfassess.item import Item
from selfassess.thresholds import (
    AllOf,
    ByCategory,
    Category,
    Clause,
    Comparison,
    Count,
    CountOf,
    Gated,
    Threshold,
    Whichever,
)


class NotComputable(Enum):
    """A figure that cannot exist, such as a share of a total nobody can state. Not the same as unknown."""

    VALUE = "not_computable"


NOT_COMPUTABLE = NotComputable.VALUE
Figure = Fraction | int | bool | str | NotComputable
Figures = Mapping[str, Figure]
"""Figures by metric. A metric that is absent is not known."""


class Holds(Enum):
    """Whether a clause holds for some figures."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    NOT_CONCERNED = "not_concerned"


@dataclass(frozen=True)
class ThresholdCheck:
    """One threshold, the figure found, and whether it is kept."""

    threshold: Threshold
    figure: Figure | None
    holds: Holds


@dataclass(frozen=True)
class Judgement:
    """The grade the figures lead to; None while more than one of ``possible`` remains."""

    possible: tuple[Grade, ...]
    checks: tuple[ThresholdCheck, ...]

    @property
    def grade(self) -> Grade | None:
        """The one possible grade, or None."""
        return self.possible[0] if len(self.possible) == 1 else None


def judge(item: Item, figures: Figures) -> Judgement:
    """Return what the item's thresholds and pass logic say about these figures."""
    checks = tuple(
        ThresholdCheck(threshold, figures.get(threshold.metric), check(threshold, figures))
        for threshold in item.thresholds
    )
    deemed = (entry.condition for entry in item.deemed_met if entry.condition is not None)
    if any(holds(condition, figures) is Holds.YES for condition in deemed):
        return Judgement((Grade.MET,), checks)
    return Judgement(_possible_grades(item, figures), checks)


def check(threshold: Threshold, figures: Figures) -> Holds:
    """Whether one threshold is kept: its condition, its limit, its “also” and its “or”."""
    concerned = _all(holds(condition, figures) for condition in threshold.condition)
    if concerned is Holds.NO:
        return Holds.NOT_CONCERNED
    return Holds.UNKNOWN if concerned is Holds.UNKNOWN else _kept(threshold, figures)


def _kept(threshold: Threshold, figures: Figures) -> Holds:
    """The state of the limit with its “also” and “or”, whoever is concerned."""
    kept = holds(threshold, figures)
    if threshold.also is not None:
        kept = _all((kept, holds(threshold.also, figures)))
    if threshold.alternative is not None:
        kept = _any((kept, holds(threshold.alternative, figures)))
    return kept


def _possible_grades(item: Item, figures: Figures) -> tuple[Grade, ...]:
    logic = item.pass_logic
    if logic is None:
        return item.grades.allowed
    if isinstance(logic, ByCategory):
        return _by_category(item, logic.category, figures)
    if isinstance(logic, CountOf):
        return _by_count(item, logic.count, figures)
    if isinstance(logic, Gated):
        gate = check(item.threshold(logic.gate), figures)
        then = _yes_or_no(_clause(item, logic.then, figures))
        return {Holds.YES: then, Holds.NO: (logic.otherwise,)}.get(gate, (*then, logic.otherwise))
    return _yes_or_no(_clause(item, logic, figures))


def _yes_or_no(holds: Holds) -> tuple[Grade, ...]:
    certain = {Holds.YES: (Grade.MET,), Holds.NO: (Grade.NOT_MET,)}
    return certain.get(holds, (Grade.MET, Grade.NOT_MET))


def _by_category(item: Item, category: Category, figures: Figures) -> tuple[Grade, ...]:
    word = figures.get(category.metric)
    lists = {Grade.MET: category.met, Grade.PARTLY_MET: category.partly_met, Grade.NOT_MET: category.not_met}
    for grade, words in lists.items():
        if word in words:
            return (grade,)
    return item.grades.allowed


def _by_count(item: Item, count: Count, figures: Figures) -> tuple[Grade, ...]:
    states = [_clause(item, clause, figures) for clause in count.of]
    least = states.count(Holds.YES)
    most = least + states.count(Holds.UNKNOWN)
    grades = []
    for reached in range(least, most + 1):
        grade = Grade.MET if reached >= count.met else Grade.PARTLY_MET
        grades.append(grade if reached >= count.partly_met else Grade.NOT_MET)
    return tuple(dict.fromkeys(grades))


def _clause(item: Item, clause: Clause, figures: Figures) -> Holds:
    if isinstance(clause, str):
        return check(item.threshold(clause), figures)
    if isinstance(clause, Whichever):
        return _whichever([item.threshold(name) for name in clause.whichever], figures)
    if isinstance(clause, AllOf):
        return _all(_clause(item, part, figures) for part in clause.all)
    return _any(_clause(item, part, figures) for part in clause.any)


def _whichever(thresholds: list[Threshold], figures: Figures) -> Holds:
    """The state of the threshold concerned; if that is unclear, what all candidates agree on."""
    candidates = {_limit_only(threshold, figures) for threshold in thresholds}
    candidates.discard(Holds.NOT_CONCERNED)
    return candidates.pop() if len(candidates) == 1 else Holds.UNKNOWN


def _limit_only(threshold: Threshold, figures: Figures) -> Holds:
    if check(threshold, figures) is Holds.NOT_CONCERNED:
        return Holds.NOT_CONCERNED
    return _kept(threshold, figures)


def _all(states: Iterable[Holds]) -> Holds:
    concerned = [state for state in states if state is not Holds.NOT_CONCERNED]
    if Holds.NO in concerned:
        return Holds.NO
    return Holds.UNKNOWN if Holds.UNKNOWN in concerned else Holds.YES


def _any(states: Iterable[Holds]) -> Holds:
    concerned = [state for state in states if state is not Holds.NOT_CONCERNED]
    if Holds.YES in concerned:
        return Holds.YES
    return Holds.UNKNOWN if Holds.UNKNOWN in concerned else Holds.NO


_OPERATORS: dict[str, Callable[[Fraction | int, Fraction], bool]] = {"<=": le, ">=": ge, "<": lt, ">": gt, "==": eq}


def holds(comparison: Comparison, figures: Figures) -> Holds:
    """Whether one comparison holds for the figures."""
    figure = figures.get(comparison.metric)
    if figure is None:
        return Holds.UNKNOWN
    if isinstance(figure, NotComputable):
        return Holds.NO
    if comparison.unit == "grade":
        return _compare_letters(str(figure), str(comparison.value))
    if comparison.op == "in" and isinstance(comparison.value, tuple):
        return _truth(figure in comparison.value)
    limit = comparison.limit
    if limit is None:
        return _truth(figure == comparison.value)
    if isinstance(figure, str):
        return Holds.UNKNOWN
    return _truth(_OPERATORS[comparison.op](figure, limit))


def _compare_letters(letter: str, limit: str) -> Holds:
    """Whether a letter grade is at least ``limit``. A grade with a minus next to the limit is left open."""
    grade = letter.strip().upper()
    if not grade or not ("A" <= grade[0] <= "Z") or grade == f"{limit}-":
        return Holds.UNKNOWN
    return _truth(grade[0] <= limit)


def _truth(value: bool) -> Holds:
    return Holds.YES if value else Holds.NO
