"""The self-assessment in the chat page: without scripts as a form, with them as a stream; questions in between."""

from __future__ import annotations

import html
import re

import pytest

from tests.people import B, Person, World

POLICY = "高级认证企业几年复核一次？"
BEGIN = ("帮我做自评", "高级认证自评")


@pytest.fixture
def wang(world: World) -> Person:
    """Somebody of enterprise A."""
    return world.enterprise_user()


def tell(person: Person, *messages: str, step: str = "", earlier: list[str] | None = None) -> str:
    """Say these things on the page without scripts, each under the step the page before showed."""
    text = ""
    for message in messages:
        text = person.post("/", choice=message, step=step, earlier=earlier or []).text
        step = token(text)
    return html.unescape(text)


def token(text: str) -> str:
    """The step a page carries."""
    found = re.findall(r'name="step" value="([^"]*)"', text)
    return found[-1] if found else ""


def heading(text: str) -> str:
    """The item a page shows."""
    found = re.search(r"<h3>(第\d+项|item \d+)", text)
    return found[1] if found else ""


def test_the_first_page_invites_people_of_an_enterprise_only(world: World, wang: Person):
    before = wang.get("/").text
    tell(wang, *BEGIN)

    assert 'value="帮我做自评"' in before
    assert 'value="继续自评"' in wang.get("/").text
    assert "自评</button>" not in world.visitor().get("/").text
    assert "自评</button>" not in world.officer().get("/").text


def test_a_step_shows_requirement_proof_record_question_and_buttons(wang: Person):
    text = tell(wang, *BEGIN)

    assert heading(text) == "第1项"
    for part in ("什么算证明", "记录里有的", "这一项做到了吗？", 'value="达标"', 'value="跳过"', 'value="停"'):
        assert part in text


def test_a_question_in_between_is_answered_with_sources_and_the_step_comes_again(wang: Person):
    step = token(tell(wang, *BEGIN, "达标"))

    text = tell(wang, POLICY, step=step)

    assert 'class="source"' in text
    assert heading(text) == "第2项"
    assert token(text) == step
    assert f'name="earlier" value="{POLICY}"' in text


def test_a_request_without_a_question_mark_is_answered_too(wang: Person):
    step = token(tell(wang, *BEGIN))

    text = tell(wang, "转人工", step=step)

    assert "kind-handoff" in text
    assert heading(text) == "第1项"


def test_answers_are_told_once_and_are_no_earlier_questions(wang: Person):
    step = token(tell(wang, *BEGIN))
    text = tell(wang, "达标", step=step, earlier=[POLICY])

    again = tell(wang, "上一项", step=token(text), earlier=[POLICY])

    assert 'name="earlier" value="达标"' not in text
    assert heading(text) == "第2项"
    assert "现在的回答：达标" in again


def test_without_a_step_in_sight_words_are_for_the_assistant(wang: Person):
    tell(wang, *BEGIN)

    text = tell(wang, "没有")
    resumed = tell(wang, "继续自评")

    assert heading(text) == ""
    assert heading(resumed) == "第1项"


def test_another_language_shows_the_step_again_and_changes_nothing(wang: Person):
    step = token(tell(wang, *BEGIN))

    text = html.unescape(wang.post("/?lang=en", step=step, q="", earlier=[POLICY]).text)

    assert heading(text) == "item 1"
    assert "What counts as proof" in text
    assert 'value="partly met"' in text


def test_traditional_characters_are_read_and_written(wang: Person):
    text = html.unescape(wang.post("/?lang=zh-Hant", q="開始高級認證自評").text)
    after = html.unescape(wang.post("/?lang=zh-Hant", choice="達標", step=token(text)).text)

    assert "什麼算證明" in text
    assert "第1項記為" in after


def test_the_stream_carries_the_step_and_names_its_place(wang: Person):
    tell(wang, *BEGIN)
    step = token(tell(wang, "继续自评"))

    text = wang.post("/stream", q="不达标", step=["old.1.", step], number="7").text

    assert 'id="a7"' in text
    assert "第1项记为“不达标”" in text
    assert token(text) != step


@pytest.mark.parametrize("kind", ["visitor", "officer"])
def test_who_is_no_enterprise_is_told_to_sign_in_as_one(world: World, kind: str):
    text = tell(getattr(world, kind)(), "帮我做自评")

    assert "自评要用企业账号登录后进行" in text
    assert token(text) == ""


def test_a_step_of_another_enterprise_is_nobody_s(world: World, wang: Person):
    step = token(tell(wang, *BEGIN))
    stranger = world.enterprise_user("user-b", B)

    tell(stranger, "达标", step=step)

    assert heading(tell(wang, "继续自评")) == "第1项"


def test_the_address_bar_begins_nothing(world: World, wang: Person):
    text = wang.get("/", params={"q": "帮我做自评"}).text

    assert token(text) == ""
    assert 'value="帮我做自评"' in wang.get("/").text


def test_what_people_write_is_shown_as_text(wang: Person):
    step = token(tell(wang, *BEGIN, "不涉及"))

    page = wang.post("/", q="<script>alert(1)</script>没有这项业务", step=step).text
    back = wang.post("/", choice="上一项", step=token(page)).text

    assert "<script>alert" not in page + back
    assert "&lt;script&gt;alert(1)" in back
