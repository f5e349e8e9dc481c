"""Figures held against limits: exactly at the boundary, for both levels, and on the right day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.arithmetic import ItemResult, calculate
from assistant.working import drafts_of
from knowledge.models import Provision
from knowledge.search import Search

TODAY, OLD_DAY = date(2026, 11, 22), date(2025, 6, 1)
STANDARDS = Path(__file__).parents[2] / "selfassess" / "standards"
LEVELS = {"advanced-2026": "高级认证企业", "certified-2026": "认证企业"}
TEMPLATES = {  # metric -> a question with the figure
    "cash_ratio": "现金比率{}够吗",
    "current_ratio": "流动比率{}够吗",
    "operating_cash_flow_to_debt": "经营现金流负债比{}够吗",
    "single_customs_penalty_amount": "被海关罚款一次{}元行不行",
    "customs_penalty_sum": "一年罚了2次共{}元行不行",
    "customs_penalty_count": "一年罚了{}次共2万元行不行",
    "recovered_tax_sum": "一年被追征税款{}元行不行",
    "operating_profit_margin": "营业利润率{}%够吗",
    "gross_margin": "毛利率{}%够吗",
    "return_on_total_assets": "总资产报酬率{}%够吗",
}
STEPS = {"customs_penalty_count": "1", "cash_ratio": "0.01", "current_ratio": "0.01",
         "operating_cash_flow_to_debt": "0.01", "operating_profit_margin": "0.1", "gross_margin": "0.1",
         "return_on_total_assets": "0.1"}  # fmt: skip
KEEPS = {"<=": lambda v, limit: v <= limit, ">=": lambda v, limit: v >= limit, ">": lambda v, limit: v > limit}


def limits(standard: str) -> list[tuple[str, dict[str, Any]]]:
    """The limits of a standard as its data file states them, with the number of their item."""
    raw = yaml.safe_load((STANDARDS / f"{standard}.yaml").read_text(encoding="utf-8"))
    items = [item for section in raw["sections"] for group in section["groups"] for item in group["items"]]
    return [(str(item["no"]), limit) for item in items for limit in item.get("thresholds") or ()]


BOUNDARIES = [
    (standard, number, limit["metric"], limit["op"], Decimal(str(limit["value"])), offset)
    for standard in LEVELS
    for number, limit in limits(standard)
    if limit["metric"] in TEMPLATES and not limit.get("condition")
    for offset in (-1, 0, 1)
]


@pytest.fixture(scope="module")
def results(quick_search: Search):
    """Calculate what a question's figures mean on a day."""

    def results_of(question: str, on: date = TODAY, **options: Any) -> dict[str, ItemResult]:
        found = calculate(quick_search.understand(question), quick_search.provisions, on, **options)
        return {result.provision.id: result for result in found}

    return results_of


@pytest.mark.parametrize(
    ("standard", "number", "metric", "op", "limit", "offset"), BOUNDARIES, ids=[str(b[:3] + b[4:]) for b in BOUNDARIES]
)
def test_a_figure_at_just_below_and_just_above_a_limit_is_judged_as_the_data_file_says(
    standard: str, number: str, metric: str, op: str, limit: Decimal, offset: int, results
):
    value = limit + offset * Decimal(STEPS.get(metric, "1"))

    result = results(LEVELS[standard] + TEMPLATES[metric].format(value))[f"{standard}#item-{number}"]

    (check,) = [c for c in result.checks if c.threshold.metric == metric]
    assert check.value == value
    assert check.kept is KEEPS[op](value, limit)


def test_both_levels_have_boundaries_to_test():
    assert {b[0] for b in BOUNDARIES} == set(LEVELS)
    assert len(BOUNDARIES) >= 50


def test_without_a_level_both_standards_are_calculated(results):
    assert set(results("现金比率0.15够吗")) == {"advanced-2026#item-13", "certified-2026#item-12"}


def test_a_level_named_is_the_only_one_calculated(results):
    assert set(results("高认现金比率0.15够吗")) == {"advanced-2026#item-13"}
    assert set(results("认证企业现金比率0.15够吗")) == {"certified-2026#item-12"}


@pytest.mark.parametrize(
    ("question", "judged"),
    [
        ("生产型企业资产负债率85%", {"debt_ratio_production": True}),
        ("生产型企业资产负债率85.1%", {"debt_ratio_production": False}),
        ("非生产型企业资产负债率75%", {"debt_ratio_non_production": True}),
        ("贸易公司资产负债率78%", {"debt_ratio_non_production": False}),
        ("资产负债率80%", {"debt_ratio_production": True, "debt_ratio_non_production": False}),
    ],
)
def test_the_debt_ratio_is_held_against_the_limit_of_the_type(question: str, judged: dict[str, bool], results):
    checks = results(f"高级认证企业，{question}行不行")["advanced-2026#item-13"].checks

    assert {c.threshold.id: c.kept for c in checks} == judged


@pytest.mark.parametrize(
    ("figures", "verdict"),
    [
        ("现金比率0.25，流动比率1.2", True),
        ("现金比率0.2，流动比率1.0", True),
        ("现金比率0.25", None),
        ("现金比率0.1", None),
        ("现金比率0.1，流动比率0.5，经营现金流负债比0.05，资产负债率70%", "partly"),
        ("现金比率0.1，流动比率0.5，经营现金流负债比0.05，资产负债率90%", False),
        ("现金比率0.1，流动比率0.5，经营现金流负债比0.05", None),
    ],
)
def test_two_of_four_indicators_meet_the_item_and_one_partly(figures: str, verdict: object, results):
    result = results(f"高级认证企业，贸易公司，{figures}")["advanced-2026#item-13"]

    assert result.verdict == verdict


@pytest.mark.parametrize(
    ("question", "item", "kept", "by_share"),
    [
        ("高认被罚6万，去年进出口6亿", "advanced-2026#item-18", True, True),
        ("高认被罚6万，去年进出口6.1亿", "advanced-2026#item-18", True, True),
        ("高认被罚6万，去年进出口5.9亿", "advanced-2026#item-18", False, False),
        ("高认被罚5万，去年进出口1亿", "advanced-2026#item-18", True, False),
        ("认证企业被罚12万，去年进出口12亿", "certified-2026#item-16", True, True),
        ("认证企业被罚12万，去年进出口11亿", "certified-2026#item-16", False, False),
    ],
)
def test_a_penalty_above_the_limit_is_kept_by_its_share_of_the_trade_value(
    question: str, item: str, kept: bool, by_share: bool, results
):
    (check,) = results(question)[item].checks

    assert check.kept is kept
    assert check.share is not None
    assert check.share.kept is by_share


@pytest.mark.parametrize(
    ("question", "item", "kept"),
    [
        ("高认罚了4次共9万，去年报关单4000票", "advanced-2026#item-19", True),
        ("高认罚了4次共9万，去年报关单3999票", "advanced-2026#item-19", False),
        ("认证企业罚了6次共9万，去年报关单1200票", "certified-2026#item-17", True),
        ("认证企业罚了6次共9万，去年报关单1199票", "certified-2026#item-17", False),
        ("高认罚了4次共11万，去年报关单4000票", "advanced-2026#item-19", False),
    ],
)
def test_a_number_of_penalties_is_kept_by_its_share_but_the_sum_counts_as_well(
    question: str, item: str, kept: bool, results
):
    assert results(question)[item].verdict is kept


@pytest.mark.parametrize(
    ("inspected", "found", "high", "advanced", "certified"),
    [
        (50, 5, 1, True, True),
        (50, 6, 1, False, False),
        (50, 5, 2, False, True),
        (50, 5, 3, False, False),
        (100, 10, 2, True, True),
        (100, 10, 3, False, True),
        (100, 11, 2, False, False),
        (100, 10, 4, False, False),
        (51, 5, 1, True, True),
    ],
)
def test_findings_are_counted_up_to_fifty_and_by_rate_above(
    inspected: int, found: int, high: int, advanced: bool, certified: bool, results
):
    result = results(f"自理报关单查验了{inspected}票，查获{found}票，其中高质量{high}票")

    assert result["advanced-2026#item-23"].verdict is advanced
    assert result["certified-2026#item-21"].verdict is certified


@pytest.mark.parametrize(
    ("question", "advanced", "certified"),
    [
        ("一年被追征税款10万元", True, True),
        ("去年纳税3000万，被追征过一次12万", False, True),
        ("去年纳税1.2亿，被追征过一次12万", True, True),
        ("去年纳税1亿，被追征过一次31万", False, False),
        ("去年纳税2亿，被追征过一次31万", False, True),
    ],
)
def test_recovered_tax_is_kept_by_sum_or_by_number_and_share(question: str, advanced: bool, certified: bool, results):
    result = results(question)

    assert result["advanced-2026#item-24"].verdict is advanced
    assert result["certified-2026#item-22"].verdict is certified


@pytest.mark.parametrize(
    ("question", "item", "kept"),
    [
        ("食品被退运3次，共50批", "item-sp14", True),
        ("食品被退运4次，共150批", "item-sp14", False),
        ("食品被退运4次，共200批", "item-sp14", True),
        ("商检不合格4批，共检验133批", "item-sp20", False),
        ("商检不合格4批，共检验134批", "item-sp20", True),
        ("动植物检疫不合格6批，共检验120批", "item-sp7", True),
        ("动植物检疫不合格6批，共检验119批", "item-sp7", False),
        ("特殊物品不合格4批，共检验400批", "item-sp3", True),
    ],
)
def test_adverse_results_are_kept_by_number_or_by_rate(question: str, item: str, kept: bool, results):
    found = results(question)

    assert set(found) == {f"single-business-2026#{item}"}
    assert found[f"single-business-2026#{item}"].verdict is kept


@pytest.mark.parametrize(
    ("question", "item", "kept"),
    [
        ("一年罚了5次共8万行不行", "general-2022-106#item-17", True),
        ("一年罚了6次共8万行不行", "general-2022-106#item-17", False),
        ("一年罚了3次共11万行不行", "general-2022-106#item-17", False),
        ("被罚款一次5万元", "general-2022-106#item-16", True),
        ("被罚款一次50001元", "general-2022-106#item-16", False),
    ],
)
def test_before_april_2026_the_standard_of_2022_decides(question: str, item: str, kept: bool, results):
    found = results(question, OLD_DAY)

    assert {i.split("#")[0] for i in found} == {"general-2022-106"}
    assert found[item].verdict is kept


def test_before_april_2026_there_is_no_limit_for_the_cash_ratio(results):
    assert results("现金比率0.15够吗", OLD_DAY) == {}


@pytest.mark.parametrize(
    "question",
    [
        "现金比率要多少", "被罚过一次影响高认吗", "几年内不能有处罚", "主动披露后罚了3万算不算", "走私被罚5万",
        "被罚6万会不会被认定失信", "固体废物被罚了2次", "罚款10万怎么修复信用", "discredit after 3 penalties",
    ],
)  # fmt: skip
def test_questions_that_are_no_sum_are_not_calculated(question: str, results):
    assert results(question) == {}


def test_the_verdict_on_a_level_is_that_of_its_item_and_not_of_every_single_limit(results):
    found = list(results("去年纳税3000万，被追征过一次12万，高认和认证企业分别行不行").values())

    said = drafts_of(found, "去年纳税3000万，被追征过一次12万", TODAY, "zh-Hans")

    assert said[0].text == "只看这些数字：高级认证企业不满足，认证企业没有超出限额。"
    assert "4‰，要求是不超过1‰（即3万元），不满足" in said[1].text


def test_only_items_in_force_on_the_day_are_calculated(provisions: list[Provision], results):
    for day in (TODAY, OLD_DAY):
        found = results("一年罚了3次共8万行不行", day)
        assert found
        assert all(result.provision.in_force(day) for result in found.values())


@pytest.mark.parametrize(
    ("question", "counts"),
    [
        ("2023年被行政处罚一次罚款50万元，现在申请认证企业算不算", False),
        ("2025年11月21日被海关罚款20万，高认还能过吗", False),
        ("2025年11月22日被海关罚款20万，高认还能过吗", True),
        ("今年3月被海关罚款20万，高认还能过吗", True),
        ("We were fined CNY 200,000 in March 2024, can we still apply for advanced certification?", False),
    ],
)
def test_a_penalty_dated_before_the_window_is_not_held_against_the_limit(
    quick_search: Search, question: str, counts: bool
) -> None:
    query = quick_search.understand(question)
    drafts = drafts_of(calculate(query, quick_search.provisions, TODAY), query.text, TODAY, "zh-Hans")
    assert bool([d for d in drafts if "不满足" in d.text]) is counts
    assert bool([d for d in drafts if "2025-11-22以后" in d.text]) is not counts
