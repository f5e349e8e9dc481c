"""Asking back when a question is too short, and what is said where no rule is asked for."""

from __future__ import annotations

import pytest

from assistant.clarify import Clarifier
from assistant.intents import Intents
from assistant.replies import reply_to
from assistant.router import Decision
from knowledge.models import Provision
from knowledge.text import CJK, clean, simplify

CLARIFIER = Clarifier()
KINDS = {
    "record": "record", "assessment": "assessment", "handoff": "handoff", "refused": "refused",
    "greeting": "clarify", "out_of_scope": "out_of_scope",
}  # fmt: skip
VAGUE = (
    "多久", "要多久？", "多长时间", "请问要多久", "什么条件", "有什么要求", "需要什么材料", "要准备什么资料",
    "怎么申请",
    "怎么办理", "流程", "怎么查", "被罚了怎么办", "被处罚有影响吗", "有什么好处", "有啥用", "怎么办", "咋办", "帮帮我",
    "可以吗", "能申请吗", "多少", "比例", "海关信用", "政策", "標準", "要多久啊", "那多久呢",
)  # fmt: skip
VAGUE_EN = (
    "how long",
    "How long does it take?",
    "requirements",
    "documents",
    "how to apply",
    "help",
    "benefits",
    "fined",
)
CLEAR = (
    "认证要多久", "高认的条件", "认证企业需要什么材料", "怎么申请AEO认证", "怎么查企业等级", "失信了怎么办", "AEO",
    "高认",
    "简易复核", "282号令", "信用修复", "主动披露", "查验率", "被罚了6万怎么办", "高级认证企业有什么好处", "cash ratio",
    "What is AEO?", "how long does certification take", "",
)  # fmt: skip


@pytest.mark.parametrize("text", VAGUE)
def test_a_bare_question_is_asked_back_with_choices(text: str):
    clarification = CLARIFIER.needed(simplify(clean(text)), "zh-Hans")

    assert clarification is not None
    assert clarification.prompt.endswith("？")
    assert len(clarification.choices) >= 3


@pytest.mark.parametrize("text", VAGUE_EN)
def test_a_bare_english_question_is_asked_back_in_english(text: str):
    clarification = CLARIFIER.needed(clean(text), "en")

    assert clarification is not None
    assert not any(CJK.search(part) for part in (clarification.prompt, *clarification.choices))


@pytest.mark.parametrize("text", CLEAR)
def test_a_question_that_names_its_subject_is_not_asked_back(text: str):
    assert CLARIFIER.needed(simplify(clean(text)), "zh-Hans") is None
    assert CLARIFIER.needed(simplify(clean(text)), "en") is None


def test_no_question_of_the_knowledge_base_is_asked_back(provisions: list[Provision]):
    asks = {ask for provision in provisions for ask in provision.asks}
    language = {ask: "zh-Hans" if CJK.search(ask) else "en" for ask in asks}

    assert [ask for ask in asks if CLARIFIER.needed(simplify(clean(ask)), language[ask])] == []


def test_a_choice_is_never_itself_asked_back():
    for text, language in [(text, "zh-Hans") for text in VAGUE] + [(text, "en") for text in VAGUE_EN]:
        clarification = CLARIFIER.needed(simplify(clean(text)), language)
        assert clarification is not None
        for choice in clarification.choices:
            assert CLARIFIER.needed(simplify(clean(choice)), language) is None, choice


@pytest.mark.parametrize("route", KINDS)
@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_every_reply_is_of_its_kind_and_in_the_language_asked(route: str, language: str):
    reply = reply_to(Decision(route), language)

    assert reply.kind == KINDS[route]
    assert bool(CJK.search(reply.text)) is (language != "en")
    assert all(bool(CJK.search(choice)) is (language != "en") for choice in reply.choices)
    assert "！" not in reply.text
    assert "!" not in reply.text


@pytest.mark.parametrize("route", ["handoff", "out_of_scope"])
@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_a_person_is_told_whom_to_call(route: str, language: str):
    assert "12360" in reply_to(Decision(route), language).text


@pytest.mark.parametrize(("language", "lawful"), [("zh-Hans", "主动"), ("en", "disclose")])
def test_a_refusal_names_the_lawful_way(language: str, lawful: str):
    assert lawful in reply_to(Decision("refused"), language).text


def test_what_is_outside_our_scope_gets_its_own_pointer(quick_intents: Intents):
    tariff = next(i for i in quick_intents.intents if i.name == "tariff")
    refund = next(i for i in quick_intents.intents if i.name == "tax_refund")

    assert "税则" in reply_to(Decision("out_of_scope", tariff), "zh-Hans").text
    assert "12366" in reply_to(Decision("out_of_scope", refund), "zh-Hans").text
    assert reply_to(Decision("out_of_scope", tariff), "en").text == tariff.en


def test_out_of_scope_and_greetings_offer_questions_that_can_be_answered():
    for route in ("greeting", "out_of_scope"):
        for language in ("zh-Hans", "en"):
            assert len(reply_to(Decision(route), language).choices) >= 3
