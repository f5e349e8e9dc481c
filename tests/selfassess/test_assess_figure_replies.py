"""Figures in ordinary replies."""

from __future__ import annotations

import pytest

from selfassess.loader import get_standard
from selfassess.logic import NOT_COMPUTABLE
from selfassess.metrics import asked_for, derive
from selfassess.replies.figures import figures_in
from selfassess.replies.statement import statement_figures_in
from tests.selfassess.assess_cases import ALL_STANDARDS

ADVANCED, SINGLE = get_standard("advanced-2026").items, get_standard("single-business-2026").items
AMOUNT, VALUE = "single_customs_penalty_amount", "previous_year_trade_value"
COUNT, SUM, VIOLATIONS, DOCUMENTS = (
    "customs_penalty_count",
    "customs_penalty_sum",
    "violation_count",
    "previous_year_documents",
)
INSPECTED, FOUND, BEST = (
    "inspected_self_declared_declarations",
    "declarations_with_findings",
    "declarations_with_high_quality_findings",
)


@pytest.mark.parametrize(
    ("no", "said", "figures"),
    [
        ("18", "没有", {AMOUNT: 0}),
        ("18", "没有被罚过", {AMOUNT: 0}),
        ("18", "6万", {AMOUNT: 60_000}),
        ("18", "最高一次6万元，上年进出口总值8亿", {AMOUNT: 60_000, VALUE: 800_000_000}),
        ("18", "罚过两次，最高3万", {AMOUNT: 30_000}),
        ("18", "記不清", {}),
        ("18", "算不出来", {}),
        ("19", "两次，共3万", {COUNT: 2, SUM: 30_000}),
        ("19", "两次", {COUNT: 2}),
        ("19", "3万", {SUM: 30_000}),
        ("19", "没有", {COUNT: 0, SUM: 0, VIOLATIONS: 0}),
        (
            "19",
            "罚了4次累计8万，违法6次，上年单证12000票",
            {COUNT: 4, SUM: 80_000, VIOLATIONS: 6, DOCUMENTS: 12_000},
        ),
        ("19", "2025年罚了1次1万", {COUNT: 1, SUM: 10_000}),
        ("19", "two fines, 30,000 in total", {COUNT: 2, SUM: 30_000}),
        ("23", "检查40票，查获3票，高质量查获1票", {INSPECTED: 40, FOUND: 3, BEST: 1}),
        ("23", "没有被检查过", {INSPECTED: 0, FOUND: 0, BEST: 0}),
        ("24", "追征过15万，上年纳税2亿", {"recovered_tax_sum": 150_000, "previous_year_tax": 200_000_000}),
        ("12", "审计意见是标准无保留意见", {"audit_opinion": "unqualified"}),
        ("12", "保留意见", {"audit_opinion": "qualified"}),
        ("12", "a qualified opinion", {"audit_opinion": "qualified"}),
        ("40", "A级", {"public_credit_rating": "A"}),
        ("40", "评的是B", {"public_credit_rating": "B"}),
        ("74", "一共4个人", {"declarant_headcount": 4}),
    ],
)
def test_the_figures_of_a_reply_are_found(no: str, said: str, figures: dict[str, object]) -> None:
    item = ADVANCED[no]

    assert figures_in(said, item, asked_for(item)[0]) == figures


def test_a_bare_number_is_the_figure_asked_for() -> None:
    assert figures_in("8亿", ADVANCED["18"], VALUE) == {VALUE: 800_000_000}
    assert figures_in("算不出来", ADVANCED["18"], VALUE) == {VALUE: NOT_COMPUTABLE}


@pytest.mark.parametrize(
    ("said", "figures"),
    [
        ("资产负债率60%，现金比率0.3", {"debt_to_asset_ratio": "60%", "cash_ratio": "0.3"}),
        ("資產負債率是60", {"debt_to_asset_ratio": "60%"}),
        ("货币资金500万，流动负债合计3000", {"cash": "5000000元", "current_liabilities": "3000"}),
        ("净利润100万，毛利率12.5%", {"net_profit": "1000000元", "gross_margin": "12.5%"}),
        ("debt ratio 60%, current ratio 1.3", {"debt_to_asset_ratio": "60%", "current_ratio": "1.3"}),
        ("净利润亏损", {}),
        ("没有", {}),
    ],
)
def test_lines_and_ratios_keep_the_unit_they_were_said_with(said: str, figures: dict[str, str]) -> None:
    assert statement_figures_in(said, "cash_ratio") == figures


def test_a_bare_number_is_the_ratio_asked_for() -> None:
    assert statement_figures_in("0.3", "cash_ratio") == {"cash_ratio": "0.3"}
    assert statement_figures_in("65%", "debt_to_asset_ratio") == {"debt_to_asset_ratio": "65%"}


def test_a_share_follows_from_its_part_and_its_whole() -> None:
    assert derive({AMOUNT: 60_000, VALUE: 600_000_000})["single_penalty_to_previous_year_trade_value"] * 10_000 == 1
    assert derive({AMOUNT: 60_000, VALUE: 0})["single_penalty_to_previous_year_trade_value"] is NOT_COMPUTABLE
    assert "single_penalty_to_previous_year_trade_value" not in derive({AMOUNT: 60_000})


def test_every_figure_a_pass_logic_compares_is_asked_for_or_follows_from_one() -> None:
    for standard in ALL_STANDARDS:
        for item in standard.items.values():
            if item.pass_logic is None or not asked_for(item):
                continue
            known = derive(dict.fromkeys(asked_for(item), 1))
            profile = {"production_enterprise", "already_certified", "audit_report_filing_deadline"}
            compared = {threshold.metric for threshold in item.thresholds} - profile
            assert compared <= set(known), (standard.id, item.no)
