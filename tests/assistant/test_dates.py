"""Which day a question is about. All questions are asked on 2026-11-22."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.date_words import date_words
from assistant.dates import asked_day
from knowledge.models import Document, Provision
from knowledge.text import clean, simplify

TODAY = date(2026, 11, 22)
OLD_RULE = "2026-03-31"
WORDS = (
    "0 1 2 9 20 19 2025 年 月 日 号 - / . 第 〔 〕 前 后 之前 起 去年 前年 个月 现在 旧 办法 April June , of 十 九 两"
).split()


def day_of(text: str, named: tuple[Document, ...] = ()) -> str:
    """The day a question is about, as typed."""
    return asked_day(simplify(clean(text)), TODAY, None, named).on.isoformat()


DAYS = {
    "2025年6月1日的时候认证要多久": "2025-06-01", "2025-06-01认证要多久": "2025-06-01", "2025/6/1的规定": "2025-06-01",
    "2025.6.1那天": "2025-06-01", "2025年6月1号被罚": "2025-06-01", "２０２５年６月１日": "2025-06-01",
    "二〇二五年六月一日的规定": "2025-06-01", "on 1 June 2025": "2025-06-01", "on June 1, 2025": "2025-06-01",
    "as of 1st June 2025": "2025-06-01", "on Jun. 1st, 2025": "2025-06-01", "on 2025-06-01": "2025-06-01",
    "去年6月15日的处罚按哪个规定": "2025-06-15", "今年3月31日": "2026-03-31", "3月31日提交的申请": "2026-03-31",
    "四月一日当天": "2026-04-01", "12月1日那天": "2026-12-01", "昨天被罚了": "2026-11-21", "yesterday": "2026-11-21",
}  # fmt: skip
PERIODS = {
    "2025年6月的时候，认证要多久": ("2025-06-01", "2025-06-01", "2025-06-30"),
    "2025年六月的时候": ("2025-06-01", "2025-06-01", "2025-06-30"),
    "in June 2025": ("2025-06-01", "2025-06-01", "2025-06-30"),
    "去年十月我们申请": ("2025-10-01", "2025-10-01", "2025-10-31"),
    "今年3月的时候": ("2026-03-01", "2026-03-01", "2026-03-31"),
    "2023年那会儿": ("2023-07-01", "2023-01-01", "2023-12-31"),
    "2019年的时候高认几年重新认证": ("2019-07-01", "2019-01-01", "2019-12-31"),
    "in 2023": ("2023-07-01", "2023-01-01", "2023-12-31"),
    "2024年底的认定": ("2024-12-31", "2024-01-01", "2024-12-31"),
    "2024年年底的认定": ("2024-12-31", "2024-01-01", "2024-12-31"),
    "2024年初的认定": ("2024-01-01", "2024-01-01", "2024-12-31"),
    "去年处罚的按什么规定": ("2025-07-01", "2025-01-01", "2025-12-31"),
    "前年被处罚": ("2024-07-01", "2024-01-01", "2024-12-31"),
    "大前年的规定": ("2023-07-01", "2023-01-01", "2023-12-31"),
    "the rules of last year": ("2025-07-01", "2025-01-01", "2025-12-31"),
    "2026年的规则": ("2026-11-22", "2026-01-01", "2026-12-31"),
    "今年的规定": ("2026-11-22", "2026-01-01", "2026-12-31"),
    "今年年初被罚的按哪个办法": ("2026-01-01", "2026-01-01", "2026-12-31"),
    "2025-06的时候": ("2025-06-01", "2025-06-01", "2025-06-30"),
    "二〇二四年被罚3次": ("2024-07-01", "2024-01-01", "2024-12-31"),
    "2025年3次处罚": ("2025-07-01", "2025-01-01", "2025-12-31"),
    "明年申请": ("2027-07-01", "2027-01-01", "2027-12-31"),
}
RELATIVE = {
    "上个月被罚": "2026-10-22", "last month": "2026-10-22", "下个月申请": "2026-12-22", "三个月前被罚": "2026-08-22",
    "3个月之前": "2026-08-22", "两年前的规定": "2024-11-22", "2年以前": "2024-11-22", "十年前": "2016-11-22",
    "5 years ago": "2021-11-22", "6 months ago": "2026-05-22",
}  # fmt: skip
BORDERS = {
    "2026年4月1日前受理的": OLD_RULE, "2026年4月1日之前的处罚": OLD_RULE, "4月1日之前被罚": OLD_RULE,
    "4月1日以前": OLD_RULE, "before 1 April 2026": OLD_RULE, "prior to April 1, 2026": OLD_RULE,
    "2024年底之前": "2024-12-30", "2021年11月以前的规定": "2021-10-31", "2018年以前": "2017-12-31",
    "until 2018-05-01": "2018-04-30",
    "4月1日之后申请": "2026-11-22", "2026年4月1日起": "2026-11-22", "2026年4月以后": "2026-11-22",
    "4月1日后": "2026-11-22", "2026年4月1日新规之后": "2026-11-22", "2027年1月1日之后": "2027-01-01",
    "4月1号新办法之后我们2023年评上的高认还算不算数": "2026-11-22",
}  # fmt: skip
OLD = (
    "旧办法怎么规定的", "旧规认证要多少天", "老规定多久", "旧标准的财务要求", "老办法下失信多久能修复", "旧的办法",
    "新规实施之前认证多久", "新办法出台前", "改革前高认怎么复核", "以前的规定是几天", "过去的标准", "原来的办法",
    "以前，企业分几个等级", "under the old measures", "under the previous rules", "the former order",
    "舊辦法怎麼規定", "旧令的时限",
)  # fmt: skip
ABOUT_TODAY = (
    "高级认证企业几年复核一次", "现在认证要多久", "目前的规定", "currently how long", "公告2026年第34号说了什么",
    "2026年34号公告", "公告2022年第106号还有效吗", "2023-127号公告过期了吗", "国办函〔2026〕40号", "2026-34",
    "Announcement No. 106 of 2022: is it still valid", "ISO27001证书要不要", "打12360", "282号令第四条",
    "每年6月30日前报什么", "每年6月30日要交审计报告吗", "一年罚了3次共8万", "最近1年内", "连续2年没有违规",
    "系统数据保存3年以上", "高认5年复核一次吗", "满2年能修复吗", "罚款6万元", "第6条第3项", "现金比率0.15",
    "去年进出口8亿，被罚7万，高认单次处罚能过吗", "去年纳税3000万，被追征12万行不行", "去年营业额1000万",
    "去年被罚了6万，还能申请高级认证吗",
    "前年被处罚过，影响申请认证吗", "last year we were fined, can we still apply",
    "现在还按2025年的办法吗", "2025年被罚的现在申请高认算不算", "251号令和282号令有什么区别",
    "旧办法和新办法比变了什么", "4月1日之前申请的认证按哪个标准", "去年拿的高认，四月以后还算高认吗",
    "盈利能力考哪几个数，去年净利是负的", "哪个公告把2022年的高认标准顶掉了",
    "2025年的老规矩还有效吗", "2022年6月1日的办法废止了吗", "新旧标准的差异",
    "old and new measures compared", "旧办法是不是废止了",
    "",
)  # fmt: skip


@pytest.mark.parametrize("text", DAYS)
def test_a_day_named_in_the_question_is_the_day(text: str):
    assert day_of(text) == DAYS[text]


@pytest.mark.parametrize("text", PERIODS)
def test_a_month_stands_for_its_first_day_and_a_year_for_its_middle(text: str):
    asked = asked_day(simplify(clean(text)), TODAY)

    assert (asked.on.isoformat(), asked.first.isoformat(), asked.last.isoformat()) == PERIODS[text]
    assert not asked.is_open


@pytest.mark.parametrize("text", RELATIVE)
def test_time_counted_from_today_is_read(text: str):
    assert day_of(text) == RELATIVE[text]


@pytest.mark.parametrize("text", BORDERS)
def test_before_and_after_a_day_are_read(text: str):
    assert day_of(text) == BORDERS[text]


@pytest.mark.parametrize("text", OLD)
def test_the_old_measures_mean_the_day_before_the_new_ones(text: str):
    asked = asked_day(simplify(clean(text)), TODAY)

    assert asked.on.isoformat() == OLD_RULE
    assert not asked.is_open


@pytest.mark.parametrize("text", ABOUT_TODAY)
def test_numbers_of_documents_figures_and_comparisons_leave_the_day_open(text: str):
    asked = asked_day(simplify(clean(text)), TODAY)

    assert asked.on == TODAY
    assert asked.is_open


@pytest.mark.parametrize("text", [*DAYS, *PERIODS, *OLD[:3], "现在"])
def test_a_day_picked_by_the_person_wins_over_all_words(text: str):
    asked = asked_day(text, TODAY, date(2022, 6, 1))

    assert (asked.on, asked.how, asked.is_open) == (date(2022, 6, 1), "chosen", False)


@pytest.fixture(scope="module")
def orders(provisions: list[Provision]) -> dict[str, Document]:
    """The documents by id."""
    return {p.document.id: p.document for p in provisions}


@pytest.mark.parametrize(
    ("text", "document", "day"),
    [
        ("251号令第二十二条", "gacc-order-251", "2026-03-31"),
        ("237号令那时一般认证企业查验率是多少", "gacc-order-237", "2021-10-31"),
        ("225号令公示几年", "gacc-order-225", "2018-04-30"),
        ("282号令第四条", "gacc-order-282", "2026-11-22"),
        ("251号令还有效吗", "gacc-order-251", "2026-11-22"),
        ("2024年按251号令", "gacc-order-251", "2024-07-01"),
    ],
)
def test_a_document_that_has_ended_is_asked_about_on_its_last_day(
    text: str, document: str, day: str, orders: dict[str, Document]
):
    assert day_of(text, (orders[document],)) == day


def test_the_words_of_a_date_can_be_taken_out_of_a_question():
    assert date_words("那2025年6月的时候呢") == "2025年6月"
    assert date_words("那去年呢") == "去年"
    assert date_words("公告2026年第34号") == ""


@given(st.text(max_size=120), st.dates(date(2000, 1, 1), date(2100, 12, 31)))
@example("2025年2月30日", TODAY)
@example("9999年99月99日", TODAY)
@example("0000-00-00", TODAY)
@example("九九年前", date(2024, 2, 29))
@example("1个月前", date(2024, 3, 31))
@example("2月29日", TODAY)
def test_any_text_is_about_some_day(text: str, today: date):
    asked = asked_day(simplify(clean(text)), today)

    assert asked.first <= asked.last


@given(
    st.lists(
        st.sampled_from(WORDS),
        max_size=14,
    )
)  # fmt: skip
def test_any_mixture_of_date_words_is_about_some_day(words: list[str]):
    asked = asked_day("".join(words), TODAY)

    assert date(1800, 1, 1) < asked.on < date(2200, 1, 1)
    date_words("".join(words))
