"""Questions that ended badly come together by meaning: each into one group, and groups stay as they are."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from sqlalchemy import select

from api.store import BoardCase, BoardQuestion
from api.usecases.board.grouping import Noted, note_question
from api.usecases.board.questions import by_week, first_day_of_weeks
from assistant.answering import Assistant
from tests.access.board import DAY, given_answer
from tests.people import World

REPAIR = ("282号令下失信企业多久可以修复信用", "282号令下，失信企业多久可以修复信用呢", "失信企业多久可以修复信用")
WEATHER = "今天天气怎么样"


def noted(world: World, assistant: Assistant, *questions: str) -> list[str]:
    """Note questions one after the other; return the group of each."""
    groups = []
    for question in questions:
        answer = given_answer(world.services)
        with world.services.database.writing() as session:
            one = Noted(assistant.about(question), question, answer, "unknown", DAY)
            groups.append(note_question(session, assistant.nearby, one, world.clock()).id)
        world.clock.pass_(minutes=1)
    return groups


def group_numbers(groups: Sequence[str]) -> list[int]:
    """The groups by the order in which they appear."""
    order = list(dict.fromkeys(groups))
    return [order.index(group) for group in groups]


def test_what_is_asked_in_other_words_joins_and_what_means_something_else_does_not(world: World, quick_assistant):
    groups = noted(world, quick_assistant, *REPAIR, WEATHER)

    assert group_numbers(groups) == [0, 0, 0, 1]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("认证企业几年复核一次", "高级认证企业几年复核一次"),
        ("跟新加坡的互认从什么时候开始", "跟泰国的互认从什么时候开始"),
        ("第282号令第五条说了什么", "第282号令第六条说了什么"),
    ],
)
def test_questions_that_name_another_level_partner_or_article_stay_apart(world: World, quick_assistant, first, second):
    assert group_numbers(noted(world, quick_assistant, first, second, first)) == [0, 1, 0]


def test_a_group_keeps_its_first_question_however_many_join(world: World, quick_assistant):
    first, *_ = noted(world, quick_assistant, REPAIR[0])
    before = leader(world, first)

    groups = noted(world, quick_assistant, *REPAIR * 5, WEATHER, *REPAIR)

    assert set(groups) - {groups[-4]} == {first}
    assert leader(world, first) == before


def test_one_answer_counts_once(world: World, quick_assistant):
    answer = given_answer(world.services)
    for ending in ("unknown", "wrong"):
        with world.services.database.writing() as session:
            one = Noted(quick_assistant.about(WEATHER), WEATHER, answer, ending, DAY)
            note_question(session, quick_assistant.nearby, one, world.clock())

    with world.services.database.reading() as session:
        assert [case.ending for case in session.scalars(select(BoardCase))] == ["wrong"]


def test_counts_of_weeks_begin_on_mondays_and_end_with_the_present_one():
    since = first_day_of_weeks(DAY)  # a Sunday

    assert since.isoformat() == "2026-09-28"
    assert by_week([(DAY, 2), (since, 1)], since) == (1, 0, 0, 0, 0, 0, 0, 2)


def leader(world: World, group: str) -> tuple[str, bytes]:
    """What a group is compared by."""
    with world.services.database.reading() as session:
        row = session.get_one(BoardQuestion, group)
        return row.question, row.vector
