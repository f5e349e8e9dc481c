"""A question from a page is understood with what the page is about, unless it has a subject of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from api.usecases.ask import ask
from api.usecases.ask_from_page import ask_from_page, question_from_page
from api.usecases.page_context import PageContext, find_context
from api.usecases.question import MAX_TURNS, QuestionIn
from assistant.answering import Assistant
from assistant.models import Answer, Citation, Kind
from knowledge.models import Provision

DAY = date(2026, 11, 22)
From = Callable[[str, str], tuple[QuestionIn, Answer]]


@pytest.fixture(scope="module")
def context(provisions: list[Provision], by_id: dict[str, Provision]) -> Callable[[str], PageContext]:
    """What an id stands for."""
    documents = {provision.document.id: provision.document for provision in provisions}

    def find(about: str) -> PageContext:
        found = find_context(about, by_id, documents)
        assert found
        return found

    return find


@pytest.mark.model
@pytest.mark.parametrize(
    ("about", "question", "source"),
    [
        ("rule:advanced-2026#item-18", "这一项怎么算达标？", "/documents/advanced-2026#item-18"),
        ("rule:advanced-2026#item-18", "看多长时间？", "/documents/advanced-2026#item-18"),
        ("rule:advanced-2026#item-18", "What counts for this item?", "/documents/advanced-2026#item-18"),
        ("rule:gacc-2026-34#single-penalty", "多少算超过？", "/documents/gacc-2026-34#single-penalty"),
        ("document:gacc-2026-31", "谁可以用？", "/documents/gacc-2026-31#who"),
        ("page:status", "分别是什么？", "/documents/gacc-order-282#art-4"),
        ("rule:advanced-2026#item-18", "什么是AEO？", "/documents/gacc-order-282#art-8"),
    ],
)
def test_it_is_answered_from_the_right_source(
    about: str, question: str, source: str, assistant: Assistant, context: Callable[[str], PageContext]
):
    asked = question_from_page(QuestionIn(question=question), context(about))

    _, answer = ask_from_page(lambda one: ask(assistant, one, DAY), asked, context(about))

    assert source in [citation.url for citation in answer.citations]


def test_what_the_page_shows_takes_the_place_of_this_item(context: Callable[[str], PageContext]):
    about = context("rule:advanced-2026#item-18")

    chinese, english = (
        question_from_page(QuestionIn(question=question), about).question
        for question in ("这一项怎么算达标？", "What is this item?")
    )
    assert "第18项“单次处罚金额”怎么算达标" in chinese
    assert "item 18 of the advanced certified standard, single customs penalty" in english


def test_what_the_page_is_about_comes_before_all_earlier_questions(context: Callable[[str], PageContext]):
    earlier = [f"问题{number}" for number in range(MAX_TURNS - 1)]

    asked = question_from_page(QuestionIn(question="多久？", history=earlier), context("page:calendar"))

    assert asked.earlier == ("高级认证企业多久复核一次？", *earlier)


def answered(kind: Kind, *urls: str) -> Answer:
    """An answer of a kind that cites some places."""
    citations = tuple(Citation(n, "d", "n", "t", "a", None, None, True, "O", "x", url) for n, url in enumerate(urls, 1))
    return Answer(kind, DAY, "zh-Hans", "x", citations=citations)


def test_it_is_asked_once_more_only_where_it_was_not_understood(context: Callable[[str], PageContext]):
    about, asked = context("rule:advanced-2026#item-18"), []

    def say(answers: list[Answer]) -> Callable[[QuestionIn], Answer]:
        def one(question: QuestionIn) -> Answer:
            asked.append(question.question)
            return answers[len(asked) - 1]

        return one

    first = question_from_page(QuestionIn(question="看多长时间？"), about)
    understood, answer = ask_from_page(say([answered("answered", "/documents/x#y")]), first, about)
    assert (len(asked), understood) == (1, first)
    asked.clear()
    again = answered("answered", "/documents/advanced-2026#item-18")
    understood, answer = ask_from_page(say([answered("clarify"), again]), first, about)
    assert (answer, understood.history) == (again, [])
    assert asked[1].endswith("第18项“单次处罚金额”，看多长时间？")


def test_a_second_answer_that_rests_on_something_else_does_not_count(context: Callable[[str], PageContext]):
    about = context("rule:advanced-2026#item-18")
    answers = iter([answered("clarify"), answered("answered", "/documents/x#y")])

    asked = question_from_page(QuestionIn(question="看多长时间？"), about)

    assert ask_from_page(lambda _: next(answers), asked, about)[1].kind == "clarify"
