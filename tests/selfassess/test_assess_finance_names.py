"""Finance figures under the names people use, as lines, as ratios, by year; and the report on file."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from typing import Any

import pytest

from selfassess import report
from selfassess.errors import FiguresUnreadable
from selfassess.facts import RecordedFigures
from selfassess.figure_names import INDICATORS, LINES, opinion_named
from selfassess.figures import FinanceFigures, read_figures
from selfassess.indicators import calculate
from tests.selfassess.assess_cases import DAY

GOOD: dict[str, Any] = {
    "资产负债率": "60%",
    "现金比率": 0.3,
    "经营现金流负债比": 0.05,
    "流动比率": 0.9,
    "审计意见": "标准无保留意见",
}


def _value(content: dict[str, Any], name: str) -> Fraction | None:
    return calculate(read_figures(content))[name].value


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("总资产", "total_assets"),
        ("流动负债", "current_liabilities"),
        ("经营活动现金流量净额", "net_operating_cash_flow"),
        ("operating_revenue", "revenue"),
        ("Total Current Assets", "current_assets"),
        ("net_income", "net_profit"),
    ],
)
def test_a_line_has_many_names(name: str, line: str) -> None:
    assert set(read_figures({name: 1}).amounts) == {line}


def test_no_name_stands_for_two_lines() -> None:
    read = read_figures({label.zh: 1 for label in LINES.values()} | {label.zh: 1 for label in INDICATORS.values()})

    assert set(read.amounts) == set(LINES)
    assert set(read.stated) == set(INDICATORS)


@pytest.mark.parametrize("written", [0.6, "0.6", "60%", "６０％", "600‰"])
def test_a_ratio_may_be_stated_as_such(written: object) -> None:
    assert _value({"资产负债率": written}, "debt_to_asset_ratio") == Fraction(3, 5)


def test_a_percentage_without_its_mark_is_not_guessed() -> None:
    with pytest.raises(FiguresUnreadable, match="资产负债率请写成60%或者小数"):
        read_figures({"资产负债率": 60})


def test_ratios_stated_settle_the_items() -> None:
    result = report.run("advanced-2026", DAY, {"finance": GOOD}, {"production": True})

    grades = {item["no"]: (item["grade"], item["source"]) for item in result["items"]}
    assert grades["12"] == ("met", "calculated")
    assert grades["13"] == ("met", "calculated")
    assert grades["14"] == ("unanswered", "self")


def test_a_ratio_that_differs_from_its_lines_is_reported_and_left_open() -> None:
    found = calculate(
        read_figures({"现金比率": 0.5, "cash": 1, "trading_financial_assets": 1, "current_liabilities": 10})
    )

    assert found["cash_ratio"].value is None
    assert found["cash_ratio"].problem is not None
    assert found["cash_ratio"].problem.code == "inconsistent"


def test_a_ratio_that_is_only_rounded_gives_way_to_the_exact_one() -> None:
    content = {"现金比率": 0.2, "cash": 199_999, "trading_financial_assets": 0, "current_liabilities": 1_000_000}

    assert _value(content, "cash_ratio") == Fraction(199_999, 1_000_000)


def test_lines_may_stand_under_their_year_and_last_years_assets_open_this_one() -> None:
    content = {
        "2025": {"总资产": 100, "负债合计": 60, "利润总额": 2, "利息费用": 0},
        "2024": {"总资产": 300, "负债合计": 100},
    }

    figures = read_figures(content)

    assert calculate(figures)["return_on_total_assets"].value == Fraction(1, 100)
    assert sorted(figures.history) == [2024, 2025]


def test_lines_may_stand_in_groups_and_the_average_may_be_given() -> None:
    content = {"利润表": {"利润总额": 2, "利息费用": 0}, "资产负债表": {"平均总资产": 200}}

    assert _value(content, "return_on_total_assets") == Fraction(1, 100)


def test_a_history_of_debt_ratios_settles_the_2022_item() -> None:
    content = {"history": {str(year): "96%" for year in range(2021, 2026)}}

    result = report.run("general-2022-106", DAY, {"finance": content})

    assert next(item["grade"] for item in result["items"] if item["no"] == "14") == "not_met"


@pytest.mark.parametrize(
    "content",
    [
        {"cash": 10**30},
        {"cash": "9" * 5000},
        {"cash": float("inf")},
        {"cash": [1]},
        {"cash": {"a": 1}},
        {"cash": "1e9"},
        {"货币资金": 1, "cash": 2},
        {"利润表": 5},
        {"history": {"next year": 0.5}},
        {"history": []},
        {"unit": ["万元"]},
        {"现金比率": "很高"},
        {"production": "maybe"},
        {"": 1},
    ],
)
def test_odd_figures_are_refused_in_both_languages(content: dict[str, Any]) -> None:
    with pytest.raises(FiguresUnreadable) as refused:
        read_figures(content)

    assert refused.value.said.zh != refused.value.said.en
    assert len(str(refused.value)) < 1000


@pytest.mark.parametrize(
    ("written", "opinion"),
    [
        ("标准无保留意见", "unqualified"),
        ("带强调事项段的无保留意见", "unqualified"),
        ("保留", "qualified"),
        ("disclaimer of opinion", "disclaimer"),
        ("Qualified Opinion", "qualified"),
        ("好评", None),
    ],
)
def test_opinions_have_many_names(written: str, opinion: str | None) -> None:
    assert opinion_named(written) == opinion


def _filed(year: int, figures: FinanceFigures) -> RecordedFigures:
    return RecordedFigures("audit_report", "7", datetime(2026, 6, 20, 8), year, figures)


def test_the_report_on_file_settles_the_finance_items_with_its_source() -> None:
    result = report.run("advanced-2026", DAY, {}, {"production": True}, recorded=_filed(2025, read_figures(GOOD)))

    item = next(item for item in result["items"] if item["no"] == "13")
    assert (item["grade"], item["source"]) == ("met", "record")
    assert item["proposal"]["sources"] == [{"table": "audit_report", "as_of": "2026-06-20T08:00:00", "rows": ["7"]}]


def test_an_older_report_on_file_is_only_a_lead() -> None:
    result = report.run("advanced-2026", DAY, {}, {"production": True}, recorded=_filed(2024, read_figures(GOOD)))

    item = next(item for item in result["items"] if item["no"] == "12")
    assert (item["grade"], item["proposal"]["suggests"]) == ("unanswered", "met")
    assert "2025年度" in item["proposal"]["still_needed"]


def test_figures_typed_in_that_differ_from_the_report_on_file_are_flagged_with_both() -> None:
    filed = _filed(2025, replace(read_figures(GOOD), audit_opinion="qualified"))

    result = report.run("advanced-2026", DAY, {"finance": GOOD}, {"production": True}, recorded=filed)

    item = next(item for item in result["items"] if item["no"] == "12")
    assert (item["grade"], item["source"]) == ("met", "calculated")
    assert (item["contradiction"]["said"], item["contradiction"]["record"]) == ("met", "partly_met")
    assert item["contradiction"]["sources"][0]["table"] == "audit_report"
