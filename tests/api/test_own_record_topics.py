"""Which questions ask for a fact of the own record, and which ask for a rule."""

from __future__ import annotations

import pytest

from api.usecases.own_record.topics import Topic, asks_own_record, names_another, topic_of, without_own_words

FACTS = {
    "我们现在是什么等级": Topic.LEVEL, "我们是高级认证企业吗": Topic.LEVEL, "我們現在是什麼等級？": Topic.LEVEL,
    "我的企业最近有什么处罚": Topic.PENALTIES, "我司近一年被罚过几次": Topic.PENALTIES,
    "查验率多少": Topic.CLEARANCE, "我们公司查验率是多少": Topic.CLEARANCE,
    "我们公司什么时候复核": Topic.REVIEW, "下次复核是什么时候": Topic.REVIEW, "When is our next review?": Topic.REVIEW,
    "我们的认证案件办到哪一步了": Topic.CASES, "我们有没有被列入异常名录": Topic.LISTINGS,
    "我们的画像得分怎么样": Topic.PROFILE, "我们有联合惩戒吗": Topic.MEASURES, "我们的协调员是谁": Topic.COORDINATOR,
    "我们被公示了什么": Topic.PUBLICATIONS, "我们企业信用等级历史": Topic.HISTORY,
    "do we have any penalties": Topic.PENALTIES, "what is our inspection rate": Topic.CLEARANCE,
    "what is our credit level": Topic.LEVEL,
}  # fmt: skip
RULES = (
    "我们被罚3万会影响高认吗", "如果我们再被罚一次，等级会降吗", "我们怎么申请认证", "高级认证企业多久复核一次",
    "我们要怎样修复信用", "查验率是怎么规定的", "什么是企业画像", "我们需要什么条件才能升级", "AEO是什么",
    "把我们的处罚记录删掉", "我们高认，报关行是失信的，同一票货按哪个等级查",
    "Our current ratio is 0.92. Enough for the level?",
    "Can we apply if we were fined?", "What happens to our level if we are penalised", "失信企业的查验率是多少",
)  # fmt: skip


@pytest.mark.parametrize(("question", "topic"), FACTS.items())
def test_a_question_for_a_fact_of_the_own_record_is_known_with_its_part(question: str, topic: Topic):
    assert asks_own_record(question)
    assert topic_of(question) is topic


@pytest.mark.parametrize("question", RULES)
def test_a_question_about_rules_stays_one_whoever_asks(question: str):
    assert not asks_own_record(question)


def test_a_short_further_question_goes_on_about_the_record():
    assert asks_own_record("那处罚呢？", ("我们现在是什么等级？",))
    assert not asks_own_record("那处罚呢？", ("高级认证企业多久复核一次？",))


@pytest.mark.parametrize(
    ("question", "another"),
    [
        ("91990000023724415H的等级", True), ("Y100000000是什么等级", False), ("91990000000554337F的等级", False),
        ("我们的供应商示例南岭和峰生物医药有限公司是什么等级", True),
        ("示例东屿辉杰泽创供应链管理有限公司的等级", False),
        ("东屿辉杰泽创供应链管理有限公司的等级", False), ("我们公司的等级", False),
    ],
)  # fmt: skip
def test_an_enterprise_that_is_not_the_own_is_noticed(question: str, another: bool):
    own = frozenset({"91990000000554337F", "Y100000000"})

    assert names_another(question, own, "示例东屿辉杰泽创供应链管理有限公司") is another


def test_a_question_how_to_do_something_loses_the_words_that_point_at_the_asker():
    assert without_own_words("我们怎么申请认证") == "怎么申请认证"
    assert without_own_words("How do we apply for certification?") == "How do apply for certification?"
    assert without_own_words("我们现在是什么等级") is None
