"""Notation does not matter to proof: the same fact in any writing, and never one fact for another."""

from __future__ import annotations

from itertools import combinations, permutations

import pytest

from knowledge.facts import Fact, facts_of, unproven

SAME = {
    "five_ten_thousand": "5万元 50000元 50,000元 五万元 ５万元 5萬元 CNY|50,000 RMB|50,000 ¥50,000 CNY|50000 CNY50,000",
    "a_million": "100万元 一百万元 1,000,000元 CNY|1,000,000 CNY|1|million RMB|1|million",
    "two_and_a_half_million": "250万元 二百五十万元 2,500,000元 CNY|2,500,000 CNY|2.5|million",
    "a_hundred_million": "1亿元 一亿元 10000万元 100,000,000元 CNY|100|million 1億元",
    "thirty_thousand": "3万元 三万元 30000元 CNY|30,000",
    "eight_thousand": "8000元 八千元 8,000元 0.8万元 8千元 CNY|8,000 CNY|8|thousand",
    "a_thousandth": "千分之一 0.1% 0.1|percent 0.1|per|cent 1/1,000 1/1000 ０.１％ 1‰ 1|per|mille",
    "five_ten_thousandths": "万分之五 0.05% 5/10,000 萬分之五",
    "a_ten_thousandth": "万分之一 0.01% 1/10,000 萬分之一",
    "ten_percent": "10% 百分之十 10|percent 10|per|cent １０％ 10.0%",
    "eighty_percent": "80% 百分之八十 80|per|cent",
    "a_half_percent": "0.5% 千分之五 5/1,000 百分之0.5",
    "a_day": "2026-04-01 2026年4月1日 2026年04月01日 二〇二六年四月一日 二零二六年四月一日 1|April|2026 April|1,|2026 "
    "1|Apr|2026 Apr.|1,|2026 2026/4/1 2026.4.1 2026年4月1号",
    "a_day_in_december": "2025-12-31 2025年12月31日 二〇二五年十二月三十一日 31|December|2025 31|Dec.|2025",
    "a_month": "2026年4月 2026-04 二〇二六年四月 April|2026 Apr|2026",
    "a_day_of_every_year": "6月30日 六月三十日 30|June 6月30号",
    "ninety_days": "90日 九十日 90天 九十天 90|days 90日内 90|日",
    "five_working_days": "5个工作日 五个工作日 5|working|days five|working|days 5工作日",
    "six_months": "6个月 六个月 6|months six|months",
    "one_month": "1个月 一个月 1|month one|month",
    "five_years": "5年 五年 5|years five|years",
    "two_years": "2年 二年 两年 兩年 2|years two|years",
    "one_year": "1年 一年 1|year one|year",
    "three_times": "3次 三次 3|times three|times",
    "fifty_documents": "50票 五十票",
    "twelve_hours": "12小时 十二小时 12|hours twelve|hours",
    "an_announcement": "公告2026年第34号 海关总署公告2026年第34号 2026年第34号 Announcement|2026|No.|34 "
    "GACC|Announcement|2026|No.|34 Announcement|No.|34|of|2026 2026-34 海關總署公告2026年第34號",
    "a_letter": "国办函〔2026〕40号 國辦函〔2026〕40號 国办函[2026]40号 letter|2026|No.|40",
    "an_order": "第282号令 282号令 海关总署令第282号 Order|282 GACC|Order|No.|282 Order|No.|282",
    "an_article": "第四条 第4条 Article|4 article|4 art.|4",
    "article_twenty_two": "第二十二条 第22条 Article|22",
    "an_item": "第13项 第十三项 Item|13 item|13 第13項",
    "advanced": "高级认证企业 高級認證企業 advanced|certified|enterprises an|Advanced|Certified|Enterprise",
    "certified": "认证企业 認證企業 a|certified|enterprise certified|enterprises",
    "regular": "常规企业 常規企業 regular|enterprises",
    "discredited": "失信企业 失信企業 a|discredited|enterprise",
    "serious": "严重失信企业 嚴重失信企業 seriously|discredited|enterprises",
    "ordinary": "一般认证企业 一般認證企業 ordinary|certified|enterprises",
}  # fmt: skip


def writings(name: str) -> list[str]:
    """The ways to write one fact."""
    return [text.replace("|", " ") for text in SAME[name].split(" ")]


@pytest.mark.parametrize("name", SAME)
def test_every_writing_of_a_fact_proves_every_other(name: str):
    pairs = permutations(writings(name), 2)

    failed = [f"{a} by {b}: {unproven(a, facts_of(b))}" for a, b in pairs if unproven(a, facts_of(b))]

    assert failed == []


@pytest.mark.parametrize("name", SAME)
def test_every_writing_of_a_fact_is_seen_as_a_claim(name: str):
    assert [text for text in writings(name) if not facts_of(text)] == []


def test_no_writing_of_one_fact_proves_another_fact():
    allowed = {("a_month", "a_day")}  # a day proves its month
    confused = [
        (a, b, one, other)
        for a, b in permutations(SAME, 2)
        if (a, b) not in allowed
        for one in writings(a)[:3]
        for other in writings(b)[:3]
        if not unproven(one, facts_of(other))
    ]

    assert confused == []


DIFFERENT = [
    ("5万元", "50万元"), ("5万元", "5元"), ("5万元", "6万元"), ("5万元", "5亿元"), ("10万元", "10%"),
    ("90日", "90个工作日"), ("90日", "30日"), ("90日", "90个月"), ("1年", "1个月"), ("3个月", "3年"), ("5年", "5次"),
    ("千分之一", "万分之一"), ("千分之一", "千分之五"), ("10%", "1%"), ("10%", "10.5%"), ("0.2", "0.1"), ("0.2", "2"),
    ("2026-04-01", "2025-04-01"), ("2026-04-01", "2026-04-10"), ("2026-04-01", "2026-01-04"),
    ("2026年4月", "2026年5月"), ("2026年", "2025年"), ("6月30日", "6月3日"),
    ("公告2026年第34号", "公告2022年第34号"), ("公告2026年第34号", "公告2026年第31号"), ("第282号令", "第251号令"),
    ("第四条", "第十四条"), ("第4条", "第40条"), ("第13项", "第31项"), ("第13项", "第13条"),
    ("高级认证企业", "认证企业"), ("认证企业", "高级认证企业"), ("失信企业", "严重失信企业"),
    ("严重失信企业", "失信企业"), ("一般认证企业", "认证企业"), ("认证企业", "常规企业"),
    ("advanced certified enterprises", "certified enterprises"), ("5 working days", "5 days"),
    ("CNY 50,000", "CNY 500,000"), ("CNY 1 million", "CNY 1"), ("CNY 1 billion", "CNY 1"), ("Article 4", "Article 14"),
    ("2年", "2026-04-01"), ("1个月", "2026年1月"), ("2026年10月", "公告2026年第104号"), ("公告2026年第4号", "2026-04"),
    ("50/1,000", "5"), ("10%", "10"), ("5%", "5‰"), ("第四条", "4"), ("5千元", "1000元"), ("1,000%", "0%"),
    ("106月30日", "6月30日"), ("2026-04-105", "2026-04-10, 5"), ("公告2026年第40号", "国办函〔2026〕40号"),
    ("Announcement No. 34 of 2026", "公告2022年第34号，2026-04-01起施行"), ("第34号令", "第34号公告"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "held"), DIFFERENT, ids=[f"{a} is not {b}" for a, b in DIFFERENT])
def test_a_fact_is_not_proved_by_one_that_only_looks_like_it(said: str, held: str):
    assert unproven(said, facts_of(held))


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ("2026年4月起", "2026-04-01"),
        ("自2026年起", "2026年4月1日"),
        ("4月1日", "2026-04-01"),
        ("in 2026", "1 April 2026"),
    ],
)
def test_a_day_proves_its_month_its_year_and_its_day_of_the_year(said: str, held: str):
    assert not unproven(said, facts_of(held))
    assert unproven(held, facts_of(said))


def test_words_without_a_checkable_claim_hold_no_facts():
    for text in (
        "海关提供信用培育服务。",
        "Customs offers credit cultivation.",
        "",
        "同一份材料，每年都要",
        "这次不算",
        "这一次、那两项、某一年",
    ):
        assert facts_of(text) == frozenset(), text


def test_a_number_glued_to_other_words_is_still_a_claim():
    assert Fact("times", "3") in facts_of("一年罚了3次共8万元")
    assert Fact("money", "80000") in facts_of("一年罚了3次共8万元")
    assert {Fact("percent", "85"), Fact("percent", "75")} <= facts_of("85%（生产型）/75%（非生产型）")
    assert {Fact("day", "90"), Fact("day", "30")} <= facts_of("90日，特殊情形再加30日")
    assert {fact.value for fact in facts_of("现金比率≥0.2、流动比率≥1.0")} == {"0.2", "1"}


def test_a_number_behind_a_comma_or_a_word_for_each_is_still_a_claim():
    assert facts_of("查验率以此为准，10%。") == {Fact("percent", "10")}
    assert facts_of("加收，3‰") == {Fact("percent", "0.3")}
    assert facts_of("累计，3次，5万元") == {Fact("times", "3"), Fact("money", "50000")}
    assert facts_of("各三十日、各3次") == {Fact("day", "30"), Fact("times", "3")}


def test_two_levels_in_one_sentence_are_two_claims():
    held = facts_of("高级认证企业和认证企业都是AEO。")

    assert {fact.value for fact in held} == {"advanced_certified", "certified"}


@pytest.mark.parametrize(("a", "b"), list(combinations(("5万元", "CNY 50,000", "50000元"), 2)))
def test_one_amount_is_one_and_the_same_fact(a: str, b: str):
    assert facts_of(a) == facts_of(b) == {Fact("money", "50000")}
