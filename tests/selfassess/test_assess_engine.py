"""Grading by the pass rule."""

from __future__ import annotations

import pytest

from selfassess.answers import read_answers, write_answers
from selfassess.engine import Answer, evaluate, pass_together
from selfassess.errors import AnswersUnreadable, ReasonMissing, UnknownItem
from selfassess.grades import Grade
from selfassess.loader import get_standard
from selfassess.text import text
from tests.selfassess.assess_cases import all_met, small_standard

ADVANCED = get_standard("advanced-2026")
CERTIFIED = get_standard("certified-2026")
PARTLY = [no for no, item in ADVANCED.items.items() if Grade.PARTLY_MET in item.grades.allowed and not item.bonus]


def test_three_items_partly_met_pass_and_the_total_says_so() -> None:
    outcome = evaluate(ADVANCED, all_met(ADVANCED) | dict.fromkeys(PARTLY[:3], Grade.PARTLY_MET))

    assert outcome.passed is True
    assert outcome.total == 100 - 3 + 2


def test_four_items_partly_met_fail_and_each_of_them_is_named() -> None:
    outcome = evaluate(ADVANCED, all_met(ADVANCED) | dict.fromkeys(PARTLY[:4], Grade.PARTLY_MET))

    assert outcome.passed is False
    assert outcome.reasons[0].zh == f"基本达标4项（第{'、'.join(PARTLY[:4])}项），最多允许3项"
    assert outcome.blocking == tuple(PARTLY[:4])


def test_a_blank_form_is_open_has_no_total_and_passes_nothing() -> None:
    outcome = evaluate(ADVANCED, {})

    assert (outcome.passed, outcome.decided, outcome.total) == (None, False, None)
    assert outcome.counts[Grade.UNANSWERED] == 74
    assert outcome.reasons[0].zh == "还有68项没有回答"


def test_one_item_not_met_decides_although_others_are_open() -> None:
    outcome = evaluate(ADVANCED, {"15": Grade.NOT_MET})

    assert (outcome.passed, outcome.decided, outcome.complete) == (False, True, False)


def test_the_total_is_withheld_while_an_item_fails() -> None:
    outcome = evaluate(ADVANCED, all_met(ADVANCED) | {"2": Grade.NOT_MET})

    assert outcome.total is None


def test_bonus_counts_two_points_at_most_for_advanced() -> None:
    bonus = [no for no, item in ADVANCED.items.items() if item.bonus]
    none = all_met(ADVANCED) | dict.fromkeys(bonus, Grade.NOT_MET)

    totals = [evaluate(ADVANCED, none | dict.fromkeys(bonus[:n], Grade.MET)).total for n in range(5)]

    assert totals == [100, 101, 102, 102, 102]


def test_the_unknown_bonus_cap_of_certified_is_not_guessed() -> None:
    outcome = evaluate(CERTIFIED, all_met(CERTIFIED))

    assert outcome.bonus_points == 6
    assert outcome.total == 100


def test_the_2022_standard_has_no_total() -> None:
    standard = get_standard("general-2022-106")

    outcome = evaluate(standard, all_met(standard))

    assert (outcome.passed, outcome.total) == (True, None)
    assert outcome.pass_rule.confirmed


def test_not_applicable_needs_a_reason_and_keeps_it_for_the_officer() -> None:
    with pytest.raises(ReasonMissing, match="item 59 is not_applicable: say why"):
        evaluate(ADVANCED, {"59": Grade.NOT_APPLICABLE})

    outcome = evaluate(ADVANCED, all_met(ADVANCED) | {"59": Answer(Grade.NOT_APPLICABLE, "不用木质包装")})

    assert outcome.passed is True
    assert outcome.not_applicable == {"59": "不用木质包装"}


def test_a_blank_reason_is_no_reason() -> None:
    with pytest.raises(ReasonMissing):
        evaluate(ADVANCED, {"59": Answer(Grade.NOT_APPLICABLE, "  ")})


def test_an_item_the_standard_does_not_have_is_refused() -> None:
    with pytest.raises(UnknownItem, match="advanced-2026 has no item 75, x"):
        evaluate(ADVANCED, {"75": Grade.MET, "x": Grade.MET})


def test_an_exempt_item_counts_as_not_applicable_with_its_reason() -> None:
    outcome = evaluate(ADVANCED, all_met(ADVANCED) | {"5": Grade.NOT_MET}, {"5": text("不涉及", "none")})

    assert outcome.passed is True
    assert outcome.not_applicable["5"] == "不涉及"


def test_nothing_applicable_is_no_pass() -> None:
    standard = get_standard("single-business-2026")

    outcome = evaluate(standard, {}, dict.fromkeys(standard.items, text("不涉及", "none")))

    assert outcome.passed is None
    assert not outcome.concerned
    assert outcome.reasons[0].zh == "没有一项适用，无从判定"


def test_both_parts_must_be_passed_together() -> None:
    standard = small_standard({"1": "a", "2": "a"}, {"a": 0})
    passed = evaluate(standard, all_met(standard))
    failed = evaluate(standard, all_met(standard) | {"1": Grade.NOT_MET})
    still_open = evaluate(standard, {"1": Grade.MET})
    unconcerned = evaluate(standard, {}, dict.fromkeys(standard.items, text("不涉及", "none")))

    assert pass_together(passed, unconcerned) is True
    assert pass_together(passed, still_open) is None
    assert pass_together(still_open, failed) is False
    assert pass_together(unconcerned) is None


def test_a_total_that_decides_fails_below_its_minimum() -> None:
    total = {"base": 100, "partly_met": -2, "bonus": 1, "decides": True, "minimum": 98}
    standard = small_standard({"1": "a", "2": "a", "3": "bonus"}, {"a": 2}, total, bonus_cap=1)
    two = all_met(standard) | {"1": Grade.PARTLY_MET, "2": Grade.PARTLY_MET}

    outcome = evaluate(standard, two)

    assert (outcome.passed, outcome.total) == (False, 97)
    assert outcome.reasons[0].zh == "总分97，低于98"
    assert evaluate(standard, two | {"2": Grade.MET}).passed is True


def test_answers_come_back_from_a_file_as_they_were() -> None:
    given = {"1": Answer(Grade.MET, held=frozenset({"record"})), "59": Answer(Grade.NOT_APPLICABLE, "不用木质包装")}

    again, finance = read_answers(write_answers(given))

    assert again == given
    assert finance is None


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ({"1": "ok"}, "item 1: unknown grade 'ok'"),
        ({"1": {"grade": "met", "why": "x"}}, "item 1: unknown field why"),
        ({"1": {"grade": "met", "held": ["papers"]}}, "item 1: held must be a list of"),
        ({"1": {"grade": "met", "note": 3}}, "item 1: note must be text"),
        ({"finance": [1]}, "finance must be a mapping"),
    ],
)
def test_a_wrong_answers_file_is_refused(content: dict[str, object], fault: str) -> None:
    with pytest.raises(AnswersUnreadable, match=fault):
        read_answers(content)
