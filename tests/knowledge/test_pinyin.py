"""Questions typed in pinyin are read in the characters that most likely are meant."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from knowledge.models import Provision
from knowledge.pinyin import PinyinReader
from knowledge.search import Search
from knowledge.text import CJK

KNOWN = (
    "高认多久复核一次",
    "失信企业怎么恢复等级",
    "现金比率要多少才够",
    "认证要多久出结果",
    "怎么申请信用修复",
    "我们去年被罚了，还能申请吗",
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
        ("xianjin bilv 0.15 gou", "现金比率0.15够"),
        ("AEO renzheng yao duojiu chu jieguo", "aeo认证要多久出结果"),
        ("renzheng duojiu chu jieguo", "认证多久出结果"),
        ("women qunian bei fa le 6 ci hai neng shenqing", "我们去年被罚了6次还能申请"),
    ],
)
def test_a_question_in_pinyin_is_read_in_characters(typed: str, meant: str):
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
        "ci ji yi du",
    ],
)
def test_what_is_no_pinyin_or_makes_no_sense_is_left_alone(typed: str):
    assert READER.read(typed) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("renzheng qiye de chayanlv shi duoshao", "认证企业的查验率是多少"),
        ("zhudong pilu you shenme haochu", "主动披露有什么好处"),
        ("women qunian bei fa le 6 wan hai neng shenqing gaoji renzheng ma", "我们去年被罚了6万还能申请高级认证吗"),
        ("shixin qiye zenme xiufu", "失信企业怎么修复"),
        ("jinkou hongjiu guanshui duoshao", "进口红酒关税多少"),
    ],
)
def test_the_words_of_the_knowledge_base_are_enough_to_read_new_questions(typed: str, meant: str, quick_search: Search):
    assert quick_search.pinyin.read(typed) == meant


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
def test_any_letters_are_read_in_characters_or_not_at_all(typed: str):
    read = READER.read(typed)

    assert read is None or (CJK.search(read) and len(read) <= len(typed))
