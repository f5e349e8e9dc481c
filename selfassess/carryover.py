"""Take answers over to another level or a newer standard. Nothing is deleted.

Advanced and certified items are matched by their stated counterpart; 2026 items descend from 2022 items by
their stated predecessors, whose content is only partly kept, so those answers always want a re-check.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from selfassess.engine import Answer, Answers, normalise
from selfassess.grades import Grade
from selfassess.item import Item
from selfassess.standard import Standard
from selfassess.text import Text, text
from selfassess.thresholds import Alternative, Threshold
from selfassess.wording import show_limit

Status = Literal["kept", "recheck", "new"]


@dataclass(frozen=True)
class Difference:
    """One thing that differs between two items, before and after."""

    what: Text
    before: Text
    after: Text


@dataclass(frozen=True)
class Earlier:
    """An answer given to an item of the earlier standard."""

    no: str
    title: Text
    answer: Answer


@dataclass(frozen=True)
class Carried:
    """One item of the new standard: the answer kept, or the earlier answers to re-check with the differences."""

    no: str
    status: Status
    answer: Answer
    earlier: tuple[Earlier, ...] = ()
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True)
class CarryOver:
    """Every item of the new standard, and the earlier answers no item of it asks for any more."""

    source: str
    target: str
    items: tuple[Carried, ...]
    retired: tuple[Earlier, ...]

    @property
    def answers(self) -> dict[str, Answer]:
        """The answers that stay valid as they are; everything else starts unanswered."""
        return {carried.no: carried.answer for carried in self.items if carried.status == "kept"}


def carry_over(answers: Answers, source: Standard, target: Standard) -> CarryOver:
    """Carry the answers to ``source`` over to ``target``."""
    given = normalise(source, answers)
    items = tuple(_carry(item, _origins(item, source, target), given, source, target) for item in target.items.values())
    used = {earlier.no for carried in items for earlier in carried.earlier}
    retired = tuple(
        Earlier(no, source.items[no].title, answer)
        for no, answer in given.items()
        if answer.grade.answered and no not in used
    )
    return CarryOver(source.id, target.id, items, retired)


def _origins(item: Item, source: Standard, target: Standard) -> tuple[Item, ...]:
    """The items of the earlier standard this one corresponds to."""
    if source.id == target.id:
        return (source.items[item.no],)
    if item.counterpart is not None and item.counterpart.standard == source.id:
        return (source.items[item.counterpart.no],)
    if source.document != target.document and source.kind == "general" == target.kind:
        return tuple(source.items[no] for no in item.predecessors if no in source.items)
    return ()


def _carry(
    item: Item, origins: tuple[Item, ...], given: dict[str, Answer], source: Standard, target: Standard
) -> Carried:
    earlier = tuple(
        Earlier(origin.no, origin.title, given[origin.no]) for origin in origins if given[origin.no].grade.answered
    )
    if not earlier:
        return Carried(item.no, "new", Answer(Grade.UNANSWERED))
    if _is_unchanged(item, origins[0], source, target):
        return Carried(item.no, "kept", earlier[0].answer, earlier)
    found = tuple(difference for origin in origins for difference in differences(origin, item))
    return Carried(item.no, "recheck", Answer(Grade.UNANSWERED), earlier, found)


def _is_unchanged(item: Item, origin: Item, source: Standard, target: Standard) -> bool:
    if source.id == target.id:
        return differences(origin, item) == ()
    counterpart = item.counterpart
    if counterpart is None or counterpart.standard != source.id or not counterpart.identical:
        return False
    # Stated as identical, yet a limit or the wording for certified enterprises may differ: then re-check.
    return differences(origin, item) == ()


def differences(before: Item, after: Item) -> tuple[Difference, ...]:
    """What differs between two items: requirement, limits, window, grades and what is deemed met."""
    return tuple(_differences(before, after))


def _differences(before: Item, after: Item) -> Iterator[Difference]:
    if before.requirement != after.requirement:
        yield Difference(text("要求", "requirement"), before.requirement, after.requirement)
    if _limits(before) != _limits(after):
        yield Difference(text("限额", "limits"), _join(_limits(before)), _join(_limits(after)))
    if _months(before) != _months(after):
        yield Difference(text("回溯期间", "look-back"), _months(before), _months(after))
    if before.grades.allowed != after.grades.allowed:
        yield Difference(text("可选档次", "grades"), _grades(before), _grades(after))
    deemed = [_join(tuple(entry.text for entry in item.deemed_met)) for item in (before, after)]
    if deemed[0] != deemed[1]:
        yield Difference(text("视为达标的情形", "deemed met"), deemed[0], deemed[1])


def _limits(item: Item) -> tuple[Text, ...]:
    listed: list[Text] = []
    for threshold in item.thresholds:
        parts: list[Threshold | Alternative] = [threshold]
        if threshold.alternative is not None:
            parts.append(threshold.alternative)
        for part in parts:
            limit, whom = show_limit(part), part.applies_to
            listed.append(text(f"{whom.zh} {limit.zh}", f"{whom.en} {limit.en}"))
    return tuple(listed)


def _months(item: Item) -> Text:
    if item.lookback is None or item.lookback.months is None:
        return text("无", "none")
    years = item.lookback.months // 12
    return text(f"{years}年", f"{years} years" if years > 1 else "1 year")


_GRADE_WORDS = {
    Grade.MET: text("达标", "met"),
    Grade.PARTLY_MET: text("基本达标", "partly met"),
    Grade.NOT_MET: text("不达标", "not met"),
    Grade.NOT_APPLICABLE: text("不适用", "not applicable"),
    Grade.UNANSWERED: text("未答", "unanswered"),
}


def _grades(item: Item) -> Text:
    words = [_GRADE_WORDS[grade] for grade in item.grades.allowed]
    return text("、".join(word.zh for word in words), ", ".join(word.en for word in words))


def _join(texts: tuple[Text, ...]) -> Text:
    if not texts:
        return text("无", "none")
    return text("；".join(entry.zh for entry in texts), "; ".join(entry.en for entry in texts))
