"""One question through all steps: always a kind, a day, a language, and never more than is proven."""

from __future__ import annotations

import random
import re
import time
from datetime import date
from typing import get_args

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.answering import Assistant
from assistant.models import Answer, Kind, Question, Turn
from knowledge.facts import facts_of, unproven
from knowledge.models import Provision
from knowledge.text import CJK, traditional
from tests.conftest import Ask

TODAY, OLD_DAY = date(2026, 11, 22), date(2025, 6, 1)
CHINESE_NAMES = re.compile(r"《.*?》|\w+〔[0-9]{4}〕[0-9]+号")  # documents without an English number
MENTIONS = ("忽略细节，高认几年复核一次", "不要忽略年报的要求是什么", "I forgot the rules of review: how often is it")
HOSTILE = (
    "", " ", "？？？", "🙂", "a", "。", "\x00\x01", "\u200b\u200c", "\ud800",
    "\ufdfa" * 100, "<script>alert(1)</script>",
    "'; DROP TABLE enterprise; --", "{{7*7}}", "%s%n%x", "../../etc/passwd",
    "A" * 2000, "高" * 2000, "9" * 2000, "1," * 1000,
    "第" * 2000, "（" * 1000, "gaoji " * 300, "多久" * 500, "2026-04-01 " * 180, "罚了9次共9万" * 150, "\n" * 2000, "https://a.b/c?d=e",
    "忽略" * 1000, "第一条第二条第三条" * 100, "a" * 1000 + "号令", "罚了" + "9" * 1990 + "次", "一" * 2000,
)  # fmt: skip


def shown(answer: Answer, statement_citations: tuple[int, ...]) -> frozenset:
    """Every fact in the sources as they are shown with a statement."""
    cited = [c for c in answer.citations if c.n in statement_citations]
    periods = [f"{c.effective_from} {c.effective_to}" for c in cited]
    places = [f"{c.number} {c.title} {c.anchor} {c.label}" for c in cited]
    return frozenset().union(*map(facts_of, [*periods, *places, *(c.excerpt for c in cited)]))


def test_the_same_question_has_two_laws_on_two_days(by_id: dict[str, Provision], quick_ask: Ask):
    question = by_id["gacc-order-282#art-4"].asks[0]

    now, then = quick_ask(question, on=TODAY), quick_ask(question, on=OLD_DAY)

    assert {c.document_id for c in now.citations if not c.in_force} == set()
    assert "gacc-order-282" not in {c.document_id for c in then.citations}
    assert (now.on, then.on) == (TODAY, OLD_DAY)


def test_words_that_name_a_day_decide_as_a_picked_day_does(quick_ask: Ask):
    worded = quick_ask("2025年6月1日的时候认证要多久出结果")
    picked = quick_ask("认证要多久出结果", on=OLD_DAY)

    assert worded.on == picked.on == OLD_DAY
    assert worded.citations[0].document_id == picked.citations[0].document_id == "gacc-order-251"


@pytest.mark.parametrize("seed", range(3))
def test_every_number_of_every_statement_stands_in_the_excerpts_shown(
    seed: int, provisions: list[Provision], quick_ask: Ask
):
    asked = random.Random(seed).sample([p for p in provisions if p.asks], 50)  # noqa: S311 - a choice, no secret

    for provision in asked:
        on = TODAY if provision.in_force(TODAY) else provision.last_day
        answer = quick_ask(random.Random(seed).choice(provision.asks), on=on)  # noqa: S311
        for statement in answer.statements:
            assert not unproven(statement.text, shown(answer, statement.citations)), statement.text


def test_a_conversation_is_followed(quick_ask: Ask):
    answer = quick_ask("那认证企业呢？", "高级认证企业被罚款一次6万元行不行")

    assert {c.document_id for c in answer.citations} == {"certified-2026"}
    assert "10万元" in answer.text


def test_the_basis_of_an_answer_names_document_article_and_period(by_id: dict[str, Provision], quick_ask: Ask):
    question = by_id["gacc-order-282#art-33"].asks[0]

    answer = quick_ask("依据是哪条？", question)

    assert "第282号" in answer.statements[0].text
    assert "第三十三条" in answer.statements[0].text
    assert "2026-04-01" in answer.statements[0].text


def test_an_answer_in_traditional_characters_is_traditional_throughout(by_id: dict[str, Provision], quick_ask: Ask):
    question = traditional(by_id["gacc-order-282#art-33"].asks[0])

    answer = quick_ask(question)

    assert answer.question_language == "zh-Hant"
    for text in (answer.text, *(s.text for s in answer.statements), *(c.excerpt for c in answer.citations)):
        assert text == traditional(text)
    assert answer.citations[0].url == "/documents/gacc-order-282#art-33"


def test_an_answer_to_english_is_english_throughout(provisions: list[Provision], quick_ask: Ask):
    for provision in [p for p in provisions if p.asks and p.asks[-1].isascii() and p.in_force(TODAY)][::10]:
        answer = quick_ask(provision.asks[-1])
        assert answer.question_language == "en"
        said = [answer.text.split("\n")[0], answer.missing, answer.look_up, *(c.text for c in answer.caveats)]
        assert not any(CJK.search(CHINESE_NAMES.sub("", text)) for text in said), answer.text


def test_a_language_that_is_asked_for_wins_over_that_of_the_question(quick_assistant: Assistant):
    question = Question("高级认证企业几年复核一次", TODAY, language="en")

    answer = quick_assistant.answer(question)

    assert answer.question_language == "en"
    assert not CJK.search(answer.statements[0].text)


def test_a_question_in_pinyin_is_answered_in_chinese(quick_ask: Ask):
    answer = quick_ask("gaoren duojiu fuhe yici")

    assert answer.question_language == "zh-Hans"
    assert CJK.search(answer.text)


@pytest.mark.parametrize("text", HOSTILE, ids=[ascii(text[:20]) for text in HOSTILE])
def test_hostile_text_gets_a_polite_answer_within_a_second(text: str, quick_ask: Ask):
    started = time.thread_time()  # computing time: the clock on the wall would also count what else runs here
    answer = quick_ask(text)
    spent = time.thread_time() - started

    assert answer.kind in get_args(Kind)
    assert answer.text
    assert spent < 1


@pytest.mark.parametrize("text", ["", "  ", "？？", "...", "🙂🙂"])
def test_a_message_without_words_is_asked_back(text: str, quick_ask: Ask):
    answer = quick_ask(text)

    assert answer.kind == "clarify"
    assert answer.suggestions


@given(text=st.text(max_size=60), earlier=st.lists(st.text(max_size=30), max_size=3), on=st.none() | st.dates())
@settings(deadline=None, max_examples=40)
@example(text="那呢", earlier=["", "多久"], on=date(1, 1, 1))
@example(text="依据", earlier=["依据", "依据"], on=date(9999, 12, 31))
def test_any_conversation_gets_an_answer_for_a_day(
    text: str, earlier: list[str], on: date | None, quick_assistant: Assistant
):
    answer = quick_assistant.answer(Question(text, TODAY, on, tuple(Turn(turn) for turn in earlier)))

    assert answer.text
    assert on is None or answer.on == on
    assert all(1 <= n <= len(answer.citations) for s in answer.statements for n in s.citations)


@pytest.mark.parametrize("text", MENTIONS)
def test_a_question_that_only_mentions_ignoring_something_is_not_refused(text: str, quick_ask: Ask):
    assert quick_ask(text).kind != "refused"


def test_two_answers_to_one_question_are_the_same_but_for_their_trace(quick_ask: Ask):
    one, other = quick_ask("高级认证企业几年复核一次"), quick_ask("高级认证企业几年复核一次")

    assert (one.text, one.citations) == (other.text, other.citations)
    assert one.trace_id != other.trace_id
    assert len(one.trace_id) == 32
