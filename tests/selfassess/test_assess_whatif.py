"""The smallest sets of fixes, checked against every subset on small standards."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import strategies as st

from selfassess.engine import Answer, evaluate
from selfassess.grades import Grade
from selfassess.loader import get_standard
from selfassess.standard import Standard
from selfassess.text import text
from selfassess.whatif import smallest_fixes
from tests.selfassess.assess_cases import all_met, answer, small_standard
from tests.selfassess.laws import law

ADVANCED = get_standard("advanced-2026")
ITEMS = {"1": "a", "2": "a", "3": "a", "4": "b", "5": "b", "6": "c", "7": "bonus", "8": "bonus"}
DECIDING = {"base": 100, "partly_met": -1, "bonus": 1, "decides": True}
RULES: list[tuple[dict[str, int], dict[str, Any] | None, int | None]] = [
    ({"a": 1, "b": 0}, None, None),
    ({"a": 0, "b": 1}, {"base": 100, "partly_met": -1, "bonus": 1}, 2),
    ({"a": 2, "b": 1}, DECIDING | {"minimum": 99}, 1),
    ({"a": 3}, DECIDING | {"partly_met": -2, "minimum": 98}, None),
    ({"a": 3, "b": 2}, DECIDING | {"minimum": 101}, 2),
]


def every_smallest_set(
    standard: Standard, answers: dict[str, Answer]
) -> tuple[set[frozenset[str]], set[frozenset[str]]]:
    """All sets of items whose raising to met passes: the smallest by count, and those minimal by inclusion."""
    passing = []
    for size in range(len(standard.items) + 1):
        for chosen in combinations(standard.items, size):
            if evaluate(standard, answers | {no: Answer(Grade.MET) for no in chosen}).passed is True:
                passing.append(frozenset(chosen))
    smallest = {found for found in passing if len(found) == min(map(len, passing))}
    return smallest, {found for found in passing if not any(other < found for other in passing)}


@st.composite
def sheets(draw: st.DrawFn) -> tuple[Standard, dict[str, Answer]]:
    limits, total, cap = draw(st.sampled_from(RULES))
    standard = small_standard(ITEMS, limits, total, cap)
    return standard, {no: answer(draw(st.sampled_from(list(Grade)))) for no in standard.items}


@law(sheets(), cases=80)
def test_the_sets_found_are_exactly_the_smallest_ones(sheet: tuple[Standard, dict[str, Answer]]) -> None:
    standard, answers = sheet
    answers = {no: given_answer for no, given_answer in answers.items() if given_answer.grade.answered}

    plan = smallest_fixes(evaluate(standard, answers))
    smallest, minimal = every_smallest_set(standard, answers) if plan.reachable else (set(), set())

    assert set(plan.sets()) == smallest
    assert plan.number_of_sets == len(smallest)
    assert smallest <= minimal
    if plan.reachable:
        assert all(len(found) == plan.size for found in smallest)
        assert frozenset(plan.recommended) in smallest


@law(sheets(), cases=60)
def test_a_plan_is_unreachable_only_where_no_set_of_fixes_passes(sheet: tuple[Standard, dict[str, Answer]]) -> None:
    standard, answers = sheet
    outcome = evaluate(standard, answers)
    everything = evaluate(standard, all_met(standard))

    plan = smallest_fixes(outcome)

    if not plan.reachable:
        assert not outcome.concerned or everything.passed is not True


def test_without_a_deciding_total_every_minimal_set_is_a_smallest_one() -> None:
    standard = small_standard(ITEMS, {"a": 1, "b": 0})
    answers = {no: Answer(Grade.PARTLY_MET) for no in ("1", "2", "3", "4")} | {
        "5": Answer(Grade.NOT_MET),
        "6": Answer(Grade.MET),
    }

    smallest, minimal = every_smallest_set(standard, answers)

    assert smallest == minimal
    assert set(smallest_fixes(evaluate(standard, answers)).sets()) == smallest


def test_a_passed_sheet_needs_no_fix() -> None:
    plan = smallest_fixes(evaluate(ADVANCED, all_met(ADVANCED)))

    assert (plan.reachable, plan.size, plan.number_of_sets) == (True, 0, 1)
    assert list(plan.sets()) == [frozenset()]


def test_five_partly_met_and_one_failed_item_leave_a_choice_of_two_out_of_five() -> None:
    partly = ["1", "2", "3", "5", "44"]
    sheet = all_met(ADVANCED) | dict.fromkeys(partly, Grade.PARTLY_MET) | {"18": Grade.NOT_MET}

    plan = smallest_fixes(evaluate(ADVANCED, sheet))

    assert plan.required == ("18",)
    assert (plan.size, plan.number_of_sets) == (3, 10)
    assert set(plan.recommended) == {"18", "1", "2"}


def test_the_plan_leads_to_a_pass_on_the_real_standard() -> None:
    sheet = all_met(ADVANCED) | dict.fromkeys(["1", "2", "3", "5", "44", "45"], Grade.PARTLY_MET)

    plan = smallest_fixes(evaluate(ADVANCED, sheet | {"30": Grade.NOT_MET, "31": Grade.UNANSWERED}))

    for fixes in plan.sets(limit=5):
        assert evaluate(ADVANCED, sheet | dict.fromkeys(fixes, Grade.MET)).passed is True


def test_nothing_applicable_cannot_be_fixed() -> None:
    exempt = dict.fromkeys(ADVANCED.items, text("不涉及", "none"))

    assert not smallest_fixes(evaluate(ADVANCED, {}, exempt)).reachable


@pytest.mark.parametrize("limit", [0, 3])
def test_as_many_sets_as_asked_for_are_listed(limit: int) -> None:
    sheet = all_met(ADVANCED) | dict.fromkeys(["1", "2", "3", "5", "44"], Grade.PARTLY_MET)

    assert len(list(smallest_fixes(evaluate(ADVANCED, sheet)).sets(limit))) == limit
