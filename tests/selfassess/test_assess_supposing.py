"""Sentences that suppose something, and the exact answer."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import strategies as st

from selfassess.facts import Penalty
from selfassess.figures import read_figures
from selfassess.grades import Grade
from selfassess.loader import get_standard
from selfassess.profile import Profile
from selfassess.situation import Situation
from selfassess.suppose import GradeAt, IndicatorAt, OneMorePenalty, OneMoreRow
from selfassess.supposing import understand_supposition
from selfassess.supposition_report import what_if
from tests.selfassess.assess_cases import DAY, all_met, clean_records, table
from tests.selfassess.laws import law

ADVANCED = get_standard("advanced-2026")
CLEAN = Situation(ADVANCED, DAY, all_met(ADVANCED), Profile(production=True), clean_records())
FINE = OneMorePenalty(DAY, Decimal(60_000))


@pytest.mark.parametrize(
    ("sentence", "events"),
    [
        ("如果今年再被罚一次6万", [FINE]),
        ("如果今年再被罚一次六万元呢？", [FINE]),
        ("要是又被海关处罚6万块", [FINE]),
        ("如果今年再被罰一次6萬", [FINE]),
        ("what if we are fined 60,000 once more this year", [FINE]),
        ("再罚两次，每次3万", [OneMorePenalty(DAY, Decimal(30_000))] * 2),
        ("如果明年3月再被罚6万", [OneMorePenalty(date(2027, 3, 1), Decimal(60_000))]),
        ("如果2027年3月5日再被罚5万零1元", [OneMorePenalty(date(2027, 3, 5), Decimal(50_001))]),
        ("如果因为固废再被罚一次6万", [OneMorePenalty(DAY, Decimal(60_000), frozenset({"solid_waste"}))]),
        ("如果现金比率提到0.2", [IndicatorAt("cash_ratio", Fraction(1, 5))]),
        ("如果現金比率提到0.2", [IndicatorAt("cash_ratio", Fraction(1, 5))]),
        ("if the cash ratio rose to 0.2", [IndicatorAt("cash_ratio", Fraction(1, 5))]),
        ("资产负债率降到70%", [IndicatorAt("debt_to_asset_ratio", Fraction(7, 10))]),
        ("资产负债率降到70", [IndicatorAt("debt_to_asset_ratio", Fraction(7, 10))]),
        ("如果净利润变成100万", [IndicatorAt("net_profit", Fraction(1_000_000))]),
        ("如果第5项改成达标", [GradeAt("5", Grade.MET)]),
        ("如果第5、6项都达标", [GradeAt("5", Grade.MET), GradeAt("6", Grade.MET)]),
        ("if item 5 fails", [GradeAt("5", Grade.NOT_MET)]),
        ("第2项只是基本达标", [GradeAt("2", Grade.PARTLY_MET)]),
    ],
)
def test_the_events_of_a_sentence_are_understood(sentence: str, events: list[Any]) -> None:
    supposed = understand_supposition(sentence, ADVANCED, DAY)

    assert list(supposed.events) == events
    assert supposed.asks == ()


@pytest.mark.parametrize(
    ("sentence", "record"),
    [
        ("如果再被追征税款20万", "tax_recovery"),
        ("如果被列入异常名录", "abnormal_list"),
        ("如果税款逾期没缴", "overdue_payments"),
        ("如果公共信用评价变成C", "public_credit_rating"),
    ],
)
def test_other_records_can_be_supposed_too(sentence: str, record: str) -> None:
    (event,) = understand_supposition(sentence, ADVANCED, DAY).events

    assert isinstance(event, OneMoreRow)
    assert event.record == record


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("如果又被罚了", "罚多少钱"),
        ("如果再罚两次共6万", "每次各罚多少"),
        ("如果以后不再被罚", "预测"),
        ("如果现金比率提高", "变成多少"),
        ("如果第5项变了", "改成什么"),
        ("如果第99项达标", "没有第99项"),
        ("如果第18项基本达标", "没有这一档"),
        ("如果再罚100次每次1元", "最多假设20次"),
        ("今天天气不错", "没有听懂"),
        ("", "没有听懂"),
    ],
)
def test_what_is_missing_is_asked_back(sentence: str, asked: str) -> None:
    answer = what_if(CLEAN, sentence)

    assert any(asked in said for said in answer["asks"])
    assert "after" not in answer


def test_one_more_fine_of_60000_fails_the_single_limit_for_a_year() -> None:
    answer = what_if(CLEAN, "如果今年再被罚一次6万")

    assert answer["understood"] == ["2026-11-22再被海关处罚60,000元"]
    assert answer["changes"] == [{"no": "18", "before": "met", "after": "not_met"}]
    assert (answer["before"]["passed"], answer["after"]["passed"]) == (True, False)
    assert answer["recovery"]["all_pass_on"] == "2027-11-22"


def test_without_records_the_missing_figure_is_named_and_nothing_is_claimed() -> None:
    answer = what_if(Situation(ADVANCED, DAY, all_met(ADVANCED)), "如果今年再被罚一次6万")

    assert answer["changes"] == []
    assert answer["left_open"] == [{"no": "18", "possible": ["met", "not_met"], "needed": "还需要：上年度进出口总值"}]
    assert "没有读取" in answer["remarks"][0]


def test_a_cash_ratio_of_a_fifth_is_the_second_ratio_met() -> None:
    poor = read_figures({"现金比率": "0.19", "流动比率": "1.2", "资产负债率": "90%", "经营现金流负债比": "0.05"})
    sheet = {no: grade for no, grade in all_met(ADVANCED).items() if no != "13"}
    situation = Situation(ADVANCED, DAY, sheet, Profile(production=True), figures=poor)

    answer = what_if(situation, "如果现金比率提到0.2")

    assert answer["changes"] == [{"no": "13", "before": "partly_met", "after": "met"}]


@law(st.integers(1, 300_000), st.integers(0, 300_000), cases=30)
def test_the_sentence_says_what_the_engine_says_for_the_event(amount: int, earlier: int) -> None:
    rows = [Penalty("p", date(2026, 2, 1), Decimal(earlier))] if earlier else []
    situation = Situation(ADVANCED, DAY, {}, Profile(), clean_records(customs_penalties=table(*rows)))

    answer = what_if(situation, f"如果今年再被罚一次{amount}元")

    # 100 million yuan of trade: the 1/10,000 exception of item 18 reaches to 10,000, below its limit.
    failing = {"18": max(amount, earlier) > 50_000, "19": amount + earlier > 100_000}
    before = {"18": earlier > 50_000, "19": earlier > 100_000}
    assert {change["no"] for change in answer["changes"]} == {no for no in failing if failing[no] and not before[no]}
