"""What an answer consists of: the rule first, then the other level, related rules, and old rules labelled old."""

from __future__ import annotations

import re
from datetime import date

import pytest

from assistant.compose import MAX_RELATED
from assistant.models import Answer
from knowledge.models import Provision
from tests.conftest import Ask


def first_cited(answer: Answer) -> str:
    """The provision cited first."""
    return answer.citations[0].url.removeprefix("/documents/")


def roles(answer: Answer) -> list[tuple[str, str]]:
    """Each statement with its role."""
    return list(zip(answer.roles, (s.text for s in answer.statements), strict=True))


UNKNOWN = {  # provision -> a question it answers by saying that no rule is held; its old figure, if any
    "gacc-order-282#unknown-certification-time-limit": "90日",
    "gacc-order-282#unknown-objection-time-limit": "20日",
    "gacc-order-282#unknown-statement-time-limit": "5个工作日",
    "gacc-order-282#unknown-reapplication-bar": "1年",
    "gacc-order-282#unknown-inspection-rate-discredited": "80%",
    "gacc-order-282#unknown-certified-review-cycle": "",
    "gacc-order-282#unknown-transition": "",
}


@pytest.mark.parametrize("provision_id", UNKNOWN)
def test_an_unknown_rule_is_said_to_be_unknown_with_the_old_figure_labelled_old(
    provision_id: str, by_id: dict[str, Provision], quick_ask: Ask
):
    provision = by_id[provision_id]

    answer = quick_ask(provision.asks[0])

    assert answer.kind == "unknown"
    assert first_cited(answer) == provision_id
    assert "未能核实" in answer.statements[0].text
    assert answer.missing
    figure = UNKNOWN[provision_id]
    assert not figure or any(figure in text for role, text in roles(answer) if role == "old")
    for role, text in roles(answer):
        if figure and figure in text:
            assert role == "old"


@pytest.mark.parametrize("provision_id", [i for i in UNKNOWN if UNKNOWN[i]])
def test_the_old_part_of_an_unknown_answer_names_the_old_order_and_its_end(
    provision_id: str, by_id: dict[str, Provision], quick_ask: Ask
):
    answer = quick_ask(by_id[provision_id].asks[0])

    old = [text for role, text in roles(answer) if role == "old"]
    assert "旧规" in old[0]
    assert "251" in old[0]
    assert "2026-03-31" in answer.text
    assert "old_law" in {caveat.code for caveat in answer.caveats}


@pytest.mark.parametrize("provision_id", UNKNOWN)
def test_an_unknown_answer_names_the_documents_to_read_and_the_hotline(
    provision_id: str, by_id: dict[str, Provision], quick_ask: Ask
):
    answer = quick_ask(by_id[provision_id].asks[0])

    assert "12360" in answer.text
    assert "第282号" in answer.look_up
    assert answer.look_up in answer.text


def test_the_lead_answers_first_and_points_follow(by_id: dict[str, Provision], quick_ask: Ask):
    answer = quick_ask(by_id["gacc-order-282#art-4"].asks[0], on=date(2026, 5, 1))

    assert answer.kind == "answered"
    assert answer.roles[0] == "lead"
    assert "五个等级" in answer.statements[0].text
    assert answer.text.startswith(answer.statements[0].text)
    assert re.match(r".*\[1\]\n", answer.text)


def test_an_item_asked_about_without_a_level_says_what_the_other_level_asks(quick_ask: Ask):
    answer = quick_ask("公告2026年第34号高级认证标准第13项")
    both = quick_ask("偿债能力要看哪几个指标，现金比率不能低于多少")

    assert "advanced-2026" in first_cited(answer)
    assert {"advanced-2026", "certified-2026"} <= {c.document_id for c in both.citations} or "gacc-2026-34" in {
        c.document_id for c in both.citations
    }


def test_related_rules_stand_apart_under_a_heading_and_are_few(provisions: list[Provision], quick_ask: Ask):
    asked = [p for p in provisions if p.asks and p.in_force(date(2026, 11, 22)) and not p.unknown][::12]
    answers = [quick_ask(p.asks[0]) for p in asked]

    related = [sum(role == "related" for role, _ in roles(a)) for a in answers]
    assert max(related) <= MAX_RELATED <= 3
    assert any(related)
    assert all(
        "相关规定：" in a.text for a, n in zip(answers, related, strict=True) if n and a.question_language == "zh-Hans"
    )


def test_when_the_rule_changed_and_the_day_is_open_one_line_says_what_was_different(
    by_id: dict[str, Provision], quick_ask: Ask
):
    question = by_id["advanced-2026#item-19"].asks[0]

    answer = quick_ask(question)
    dated = quick_ask(question, on=date(2026, 11, 22))

    old = [text for role, text in roles(answer) if role == "old"]
    assert len(old) == 1
    assert "2026-03-31以前" in old[0] or "旧规" in old[0]
    assert [text for role, text in roles(dated) if role == "old"] == []


@pytest.mark.parametrize(
    ("provision_id", "words"),
    [
        ("gacc-order-282#advanced-review-cycle", "（未核实）"),
        ("gacc-order-282#rectification", "据二手资料"),
        ("advanced-2026#item-13", "据二手资料"),
        ("aeo-mutual-recognition#partner-singapore", "据公告摘要"),
        ("draft-2025#art-2-2", "征求意见稿"),
    ],
)
def test_how_surely_a_rule_is_known_is_said_in_the_sentence_itself(
    provision_id: str, words: str, by_id: dict[str, Provision], quick_ask: Ask
):
    for ask in by_id[provision_id].asks:
        answer = quick_ask(ask)
        if answer.citations and first_cited(answer) == provision_id and answer.question_language == "zh-Hans":
            assert words in answer.statements[0].text
            return
    pytest.fail(f"no question leads to {provision_id}")


def test_every_statement_is_cited_and_every_citation_used(provisions: list[Provision], quick_ask: Ask):
    for provision in [p for p in provisions if p.asks][::9]:
        answer = quick_ask(provision.asks[-1])
        used = {n for statement in answer.statements for n in statement.citations}
        assert used == {c.n for c in answer.citations}
        assert all(statement.citations for statement in answer.statements)
        assert len(answer.roles) == len(answer.statements)


def test_suggestions_are_questions_in_the_language_of_the_answer(provisions: list[Provision], quick_ask: Ask):
    for provision in [p for p in provisions if p.asks][::15]:
        for ask in (provision.asks[0], provision.asks[-1]):
            answer = quick_ask(ask)
            english = answer.question_language == "en"
            assert len(answer.suggestions) <= 4 or answer.kind == "clarify"
            assert all(suggestion.isascii() or not english for suggestion in answer.suggestions)
            assert ask not in answer.suggestions
