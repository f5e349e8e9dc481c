"""The enterprise's own figures, read out of a question."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.figures import figures_in, production_type
from knowledge.text import clean, simplify

SUM, COUNT, SINGLE = "customs_penalty_sum", "customs_penalty_count", "single_customs_penalty_amount"
TRADE, DOCUMENTS = "previous_year_trade_value", "previous_year_documents"
CASES = {
    "现金比率0.15够吗": {"cash_ratio": "0.15"},
    "现金比率是0.15": {"cash_ratio": "0.15"},
    "现金比率只有 0.15": {"cash_ratio": "0.15"},
    "我们的现金比率为０．１５": {"cash_ratio": "0.15"},
    "現金比率0.15夠不夠": {"cash_ratio": "0.15"},
    "现金比率15%": {"cash_ratio": "0.15"},
    "cash ratio of 0.15": {"cash_ratio": "0.15"},
    "cash ratio is 0.15": {"cash_ratio": "0.15"},
    "流动比率1.0": {"current_ratio": "1"},
    "current ratio 0.9": {"current_ratio": "0.9"},
    "经营现金流负债比-0.02": {"operating_cash_flow_to_debt": "-0.02"},
    "资产负债率80%": {"debt_to_asset_ratio": "80"},
    "资产负债率80": {"debt_to_asset_ratio": "80"},
    "资产负债率0.8": {"debt_to_asset_ratio": "80"},
    "负债率百分之八十": {"debt_to_asset_ratio": "80"},
    "debt-to-asset ratio of 80%": {"debt_to_asset_ratio": "80"},
    "毛利率0.5%": {"gross_margin": "0.5"},
    "营业利润率1%，毛利率2%": {"operating_profit_margin": "1", "gross_margin": "2"},
    "总资产报酬率3%": {"return_on_total_assets": "3"},
    "现金比率0.25，流动比率1.2": {"cash_ratio": "0.25", "current_ratio": "1.2"},
    "一年罚了3次共8万行不行": {COUNT: "3", SUM: "80000"},
    "一年被处罚三次，累计八万元": {COUNT: "3", SUM: "80000"},
    "罚了4次，总共12万": {COUNT: "4", SUM: "120000"},
    "fined 3 times, CNY 80,000 in total": {COUNT: "3", SUM: "80000"},
    "被海关罚了6万": {SINGLE: "60000", SUM: "60000"},
    "被罚款6.5万元": {SINGLE: "65000", SUM: "65000"},
    "被罚了五万": {SINGLE: "50000", SUM: "50000"},
    "罚款50000元": {SINGLE: "50000", SUM: "50000"},
    "罚了八万五": {SINGLE: "85000", SUM: "85000"},
    "fined CNY 60,000": {SINGLE: "60000", SUM: "60000"},
    "罚了2次，每次3万": {COUNT: "2", SINGLE: "30000", SUM: "60000"},
    "罚了三次，分别是3万、4万和2万": {COUNT: "3", SINGLE: "40000", SUM: "90000"},
    "被罚7万，去年进出口8亿": {SINGLE: "70000", TRADE: "800000000"},
    "罚了4次共9万，去年报关单5000票": {COUNT: "4", SUM: "90000", DOCUMENTS: "5000"},
    "食品被退运4次，共150批": {"adverse_inspection_results": "4", "inspected_batches": "150"},
    "自理报关单查验了80票，查获9票，其中高质量2票": {
        "inspected_self_declared_declarations": "80",
        "declarations_with_findings": "9",
        "declarations_with_high_quality_findings": "2",
        "finding_rate": "11.25",
        "high_quality_finding_rate": "2.5",
    },
    "去年纳税3000万，被追征过一次12万": {
        "recovered_tax_sum": "120000",
        "recoveries_over_100000_count": "1",
        "recovered_tax_to_previous_year_tax": "0.004",
    },
    "补税8万": {"recovered_tax_sum": "80000"},
    "关务水平评估，8名报关员，3名通过中级": {"declarant_headcount": "8", "share_intermediate_passed": "37.5"},
}
WITHOUT = (
    "", "认证要90天吗", "282号令第四条", "公告2026年第34号", "2026年4月1日起", "现金比率要多少", "资产负债率的标准",
    "高级认证企业几年复核一次", "查验率80%以上吗", "罚款要交多少", "满2年能修复吗",
    "净利润怎么算", "12360", "第13项", "食品被退运", "ISO27001",
)  # fmt: skip


@pytest.mark.parametrize("text", CASES)
def test_figures_are_read_under_the_names_of_the_thresholds(text: str):
    found = figures_in(simplify(clean(text)))

    assert {name: found.get(name) for name in CASES[text]} == {n: Decimal(v) for n, v in CASES[text].items()}


@pytest.mark.parametrize("text", WITHOUT)
def test_numbers_that_are_no_figures_of_the_enterprise_are_left_alone(text: str):
    assert figures_in(simplify(clean(text))) == {}


@pytest.mark.parametrize("text", ["罚了" + "9" * 200 + "次", "一年罚了2次共" + "9" * 40 + "元", "现金比率" + "9" * 40])
def test_a_number_no_enterprise_can_have_is_no_figure(text: str):
    assert [value for value in figures_in(text).values() if value > 10**15] == []


def test_two_amounts_one_behind_the_other_are_not_read_as_one():
    found = figures_in("一年里被追了两次税，一回12万一回3万")

    assert found["recovered_tax_sum"] == 150_000


def test_more_than_an_amount_is_more_than_the_amount():
    over = figures_in("单次罚款超过5万")[SINGLE]

    assert Decimal(50_000) < over < Decimal(50_001)


def test_what_is_not_said_is_not_guessed():
    found = figures_in("一年罚了3次共8万")

    assert SINGLE not in found
    assert TRADE not in found


@pytest.mark.parametrize(
    ("text", "production"),
    [
        ("我们是生产型企业", True), ("我们厂", True), ("a manufacturer", True), ("制造企业", True),
        ("非生产型企业", False), ("贸易公司", False), ("外贸公司", False), ("a trading company", False),
        ("我们企业", None), ("资产负债率80%", None),
    ],
)  # fmt: skip
def test_the_type_of_enterprise_is_read_where_it_is_said(text: str, production: bool | None):
    assert production_type(text) is production


@given(st.text(max_size=150))
@example("罚了" + "9" * 400 + "万")
@example("现金比率" + "9" * 400)
@example("查验了0票，查获0票")
@example("去年纳税0元，被追征12万")
@example("食品退运0次，共0批")
@example("关务水平评估，0名报关员，0名通过初级")
@settings(deadline=None)
def test_any_text_can_be_read_for_figures(text: str):
    found = figures_in(simplify(clean(text)))

    assert all(value.is_finite() for value in found.values())
