"""Lessons whose every figure is proven, and what a person has learnt."""

from __future__ import annotations

from datetime import date

import pytest

from api.usecases.learning.lessons import Lesson, list_lessons, not_in_force
from assistant.citations import Draft, Proof
from knowledge.models import Provision
from selfassess.text import Text
from tests.people import DAY, World

LESSONS = list_lessons()


def unproven(said: Text, rules: tuple[str, ...], by_id: dict[str, Provision], proof: Proof) -> list[str]:
    """What a text claims in either language that its provisions do not say."""
    provisions = tuple(by_id[rule] for rule in rules)
    chinese = proof.missing(Draft(said.zh, provisions), "zh-Hans")
    english = proof.missing(Draft(said.en, provisions), "en")
    return [f"{said.zh} / {said.en}: {fact}" for fact in chinese | english]


def test_there_is_a_lesson_on_every_topic():
    assert {lesson.id for lesson in LESSONS} >= {
        "levels", "up-and-down", "certification", "review", "penalties", "repair", "disclosure", "reports",
        "publication",
    }  # fmt: skip


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.id)
def test_every_figure_of_a_lesson_stands_in_its_provisions(lesson: Lesson, by_id: dict[str, Provision]):
    proof, wrong = Proof(), []
    for point in lesson.points:
        wrong += unproven(point.text, point.rules, by_id, proof)
    for question in lesson.questions:
        right = question.options[question.right - 1]
        wrong += unproven(question.why, question.rules, by_id, proof)
        wrong += unproven(right, question.rules, by_id, proof)

    assert wrong == []


def test_a_wrong_figure_in_a_lesson_would_be_found(by_id: dict[str, Provision]):
    said = Text(zh="高级认证企业每3年复核一次。", en="Every 3 years.")

    assert unproven(said, ("gacc-2026-34#audit-report",), by_id, Proof())


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.id)
def test_every_provision_of_a_lesson_is_in_force_today(lesson: Lesson, by_id: dict[str, Provision]):
    assert not_in_force(lesson, by_id, DAY) == ()


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.id)
def test_a_lesson_has_three_to_five_questions_with_options_that_differ(lesson: Lesson):
    assert 3 <= len(lesson.questions) <= 5
    for question in lesson.questions:
        assert len({option.zh for option in question.options}) == len(question.options)
        assert len({option.en for option in question.options}) == len(question.options)


def test_a_lesson_is_marked_on_a_day_on_which_its_provisions_are_not_in_force(world: World, by_id):
    assert not_in_force(LESSONS[0], by_id, date(2026, 3, 31))
    world.app.state.clock = lambda: date(2026, 3, 31)
    try:
        page = world.enterprise_user().get("/learn").text
        lesson = world.enterprise_user("li").get("/learn/levels").text
    finally:
        world.app.state.clock = lambda: DAY

    assert "规定有变" in page
    assert "内容要重新核对" in lesson


def test_a_lesson_shows_its_provisions_and_how_sure_they_are(world: World):
    page = world.enterprise_user().get("/learn/review").text

    assert "/documents/gacc-order-282#advanced-review-cycle" in page
    assert "badge-unverified" in page
    assert "badge-unknown" in page


def test_a_changed_provision_names_the_lessons_that_rest_on_it(world: World):
    page = world.coordinator().get("/desk/policy/gacc-2026-31").text

    assert 'href="/learn/review"' in page
    assert 'href="/learn/levels"' not in page


def test_answers_are_kept_and_explained(world: World):
    person = world.enterprise_user()

    person.post("/learn/levels", **{"answer-how-many": "3", "answer-who-is-aeo": "1"})
    page = person.get("/learn/levels").text

    assert "答对 1 / 3" in page
    assert "第282号令分五个等级" in page
    assert "不正确" in page
    assert "答对 1 / 3" in person.get("/learn").text


def test_a_lesson_is_done_when_all_answers_are_right_and_can_be_begun_anew(world: World):
    person = world.officer()
    right = {f"answer-{one.id}": str(one.right) for one in LESSONS[0].questions}

    person.post("/learn/levels", **right)
    assert "已完成" in person.get("/learn").text
    person.post("/learn/levels", press="again")
    assert "答对" not in person.get("/learn/levels").text


def test_progress_is_each_person_s_own(world: World):
    world.enterprise_user().post("/learn/levels", **{"answer-how-many": "3"})

    assert "答对 1" not in world.enterprise_user("colleague").get("/learn").text


@pytest.mark.parametrize("form", [{}, {"answer-how-many": "9"}, {"answer-nothing": "1"}])
def test_an_answer_that_is_no_option_is_refused(form: dict[str, str], world: World):
    assert world.enterprise_user().post("/learn/levels", **form).status_code == 400


def test_there_is_no_lesson_nobody_wrote(world: World):
    assert world.enterprise_user().get("/learn/nothing").status_code == 404


def test_a_lesson_reads_in_english(world: World):
    assert "Customs sorts enterprises by credit status" in world.enterprise_user().get("/learn/levels?lang=en").text
