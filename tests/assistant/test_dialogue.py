"""Follow-ups without a model: the question as it reads after the earlier ones."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.dialogue import Standalone, standalone
from assistant.models import Turn
from knowledge.terms import Terms, load_terms
from knowledge.text import clean, simplify

VOCABULARY = load_terms()
FRAGMENTS = ("那呢", "多久？", "它", "依据", "那认证企业呢", "高认", "2025年呢", "呢", "？")


def after(text: str, *earlier: str, terms: Terms = VOCABULARY) -> Standalone:
    """The question read after earlier ones."""
    return standalone(text, [Turn(question) for question in earlier], terms)


@pytest.mark.parametrize(
    ("earlier", "text", "has", "has_not"),
    [
        ("高级认证企业资产负债率要多少", "那认证企业呢？", ("认证企业资产负债率",), ("高级",)),
        ("高认的现金比率不能低于多少", "认证企业呢", ("认证企业", "现金比率"), ("高认",)),
        ("认证企业有没有协调员", "那高级认证企业呢", ("高级认证企业有没有协调员",), ()),
        ("失信企业的查验率是多少", "严重失信的呢？", ("严重失信", "查验率"), ()),
        ("高級認證企業資產負債率要多少", "那認證企業呢？", ("认证企业资产负债率",), ("高级",)),
        ("现金比率要多少", "那认证企业呢", ("认证企业", "现金比率"), ()),
        ("中国和日本有AEO互认吗", "澳大利亚呢", ("澳大利亚", "互认"), ("日本",)),
        ("中国和日本有AEO互认吗", "那韩国呢？", ("韩国", "互认"), ("日本",)),
        ("高级认证企业的现金比率要多少", "流动比率呢", ("高级认证企业", "流动比率"), ("现金比率",)),
        ("公示的信息有误怎么提异议", "多久？", ("异议", "多久"), ()),
        ("公示的信息有误怎么提异议", "多久能答复", ("异议", "多久"), ()),
        ("高认一年处罚金额不能超过多少", "次数呢？", ("高认", "次数"), ()),
        ("申请高级认证", "需要什么材料", ("高级认证", "材料"), ()),
        ("高级认证企业几年复核一次", "那2025年呢", ("2025年", "高级认证企业几年复核一次"), ()),
        ("现在认证要多久出结果", "2025年6月的时候呢", ("2025年6月", "认证要多久"), ("现在",)),
        ("2025年6月认证要多久", "那去年呢", ("去年", "认证要多久"), ("2025年",)),
        ("现在分几个等级", "以前呢", ("以前", "等级"), ()),
        ("认证决定要多少天", "旧办法是多少天？", ("旧办法", "认证"), ()),
        ("申请高级认证", "以前要多久", ("以前", "申请高级认证", "要多久"), ()),
        ("现在分几个等级", "老办法下呢？", ("老办法", "等级"), ("现在",)),
        ("旧办法失信多久能修复", "现在呢", ("现在", "失信多久能修复"), ("旧办法",)),
        ("2022年106号标准怎么才算通过", "那现在的呢", ("现在", "标准怎么才算通过"), ("2022", "106")),
        ("失信企业怎么恢复等级", "有没有例外", ("失信企业", "例外"), ()),
        ("失信企业的查验率是多少", "按照旧规呢", ("旧规", "失信企业的查验率"), ()),
        ("2026年标准怎样算通过", "2022年的呢", ("2022年标准怎样算通过",), ("2026",)),
        ("251号令下高认有哪些便利", "其中查验率是多少", ("251号令", "查验率"), ()),
        ("申请高级认证要走哪些步骤", "要准备什么材料", ("步骤，要准备什么材料",), ()),
        ("34号公告有几个附件", "高级认证有多少条", ("34号公告", "有多少条"), ()),
        ("什么是简易复核", "它适用于哪些企业", ("简易复核", "哪些企业"), ()),
        ("What is the cash ratio for advanced certified enterprises?", "What about certified enterprises?",
         ("certified enterprises", "cash ratio"), ("advanced",)),
        ("How long does certification take", "and in 2025?", ("2025", "certification"), ()),
        ("Does China have AEO recognition with Japan", "and Korea?", ("Korea", "recognition"), ("Japan",)),
    ],
)  # fmt: skip
def test_a_follow_up_takes_its_subject_from_the_question_before(
    earlier: str, text: str, has: tuple[str, ...], has_not: tuple[str, ...]
):
    resolved = after(text, earlier)

    assert resolved.follows
    assert not resolved.asks_basis
    assert [part for part in has if part not in resolved.text] == []
    assert [part for part in has_not if part in resolved.text] == []


@pytest.mark.parametrize(
    "text",
    [
        "依据是哪条？",
        "依据是什么",
        "哪条规定的",
        "出处是哪里？",
        "文号是多少",
        "凭什么",
        "依據是哪條？",
        "which article?",
        "What is the legal basis?",
        "says who?",
    ],
)
def test_a_question_for_the_basis_repeats_the_question_before(text: str):
    resolved = after(text, "高级认证企业几年复核一次")

    assert resolved == Standalone("高级认证企业几年复核一次", asks_basis=True, follows=True)


@pytest.mark.parametrize(
    "text",
    [
        "失信企业的查验率是多少",
        "简易复核是什么",
        "那高级认证企业几年复核一次",
        "新办法什么时候实施",
        "主动披露能不能免罚",
        "我们是一家贸易公司，去年被海关处罚过两次，想知道现在申请认证还来得及吗",
        "AEO互认的依据是什么文件",
        "中国和哪些国家有AEO互认",
        "How long is the review cycle of advanced certified enterprises?",
        "转人工",
    ],
)
def test_a_question_with_its_own_subject_stands_alone(text: str):
    resolved = after(text, "高级认证企业的现金比率要多少")

    assert resolved == Standalone(simplify(clean(text)))


@pytest.mark.parametrize("text", ["多久？", "那认证企业呢？", "依据是哪条？", "以前呢"])
def test_without_an_earlier_question_nothing_is_added(text: str):
    assert after(text) == Standalone(simplify(clean(text)))


def test_a_chain_of_follow_ups_is_resolved_turn_by_turn():
    resolved = after("流动比率呢", "高级认证企业的现金比率要多少", "那认证企业呢")

    assert "认证企业" in resolved.text
    assert "流动比率" in resolved.text
    assert "高级" not in resolved.text


def test_the_basis_after_a_chain_is_that_of_the_last_resolved_question():
    resolved = after("依据是哪条？", "高级认证企业的现金比率要多少", "那认证企业呢")

    assert resolved.asks_basis
    assert resolved.text == after("那认证企业呢", "高级认证企业的现金比率要多少").text


def test_a_question_that_stands_alone_starts_a_new_subject():
    resolved = after("多久？", "高级认证企业的现金比率要多少", "公示的信息有误怎么提异议")

    assert "异议" in resolved.text
    assert "现金比率" not in resolved.text


@given(st.lists(st.text(max_size=40), max_size=6), st.text(max_size=40))
@settings(deadline=None, max_examples=60)
def test_any_conversation_gives_one_question(earlier: list[str], text: str):
    assert isinstance(after(text, *earlier).text, str)


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=12))
@settings(deadline=None, max_examples=60)
def test_follow_ups_of_follow_ups_do_not_grow_without_end(turns: list[str]):
    resolved = after("那呢", "高级认证企业几年复核一次", *turns)

    assert len(resolved.text) < 200


@pytest.mark.parametrize(
    ("earlier", "follow_up", "meant"),
    [
        ("现金比率0.15够不够", "那资产负债率96%呢", "资产负债率96%够吗"),
        ("高认现金比率0.15够不够", "那资产负债率96%呢", "高认资产负债率96%够吗"),
        ("Is a cash ratio of 0.15 enough?", "and a current ratio of 0.7?", "a current ratio of 0.7"),
    ],
)
def test_another_indicator_brings_its_own_figure(earlier: str, follow_up: str, meant: str, terms: Terms):
    assert standalone(follow_up, [Turn(earlier)], terms).text == meant


def test_one_aspect_after_another_is_asked_of_the_question_that_has_a_subject():
    resolved = after("多久出结果", "申请高级认证要走哪些步骤", "要准备什么材料")

    assert "步骤" in resolved.text
    assert "材料" not in resolved.text


def test_a_level_and_a_subject_of_its_own_need_no_earlier_question():
    assert not after("旧规下高认的查验率呢", "失信企业怎么恢复等级").follows


def test_asking_what_was_replaced_is_not_asking_for_the_basis():
    assert not after("它替代了哪个令", "282号令什么时候施行").asks_basis
