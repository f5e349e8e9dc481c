"""What people say of an answer: kept by the answer's id, without identifiers; bad ones go on the board."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from api.store import AnswerRating, BoardCase, GivenAnswer
from tests.people import Person, World, uscc

QUESTION = "高级认证企业几年复核一次？"


def given(world: World) -> list[GivenAnswer]:
    """The answers kept, oldest first."""
    with world.services.database.reading() as session:
        return list(session.scalars(select(GivenAnswer).order_by(GivenAnswer.given_at)))


def ratings(world: World) -> list[tuple[str, str]]:
    """What was said of answers."""
    with world.services.database.reading() as session:
        return [(row.rating, row.comment) for row in session.scalars(select(AnswerRating))]


def asked_id(person: Person, question: str = QUESTION) -> str:
    """Ask on the page and return the id of the answer in its form."""
    found = re.findall(r'name="answer" value="([0-9a-f]{32})"', person.post("/", q=question).text)
    return str(found[-1])


@pytest.mark.parametrize("rating", ["helpful", "wrong", "outdated"])
def test_visitors_and_people_signed_in_rate_an_answer_with_a_plain_form(world: World, rating: str):
    for person in (world.visitor(), world.enterprise_user()):
        answer = person.post("/feedback", answer=asked_id(person), rating=rating, comment="看不懂", earlier=[QUESTION])

        assert answer.status_code == 200
        assert "谢谢" in answer.text
        assert f'name="earlier" value="{QUESTION}"' in answer.text
    assert ratings(world) == [(rating, "看不懂")] * 2
    assert world.actions().count("answer_rated") == 2


def test_saying_it_again_replaces_it(world: World):
    person = world.visitor()
    answer = asked_id(person)

    person.post("/feedback", answer=answer, rating="wrong")
    person.post("/feedback", answer=answer, rating="helpful")

    assert ratings(world) == [("helpful", "")]


def test_a_comment_is_kept_without_identifiers_and_secrets(world: World):
    person = world.visitor()
    said = f"我是上海示例贸易有限公司的，代码{uscc(1)}，电话13800138000，password=hunter2hunter2"

    person.post("/feedback", answer=asked_id(person), rating="wrong", comment=said)

    comment = ratings(world)[0][1]
    assert not [secret for secret in ("示例贸易", uscc(1), "13800138000", "hunter2") if secret in comment]


@pytest.mark.parametrize("form", [{"rating": "wrong", "answer": "0" * 32}, {"rating": "great"}])
def test_what_was_not_kept_or_is_no_rating_is_refused(world: World, form: dict[str, str]):
    person = world.visitor()

    refused = person.post("/feedback", **{"answer": asked_id(person), **form})

    assert refused.status_code == 400
    assert ratings(world) == []


def test_a_rating_needs_the_token_of_a_page_of_ours(world: World):
    person = world.visitor()
    answer = asked_id(person)

    refused = person.client.post("/feedback", data={"answer": answer, "rating": "wrong"})

    assert (refused.status_code, ratings(world)) == (403, [])


def test_too_many_ratings_are_told_to_wait(world: World):
    person = world.visitor()

    codes = [person.post("/feedback", answer="x", rating="wrong").status_code for _ in range(61)]

    assert codes[:60] == [400] * 60
    assert codes[60] == 429


def test_an_answer_is_kept_with_what_it_takes_to_say_it_again(world: World):
    world.visitor().call("POST", "/api/v1/ask", json={"question": QUESTION, "on": "2025-06-01"})

    kept = given(world)[0]

    assert (kept.question, kept.on_day.isoformat(), kept.kind, kept.channel) == (
        QUESTION,
        "2025-06-01",
        "answered",
        "api",
    )
    assert kept.retrieved[0].keys() == {"n", "provision", "digest"}
    assert kept.versions.keys() == {"corpus", "embedding", "intents", "software", "model", "prompt"}
    assert "第251号" in kept.text


def test_earlier_answers_of_a_page_are_not_kept_again(world: World):
    person = world.visitor()

    person.post("/", q="那认证企业呢", earlier=[QUESTION])

    assert [kept.question for kept in given(world)] == ["那认证企业呢"]
    assert given(world)[0].earlier == [QUESTION]
    assert "认证企业" in given(world)[0].understood


def test_the_stream_keeps_its_answer_and_carries_the_form(world: World):
    text = world.visitor().post("/stream", q=QUESTION).text

    assert f'name="answer" value="{given(world)[0].id}"' in text


def test_of_the_own_record_neither_question_nor_answer_is_kept_nor_put_on_the_board(world: World):
    user = world.enterprise_user()
    answer = asked_id(user, "我们现在是什么等级？")

    user.post("/feedback", answer=answer, rating="wrong", comment="")

    kept = given(world)[0]
    assert (kept.kind, kept.question, kept.text, kept.understood, kept.cited) == ("record", "", "", "", [])
    with world.services.database.reading() as session:
        assert session.scalars(select(BoardCase)).all() == []


def test_a_question_is_kept_without_whom_it_names(world: World):
    user = world.enterprise_user()

    asked_id(user, "上海示例贸易有限公司的货走新加坡，电话13800138000，AEO互认怎么用？")

    kept = given(world)[0]
    assert "示例" not in kept.question + kept.understood + kept.text
    assert "13800138000" not in kept.question
    assert kept.is_masked
