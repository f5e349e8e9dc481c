"""Grade answers against a standard.

Pure functions over frozen data: no database, no clock, no network.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from selfassess.errors import GradeNotAllowed, ReasonMissing, UnknownItem
from selfassess.grades import Grade
from selfassess.item import Item
from selfassess.outcome import Outcome, PartlyMetCount
from selfassess.standard import PassRule, Standard
from selfassess.text import Text, text

EvidenceKind = str
"""``procedure``, ``record`` or ``agreement``: the three things that together prove an item."""


@dataclass(frozen=True)
class Answer:
    """What somebody says about one item. ``note`` is required, and shown to officers, for not_applicable."""

    grade: Grade
    note: str = ""
    held: frozenset[EvidenceKind] = frozenset()


_LONGEST_NUMBER = 20

Answers = Mapping[str, Answer | Grade]


def evaluate(standard: Standard, answers: Answers, exempt: Mapping[str, Text] | None = None) -> Outcome:
    """Return the outcome the standard's own pass rule gives for these answers.

    An unanswered item blocks a pass: silence is never 达标. ``exempt`` names the items the profile rules
    out, each with its reason (see `applicability.py`); they count as not applicable.
    """
    given = normalise(standard, answers)
    exempt = exempt or {}
    if unknown := [no for no in exempt if no not in standard.items]:
        raise _unknown_item(standard, unknown)
    grades = {no: Grade.NOT_APPLICABLE if no in exempt else given[no].grade for no in standard.items}
    reasons = {no: exempt[no].zh if no in exempt else given[no].note for no in _with(grades, Grade.NOT_APPLICABLE)}
    return _judge(standard, grades, reasons)


def pass_together(*outcomes: Outcome) -> bool | None:
    """Whether general and single-business standards are passed together; None while it is open.

    Source: 2022 No. 106 annex 1, both parts must be passed. A part in which no item applies is left out.
    """
    verdicts = [outcome.passed for outcome in outcomes if outcome.concerned]
    if False in verdicts:
        return False
    return None if not verdicts or None in verdicts else True


def normalise(standard: Standard, answers: Answers) -> dict[str, Answer]:
    """Every item of the standard with its answer, unanswered where none is given; refuses what cannot be."""
    if unknown := [no for no in answers if no not in standard.items]:
        raise _unknown_item(standard, unknown)
    return {no: _checked(item, answers.get(no, Grade.UNANSWERED)) for no, item in standard.items.items()}


def check_answer(standard: Standard, no: str, answer: Answer) -> None:
    """Refuse an answer to one item that cannot be: raises UnknownItem, GradeNotAllowed, ReasonMissing."""
    if no not in standard.items:
        raise _unknown_item(standard, [no])
    _checked(standard.items[no], answer)


def _unknown_item(standard: Standard, unknown: list[str]) -> UnknownItem:
    listed = ", ".join(no if len(no) <= _LONGEST_NUMBER else f"{no[:_LONGEST_NUMBER]}…" for no in sorted(unknown)[:9])
    first, *_, last = standard.items
    return UnknownItem(
        f"{standard.id}没有第{listed}项，它的条目是{first}至{last}",
        f"{standard.id} has no item {listed}; its items are {first} to {last}",
    )


def _checked(item: Item, given: Answer | Grade) -> Answer:
    answer = given if isinstance(given, Answer) else Answer(given)
    if answer.grade.answered and answer.grade not in item.grades.allowed:
        allowed = ", ".join(item.grades.allowed)
        raise GradeNotAllowed(
            f"第{item.no}项不能填{answer.grade}，可以填：{allowed}",
            f"item {item.no} cannot be {answer.grade}; it can be: {allowed}",
        )
    if answer.grade is Grade.NOT_APPLICABLE and not answer.note.strip():
        raise ReasonMissing(
            f"第{item.no}项填了不适用，请在note里写明原因，审核人员会看到",
            f"item {item.no} is not_applicable: say why in its note, an officer will read it",
        )
    return answer


def _judge(standard: Standard, grades: dict[str, Grade], not_applicable: dict[str, str]) -> Outcome:
    rule = standard.pass_rule
    base = {no: grade for no, grade in grades.items() if not standard.items[no].bonus}
    forbidden = tuple(no for no, grade in base.items() if grade in rule.forbid)
    partly_met = tuple(_counts(standard, base))
    bonus_points = _bonus_points(standard, grades)
    total = _total(standard, grades, bonus_points)
    total_decides = rule.total is not None and rule.total.decides
    awaited = tuple(no for no in _with(grades, Grade.UNANSWERED) if no in base or total_decides)
    passed = _passed(rule, forbidden, partly_met, awaited, total)
    concerned = any(grade is not Grade.NOT_APPLICABLE for grade in base.values())
    return Outcome(
        standard=standard,
        grades=grades,
        passed=passed if concerned else None,
        reasons=tuple(_reasons(rule, forbidden, partly_met, awaited, total, concerned)),
        partly_met=partly_met,
        forbidden=forbidden,
        unanswered=tuple(_with(grades, Grade.UNANSWERED)),
        awaited=awaited,
        not_applicable=not_applicable,
        total=total,
        bonus_points=bonus_points,
        concerned=concerned,
    )


def _passed(
    rule: PassRule,
    forbidden: tuple[str, ...],
    partly_met: tuple[PartlyMetCount, ...],
    awaited: tuple[str, ...],
    total: int | None,
) -> bool | None:
    if forbidden or any(scope.over for scope in partly_met):
        return False
    if awaited:
        return None
    if rule.total is None or rule.total.minimum is None:
        return True
    return total is not None and total >= rule.total.minimum


def _counts(standard: Standard, base: Mapping[str, Grade]) -> Iterator[PartlyMetCount]:
    for limit in standard.pass_rule.max_partly_met:
        inside = (no for no in base if standard.section_of[no].id in limit.sections)
        items = tuple(no for no in inside if base[no] is Grade.PARTLY_MET)
        yield PartlyMetCount(limit.scope, items, limit.max)


def _bonus_points(standard: Standard, grades: Mapping[str, Grade]) -> int:
    points = standard.pass_rule.total.bonus if standard.pass_rule.total else 0
    return points * sum(1 for no, item in standard.items.items() if item.bonus and grades[no] is Grade.MET)


def _total(standard: Standard, grades: Mapping[str, Grade], bonus_points: int) -> int | None:
    """The total, or None while it says nothing: open items, a failed item, or a rule without a total."""
    rule = standard.pass_rule
    base = [grade for no, grade in grades.items() if not standard.items[no].bonus]
    if rule.total is None or Grade.UNANSWERED in grades.values() or any(grade in rule.forbid for grade in base):
        return None
    # An unknown cap is not guessed: the bonus stays out of the total.
    bonus = 0 if rule.bonus_cap is None else min(bonus_points, rule.bonus_cap)
    return rule.total.base + rule.total.partly_met * base.count(Grade.PARTLY_MET) + bonus


def _reasons(
    rule: PassRule,
    forbidden: tuple[str, ...],
    partly_met: tuple[PartlyMetCount, ...],
    awaited: tuple[str, ...],
    total: int | None,
    concerned: bool,
) -> Iterator[Text]:
    if not concerned:
        yield text("没有一项适用，无从判定", "no item applies, so nothing can be judged")
    for no in forbidden:
        yield text(f"第{no}项不达标", f"item {no} is not met")
    for scope in partly_met:
        if scope.over:
            n, most, listed = len(scope.items), scope.limit, "、".join(scope.items)
            yield text(
                f"基本达标{n}项（第{listed}项），最多允许{most}项",
                f"{n} items are partly met ({', '.join(scope.items)}); at most {most} are allowed",
            )
    if awaited:
        yield text(f"还有{len(awaited)}项没有回答", f"{len(awaited)} items are unanswered")
    if rule.total is not None and rule.total.minimum is not None and total is not None and total < rule.total.minimum:
        least = rule.total.minimum
        yield text(f"总分{total}，低于{least}", f"the total is {total}, below {least}")


def _with(grades: Mapping[str, Grade], wanted: Grade) -> Iterator[str]:
    return (no for no, grade in grades.items() if grade is wanted)
