"""Laws of grading that hold for all answers, on the real standards and on small ones."""

from __future__ import annotations

from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from selfassess.engine import Answer, evaluate
from selfassess.grades import Grade
from selfassess.outcome import Outcome
from selfassess.standard import Standard
from tests.selfassess.assess_cases import ALL_STANDARDS, answer, small_standard
from tests.selfassess.laws import law

_STEPS_DOWN = {Grade.MET: Grade.PARTLY_MET, Grade.PARTLY_MET: Grade.NOT_MET}
_RULES: list[tuple[dict[str, Any] | None, int | None]] = [
    (None, None),
    ({"base": 100, "partly_met": -1, "bonus": 1}, 2),
    ({"base": 100, "partly_met": -1, "bonus": 1, "decides": True, "minimum": 99}, 2),
]


_ITEMS = {"1": "a", "2": "a", "3": "a", "4": "b", "5": "b", "6": "bonus", "7": "bonus"}
_STANDARDS = [*ALL_STANDARDS, *(small_standard(_ITEMS, {"a": 1, "b": 1}, total, cap) for total, cap in _RULES)]
_ALL_MET = {
    standard.id + str(n): dict.fromkeys(standard.items, answer(Grade.MET)) for n, standard in enumerate(_STANDARDS)
}


@st.composite
def sheets(draw: st.DrawFn) -> tuple[Standard, dict[str, Answer]]:
    """A standard with an answer, or none, for every item; mostly met, so that passes occur."""
    place = draw(st.integers(0, len(_STANDARDS) - 1))
    standard = _STANDARDS[place]
    numbers = list(standard.items)
    answers = dict(_ALL_MET[standard.id + str(place)])
    for at in draw(st.lists(st.integers(0, len(numbers) - 1), max_size=8, unique=True)):
        no = numbers[at]
        answers[no] = answer(draw(st.sampled_from([*standard.items[no].grades.allowed, Grade.UNANSWERED])))
    return standard, answers


def rank(outcome: Outcome) -> tuple[int, int]:
    """Better outcomes rank higher: passed, then open, then failed; then the total, none being lowest."""
    return ({True: 2, None: 1, False: 0}[outcome.passed], -1_000 if outcome.total is None else outcome.total)


@law(sheets(), st.randoms())
def test_the_order_of_the_answers_does_not_matter(sheet: tuple[Standard, dict[str, Answer]], random: Any) -> None:
    standard, answers = sheet
    shuffled = list(answers.items())
    random.shuffle(shuffled)

    assert evaluate(standard, dict(shuffled)) == evaluate(standard, answers)


@law(sheets(), st.data())
def test_a_further_shortcoming_never_improves_the_result(
    sheet: tuple[Standard, dict[str, Answer]], data: st.DataObject
) -> None:
    standard, answers = sheet
    worse = [
        (no, below)
        for no, given_answer in answers.items()
        for below in (_STEPS_DOWN.get(given_answer.grade), Grade.NOT_MET)
        if below in standard.items[no].grades.allowed and given_answer.grade in _STEPS_DOWN
    ]
    assume(worse)
    no, below = data.draw(st.sampled_from(worse))
    assert below is not None

    assert rank(evaluate(standard, answers | {no: Answer(below)})) <= rank(evaluate(standard, answers))


@law(sheets())
def test_an_unanswered_item_never_passes_and_never_has_a_total(sheet: tuple[Standard, dict[str, Answer]]) -> None:
    standard, answers = sheet

    outcome = evaluate(standard, answers)

    unanswered = [no for no in answers if not answers[no].grade.answered]
    assert outcome.unanswered == tuple(unanswered)
    if unanswered:
        assert outcome.total is None
    if any(not standard.items[no].bonus for no in unanswered):
        assert outcome.passed is not True


@law(sheets(), st.data())
def test_taking_an_answer_back_never_turns_an_open_sheet_into_a_pass(
    sheet: tuple[Standard, dict[str, Answer]], data: st.DataObject
) -> None:
    standard, answers = sheet
    no = data.draw(st.sampled_from(sorted(answers)))
    before = evaluate(standard, answers)

    after = evaluate(standard, {key: value for key, value in answers.items() if key != no})

    assert not (after.passed is True and before.passed is not True)


@law(sheets(), st.data())
def test_a_decided_failure_stays_whatever_the_open_items_turn_out_to_be(
    sheet: tuple[Standard, dict[str, Answer]], data: st.DataObject
) -> None:
    standard, answers = sheet
    before = evaluate(standard, answers)
    assume(before.decided and before.unanswered)
    filled = {no: answer(data.draw(st.sampled_from(standard.items[no].grades.allowed))) for no in before.unanswered}

    after = evaluate(standard, answers | filled)

    assert after.passed is before.passed or before.passed is True


@law(sheets())
def test_every_item_is_counted_once_and_a_failure_always_has_a_reason(
    sheet: tuple[Standard, dict[str, Answer]],
) -> None:
    standard, answers = sheet

    outcome = evaluate(standard, answers)

    assert sum(outcome.counts.values()) == len(standard.items)
    assert bool(outcome.reasons) is (outcome.passed is not True)
    if outcome.passed is True:
        assert outcome.blocking == ()


@law(sheets())
def test_only_grades_the_rule_forbids_and_limits_fail_the_sheet(sheet: tuple[Standard, dict[str, Answer]]) -> None:
    standard, answers = sheet
    outcome = evaluate(standard, answers)
    assume(outcome.pass_rule.total is None or not outcome.pass_rule.total.decides)

    base = [no for no in answers if not standard.items[no].bonus]
    too_many = any(
        sum(answers[no].grade is Grade.PARTLY_MET for no in base if standard.section_of[no].id in limit.sections)
        > limit.max
        for limit in standard.pass_rule.max_partly_met
    )
    fails = too_many or any(answers[no].grade is Grade.NOT_MET for no in base)

    assert (outcome.passed is False) is fails or not outcome.concerned
