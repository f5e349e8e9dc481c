"""Caveats: what a reader must know about an answer's standing travels with it."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.models import Answer
from assistant.phrases import CAVEATS
from knowledge.models import Provision
from knowledge.text import CJK
from tests.conftest import Ask

TODAY, OLD_DAY = date(2026, 11, 22), date(2025, 6, 1)


def codes(answer: Answer) -> set[str]:
    """The caveats of an answer."""
    return {caveat.code for caveat in answer.caveats}


@pytest.fixture(scope="module")
def about(by_id: dict[str, Provision], quick_ask: Ask):
    """Ask until the answer rests on a provision first, and return it."""

    def answer_about(provision_id: str, on: date | None = None, language: str = "zh-Hans") -> Answer:
        for ask in by_id[provision_id].asks:
            answer = quick_ask(ask, on=on)
            rests = answer.citations and answer.citations[0].url == f"/documents/{provision_id}"
            if rests and answer.question_language == language:
                return answer
        raise AssertionError(f"no question leads to {provision_id}")

    return answer_about


@pytest.mark.parametrize(
    ("provision_id", "code", "on"),
    [
        ("gacc-order-251#art-22", "old_law", OLD_DAY),
        ("gacc-2023-127#tax", "old_law", date(2024, 6, 1)),
        ("general-2022-106#item-17", "old_law", OLD_DAY),
        ("gacc-order-282#rectification", "second_hand", None),
        ("gacc-order-282#advanced-review-cycle", "unverified", None),
        ("draft-2025#art-2-2", "draft", None),
        ("aeo-mutual-recognition#partner-singapore", "summary", None),
        ("gacc-order-282#art-4", "translated", None),
        ("gacc-2024-87#no-penalty", "standing_unchecked", None),
    ],
)
def test_the_standing_of_what_is_cited_is_told(provision_id: str, code: str, on: date | None, about):
    answer = about(provision_id, on)

    assert code in codes(answer)
    (text,) = [caveat.text for caveat in answer.caveats if caveat.code == code]
    assert text in answer.text


def test_old_law_names_the_document_and_the_day_it_ended(about):
    (caveat,) = [c for c in about("gacc-order-251#art-22", OLD_DAY).caveats if c.code == "old_law"]

    assert "251" in caveat.text
    assert "2026-03-31" in caveat.text


def test_an_expired_announcement_is_said_to_have_expired(about):
    (caveat,) = [c for c in about("gacc-2023-127#tax", date(2024, 6, 1)).caveats if c.code == "old_law"]

    assert "到期" in caveat.text
    assert "2025-10-10" in caveat.text


def test_an_answer_from_the_law_in_force_is_not_called_old(about):
    assert "old_law" not in codes(about("gacc-order-282#art-33", date(2026, 11, 22)))


def test_a_calculation_says_so_and_that_the_pass_rule_is_unconfirmed(quick_ask: Ask):
    now, before = quick_ask("一年罚了3次共8万行不行"), quick_ask("一年罚了3次共8万行不行", on=OLD_DAY)

    assert {"calculated", "unconfirmed_rule"} <= codes(now)
    assert "calculated" in codes(before)
    assert "unconfirmed_rule" not in codes(before)
    assert "old_law" in codes(before)


def test_a_day_in_the_future_is_said_to_lie_ahead(quick_ask: Ask):
    assert "future" in codes(quick_ask("高级认证企业几年复核一次", on=date(2027, 6, 1)))
    assert "future" not in codes(quick_ask("高级认证企业几年复核一次", on=TODAY))


def test_a_period_across_the_change_asks_for_a_day(quick_ask: Ask):
    assert "period_spans_change" in codes(quick_ask("2026年高级认证企业几年复核一次"))
    assert "period_spans_change" not in codes(quick_ask("2023年高级认证企业几年复核一次"))


@pytest.mark.parametrize("code", CAVEATS)
def test_every_caveat_has_a_sentence_in_both_languages(code: str):
    zh, en = CAVEATS[code]

    assert CJK.search(zh)
    assert zh.endswith("。")
    assert not CJK.search(en)
    assert en.endswith(".")


def test_an_english_answer_has_english_caveats(about):
    answer = about("gacc-order-282#art-4", language="en")

    assert answer.caveats
    assert not any(CJK.search(caveat.text) for caveat in answer.caveats)
