"""The finance calculator."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import strategies as st

from selfassess.errors import FiguresUnreadable
from selfassess.figures import read_amount, read_figures
from selfassess.finance import grade_finances, years_above_95_percent
from selfassess.grades import Grade
from selfassess.indicators import calculate, check_figures
from selfassess.loader import get_standard
from tests.selfassess.laws import law

STATEMENT: dict[str, Any] = {
    "unit": "万元",
    "cash": 500,
    "trading_financial_assets": 100,
    "current_assets": 3000,
    "total_assets": 10000,
    "opening_total_assets": 8000,
    "current_liabilities": 3000,
    "total_liabilities": 7500,
    "revenue": 20000,
    "cost_of_sales": 18000,
    "operating_profit": 200,
    "interest_expense": 30,
    "total_profit": 60,
    "net_profit": 50,
    "net_operating_cash_flow": 750,
    "audit_opinion": "无保留意见",
}
EXPECTED = {
    "debt_to_asset_ratio": Fraction(75, 100),
    "cash_ratio": Fraction(1, 5),
    "operating_cash_flow_to_debt": Fraction(1, 10),
    "current_ratio": Fraction(1),
    "operating_profit_margin": Fraction(1, 100),
    "gross_margin": Fraction(1, 10),
    "return_on_total_assets": Fraction(1, 100),
}


def _grades(standard_id: str, content: dict[str, Any], production: bool | None = False) -> dict[str, Grade | None]:
    results = grade_finances(get_standard(standard_id), read_figures(content), production)
    return {result.no: result.grade for result in results}


def test_every_indicator_is_exact() -> None:
    found = calculate(read_figures(STATEMENT))

    assert {name: found[name].value for name in EXPECTED} == EXPECTED
    assert found["net_profit"].value == 500_000


def test_limits_are_kept_exactly_at_the_boundary() -> None:
    assert _grades("advanced-2026", STATEMENT) == {"12": Grade.MET, "13": Grade.MET, "14": Grade.MET}
    assert _grades("certified-2026", STATEMENT) == {"11": Grade.MET, "12": Grade.MET}


@pytest.mark.parametrize(
    ("changed", "missed"),
    [
        ({"cash": "499.99"}, "cash_ratio"),
        ({"net_operating_cash_flow": "749.99"}, "operating_cash_flow_to_debt"),
        ({"current_assets": "2999.99"}, "current_ratio"),
        ({"total_assets": "9999.99"}, "debt_ratio_non_production"),
        ({"operating_profit": "199.99"}, "operating_margin"),
        ({"cost_of_sales": "19800.01"}, "gross_margin"),
        ({"interest_expense": "29.99"}, "return_on_total_assets"),
        ({"net_profit": 0}, "net_profit"),
        ({"net_operating_cash_flow": 0}, "net_operating_cash_flow"),
    ],
)
def test_a_hair_beyond_a_limit_misses_it(changed: dict[str, Any], missed: str) -> None:
    results = grade_finances(get_standard("advanced-2026"), read_figures(STATEMENT | changed), production=False)

    states = {check.threshold.id: check.holds.value for result in results for check in result.judgement.checks}

    assert states[missed] == "no"


def test_a_zero_denominator_is_reported_and_leaves_the_ratio_open() -> None:
    figures = read_figures(STATEMENT | {"current_liabilities": 0})

    found = calculate(figures)

    assert found["cash_ratio"].value is None
    assert found["current_ratio"].problem is not None
    assert found["current_ratio"].problem.code == "zero_denominator"
    assert found["debt_to_asset_ratio"].value == Fraction(75, 100)


def test_a_missing_line_is_named_and_not_taken_as_zero() -> None:
    content = {name: value for name, value in STATEMENT.items() if name != "trading_financial_assets"}

    problem = calculate(read_figures(content))["cash_ratio"].problem

    assert problem is not None
    assert problem.code == "missing_line"
    assert problem.message.zh == "缺少：交易性金融资产（没有的请填0）"


def test_a_missing_line_leaves_the_grade_open_only_if_it_matters() -> None:
    without = {name: value for name, value in STATEMENT.items() if name not in ("cash", "net_profit")}
    poor = without | {"current_assets": 100, "net_operating_cash_flow": -1, "total_assets": 7500}

    assert _grades("advanced-2026", without)["13"] is Grade.MET
    assert _grades("advanced-2026", poor)["13"] is None


def test_figures_with_different_stated_units_are_converted_and_it_is_said() -> None:
    figures = read_figures(STATEMENT | {"cash": "5,000,000元"})

    assert calculate(figures)["cash_ratio"].value == Fraction(1, 5)
    assert [problem.code for problem in check_figures(figures)] == ["converted_units"]


def test_a_figure_without_unit_among_figures_with_units_is_not_guessed() -> None:
    content = {name: value for name, value in STATEMENT.items() if name != "unit"}
    figures = read_figures(content | {"cash": "500万元"})

    problem = calculate(figures)["cash_ratio"].problem

    assert problem is not None
    assert problem.code == "mixed_units"
    assert calculate(figures)["current_ratio"].value == 1


def test_no_unit_at_all_is_taken_as_one_unit_and_it_is_said() -> None:
    content = {name: value for name, value in STATEMENT.items() if name != "unit"}

    figures = read_figures(content)

    assert calculate(figures)["cash_ratio"].value == Fraction(1, 5)
    assert [problem.code for problem in check_figures(figures)] == ["no_unit"]


@pytest.mark.parametrize(
    ("changed", "withheld"),
    [
        ({"current_assets": 30_000_000}, "current_ratio"),
        ({"current_liabilities": 30_000_000}, "current_ratio"),
        ({"cash": 5_000_000}, "cash_ratio"),
        ({"total_liabilities": -7500}, "debt_to_asset_ratio"),
    ],
)
def test_a_part_larger_than_its_whole_points_to_a_wrong_unit(changed: dict[str, Any], withheld: str) -> None:
    problem = calculate(read_figures(STATEMENT | changed))[withheld].problem

    assert problem is not None
    assert problem.code == "inconsistent"


def test_a_production_enterprise_has_the_higher_debt_limit() -> None:
    figures = STATEMENT | {"total_liabilities": 8500, "cash": 0, "current_assets": 500, "net_operating_cash_flow": 0}

    assert _grades("advanced-2026", figures, production=True)["13"] is Grade.PARTLY_MET
    assert _grades("advanced-2026", figures, production=False)["13"] is Grade.NOT_MET
    assert _grades("advanced-2026", figures, production=None)["13"] is None


def test_certified_enterprises_may_have_a_cash_flow_of_zero() -> None:
    poor = {"cash": 0, "trading_financial_assets": 0, "net_operating_cash_flow": 0, "total_liabilities": 10000}

    assert _grades("certified-2026", STATEMENT | poor | {"current_assets": 10})["12"] is Grade.PARTLY_MET
    assert _grades("certified-2026", STATEMENT | poor | {"current_assets": 2400})["12"] is Grade.MET


def _years(*ratios: int) -> dict[int, dict[str, int]]:
    return {2025 - back: {"total_liabilities": ratio, "total_assets": 100} for back, ratio in enumerate(ratios)}


@pytest.mark.parametrize(
    ("ratios", "count", "grade"),
    [
        ((96, 96, 96, 96, 96), 5, Grade.NOT_MET),
        ((96, 96, 96, 96, 95), 4, Grade.MET),
        ((95, 96, 96, 96, 96, 96), 0, Grade.MET),
        ((96, 96, 96, 96), None, None),
        ((96, 94), 1, Grade.MET),
    ],
)
def test_the_2022_debt_rule_needs_five_years_in_a_row(
    ratios: tuple[int, ...], count: int | None, grade: Grade | None
) -> None:
    content = {"history": _years(*ratios)}

    assert years_above_95_percent(read_figures(content)) == count
    assert _grades("general-2022-106", content)["14"] is grade


@law(st.integers(1, 10**6), st.integers(1, 10**9))
def test_the_unit_never_changes_a_ratio(factor: int, cash: int) -> None:
    lines = {"cash": cash, "trading_financial_assets": 0, "current_liabilities": 7 * cash + 1, "unit": "元"}
    scaled = {name: value if isinstance(value, str) else value * factor for name, value in lines.items()}

    assert calculate(read_figures(lines))["cash_ratio"].value == calculate(read_figures(scaled))["cash_ratio"].value


@pytest.mark.parametrize(
    ("written", "number", "unit"),
    [
        ("1,200.50", Fraction(2401, 2), None),
        ("(300)", Fraction(-300), None),
        ("－5万元", Fraction(-5), "万元"),
        ("￥1 000", Fraction(1000), None),
        (0.2, Fraction(1, 5), None),
        ("3亿元", Fraction(3), "亿元"),
    ],
)
def test_numbers_are_read_as_people_write_them(written: object, number: Fraction, unit: str | None) -> None:
    amount = read_amount(written)

    assert (amount.number, amount.unit) == (number, unit)


@pytest.mark.parametrize("written", ["abc", "-", "", "12磅", "1.2.3", True, None, float("nan"), "=1+1"])
def test_what_is_no_number_is_refused(written: object) -> None:
    with pytest.raises(FiguresUnreadable):
        read_amount(written)


@pytest.mark.parametrize(
    "content",
    [
        {"unit": "斤"},
        {"cahs": 1},
        {"audit_opinion": "很好"},
        {"history": {"2025": {"total_assets": 1}}},
        {"erp_linked_and_balance_sheet_provided": "yes"},
    ],
)
def test_a_wrong_figures_file_is_refused(content: dict[str, Any]) -> None:
    with pytest.raises(FiguresUnreadable):
        read_figures(content)


def test_chinese_line_names_are_understood() -> None:
    figures = read_figures({"货币资金": 1, "资产总计": 2})

    assert set(figures.amounts) == {"cash", "total_assets"}
