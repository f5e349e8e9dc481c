"""Proof: what a statement says beyond its provisions is not said."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answering import Assistant
from assistant.citations import Draft, Proof, cite
from assistant.intents import Intents
from assistant.models import Question
from knowledge.corpus import parse
from knowledge.models import Provision
from tests.conftest import Searching
from tests.tiny_corpus import FILES, GUIDE, NEW, read_tiny

TODAY = date(2026, 11, 22)
ASKED = "异议几天答复"
PROVISIONS = {provision.id: provision for provision in read_tiny()}
LIMIT, LEVELS, REVIEW = (
    PROVISIONS[i] for i in ("sample-order-77#art-2", "sample-order-88#art-1", "sample-order-88#art-3")
)


def dropped(text: str, *provisions: Provision, granted: tuple[str, ...] = ()) -> bool:
    """Whether a statement is dropped."""
    proven = Proof().prove([Draft(text, provisions, "lead", granted)], TODAY, "zh-Hans")
    return proven.statements == () and len(proven.dropped) == 1


@pytest.mark.parametrize(
    "text",
    [
        "认证决定在90日内作出。",
        "特殊情形可以再加30天。",
        "第77号令（旧规）第二条：九十日内作出决定。",
        "Certification was decided within 90 days.",
        "2010-01-01至2019年12月31日适用。",
        "認證決定在90日內作出。",
        "认证决定有时限。",
    ],
)
def test_a_statement_whose_every_fact_stands_in_its_provision_is_kept(text: str):
    assert not dropped(text, LIMIT)


@pytest.mark.parametrize(
    "text",
    [
        "认证决定在60日内作出。",
        "认证决定在90个工作日内作出。",
        "认证决定在90日内作出，延长20日。",
        "2020-01-01起适用。",
        "第88号令规定90日内作出决定。",
        "第三条规定90日内作出决定。",
        "失信企业的认证决定在90日内作出。",
        "认证企业的认证决定在90日内作出。",
        "罚款不超过5万元。",
        "Certification was decided within 45 days.",
        "查验率低于20%。",
    ],
)
def test_a_statement_with_one_altered_fact_is_dropped(text: str):
    assert dropped(text, LIMIT)


def test_a_statement_without_a_source_is_dropped_even_when_it_claims_nothing_checkable():
    assert dropped("海关提供信用培育服务。")


def test_several_provisions_prove_a_statement_together():
    text = "高级认证企业每5年复核一次，以前认证在90日内决定。"

    assert dropped(text, LIMIT)
    assert dropped(text, REVIEW)
    assert not dropped(text, LIMIT, REVIEW)


def test_figures_of_the_question_are_granted_and_nothing_else_is():
    assert not dropped("您说的6万元与90日无关。", LIMIT, granted=("被罚了6万",))
    assert dropped("您说的7万元与90日无关。", LIMIT, granted=("被罚了6万",))


def test_citations_are_numbered_in_the_order_of_first_use_and_shared():
    drafts = [
        Draft("高级认证企业每5年复核一次。", (REVIEW,), "lead"),
        Draft("分五个等级。", (LEVELS,)),
        Draft("合起来看。", (LEVELS, REVIEW)),
    ]

    proven = Proof().prove(drafts, TODAY, "zh-Hans")

    assert [statement.citations for statement in proven.statements] == [(1,), (2,), (2, 1)]
    assert [(c.n, c.document_id, c.anchor) for c in proven.citations] == [
        (1, "sample-order-88", "第三条"),
        (2, "sample-order-88", "第一条"),
    ]


def test_a_dropped_statement_leaves_no_citation_behind():
    drafts = [Draft("认证决定在60日内作出。", (LIMIT,)), Draft("分五个等级。", (LEVELS,))]

    proven = Proof().prove(drafts, TODAY, "zh-Hans")

    assert [c.anchor for c in proven.citations] == ["第一条"]
    assert [draft.text for draft in proven.dropped] == ["认证决定在60日内作出。"]


def test_a_citation_shows_document_place_period_certainty_and_text():
    citation = cite(LIMIT, 1, TODAY, "zh-Hans")

    assert (citation.number, citation.anchor) == ("示例署令第77号", "第二条")
    assert (citation.effective_from, citation.effective_to) == (date(2010, 1, 1), date(2019, 12, 31))
    assert (citation.in_force, citation.confidence) == (False, "O")
    assert "90日" in citation.excerpt
    assert citation.url == "/documents/sample-order-77#art-2"


def test_an_unknown_day_is_no_day_in_a_citation(by_id: dict[str, Provision]):
    citation = cite(by_id["general-2022-106#item-14"], 1, TODAY, "zh-Hans")

    assert citation.effective_from is None
    assert citation.effective_to == date(2026, 3, 31)


def test_an_english_citation_is_in_english():
    citation = cite(LIMIT, 1, TODAY, "en")

    assert citation.number == "Sample Order No. 77"
    assert citation.label == "Article 2"
    assert "90 days" in citation.excerpt


@given(st.integers(1, 999).filter(lambda n: n not in {30, 77, 90}))
@settings(deadline=None)
def test_no_other_period_than_the_ones_in_the_provision_is_ever_said(days: int):
    assert dropped(f"认证决定在{days}日内作出。", LIMIT)


def test_an_answer_with_no_provable_statement_is_unknown(searching: Searching, quick_intents: Intents):
    """A guide that says more than it cites would be refused by the check; if it slips in, it is not said."""
    guide = GUIDE.replace("不是三类，第88号令分五个等级。", "异议在45日内答复。").replace(
        "现在还是三类吧", "异议几天答复"
    )
    sources = {**FILES, "sample-guide": guide, "sample-order-88": NEW}
    provisions = [p for name, source in sources.items() for p in parse(source, f"{name}.md")]
    assistant = Assistant(searching(provisions), quick_intents)

    answer = assistant.answer(Question(ASKED, TODAY))

    assert "45" not in answer.text
    assert answer.kind == "unknown"
    assert (answer.statements, answer.citations) == ((), ())
    assert "12360" in answer.missing
