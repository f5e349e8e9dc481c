"""Questions typed in pinyin are read as the known question that sounds like them."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from knowledge.models import Provision
from knowledge.pinyin import PinyinReader

KNOWN = (
    "高认多久复核一次",
    "失信企业怎么恢复等级",
    "现金比率要多少",
    "认证要多久出结果",
    "怎么申请信用修复",
    "How long does certification take",
)
READER = PinyinReader(KNOWN)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gaoren duojiu fuhe yici", "高认多久复核一次"),
        ("gao ren duo jiu fu he yi ci", "高认多久复核一次"),
        ("gaorenduojiufuheyici", "高认多久复核一次"),
        ("Gaoren duojiu fuhe yici?", "高认多久复核一次"),
        ("shixin qiye zenme huifu dengji", "失信企业怎么恢复等级"),
        ("xianjin bilv yao duoshao", "现金比率要多少"),
        ("renzheng yao duojiu chu jieguo", "认证要多久出结果"),
        ("renzheng duojiu chu jieguo", "认证要多久出结果"),
        ("zenme shenqing xinyong xiufu", "怎么申请信用修复"),
    ],
)
def test_a_question_in_pinyin_is_read(typed: str, meant: str):
    assert READER.read(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "AEO",
        "gaoren",
        "How long does certification take",
        "what is the cash ratio",
        "can we apply",
        "高认多久复核一次",
        "gaoren 多久 fuhe",
        "wo yao chi fan he kafei",
        "123 456",
        "a e i o u",
        "he she me you",
    ],
)
def test_what_is_no_known_question_in_pinyin_is_left_alone(typed: str):
    assert READER.read(typed) is None


def test_english_questions_of_the_knowledge_base_are_never_read_as_pinyin(provisions: list[Provision]):
    reader = PinyinReader([ask for provision in provisions for ask in provision.asks])
    english = [ask for provision in provisions for ask in provision.asks if ask.isascii()]

    misread = {ask: reader.read(ask) for ask in english if reader.read(ask)}

    assert len(english) > 100
    assert misread == {}


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz ',.?!0123456789", max_size=80))
@settings(deadline=None, max_examples=100)
@example("a" * 2000)
@example("zhuang" * 60)
def test_any_letters_are_read_as_a_known_question_or_not_at_all(typed: str):
    assert READER.read(typed) in {None, *KNOWN}
