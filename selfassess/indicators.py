"""Indicators from statement figures, with formula, inputs and result.

Formulas: advanced-2026 items 13 and 14, certified-2026 item 12 (Announcement 2026 No. 34, annexes 2 and 5).
What cannot be computed is reported with its reason and left open, never guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from selfassess.figure_names import INDICATORS, LINES
from selfassess.figures import FinanceFigures
from selfassess.text import Text, text

_AVERAGE = "average_total_assets"
ProblemCode = Literal["missing_line", "zero_denominator", "mixed_units", "inconsistent", "no_unit", "converted_units"]


@dataclass(frozen=True)
class Problem:
    """Something about the figures a person has to look at. ``stops`` is false for a mere remark."""

    code: ProblemCode
    lines: tuple[str, ...]
    message: Text
    stops: bool = True


@dataclass(frozen=True)
class Indicator:
    """One indicator: what it is computed from, and its value or why there is none."""

    id: str
    formula: Text
    inputs: tuple[str, ...]
    value: Fraction | None
    problem: Problem | None = None


@dataclass(frozen=True)
class _Formula:
    wording: Text
    inputs: tuple[str, ...]
    compute: Callable[[Mapping[str, Fraction]], Fraction]


def _ratio(zh: str, en: str, above: tuple[str, ...], below: str) -> _Formula:
    return _Formula(text(zh, en), (*above, below), lambda v: sum((v[line] for line in above), Fraction(0)) / v[below])


def _amount(line: str) -> _Formula:
    return _Formula(LINES[line], (line,), lambda v: v[line])


FORMULAS: dict[str, _Formula] = {
    "debt_to_asset_ratio": _ratio(
        "负债合计÷资产总计", "total liabilities ÷ total assets", ("total_liabilities",), "total_assets"
    ),
    "cash_ratio": _ratio(
        "（货币资金＋交易性金融资产）÷流动负债合计",
        "(cash + trading financial assets) ÷ current liabilities",
        ("cash", "trading_financial_assets"),
        "current_liabilities",
    ),
    "operating_cash_flow_to_debt": _ratio(
        "经营活动产生的现金流量净额÷负债合计",
        "net operating cash flow ÷ total liabilities",
        ("net_operating_cash_flow",),
        "total_liabilities",
    ),
    "current_ratio": _ratio(
        "流动资产合计÷流动负债合计", "current assets ÷ current liabilities", ("current_assets",), "current_liabilities"
    ),
    "net_profit": _amount("net_profit"),
    "operating_profit": _amount("operating_profit"),
    "operating_profit_margin": _ratio(
        "营业利润÷营业收入", "operating profit ÷ revenue", ("operating_profit",), "revenue"
    ),
    "gross_margin": _Formula(
        text("（营业收入－营业成本）÷营业收入", "(revenue − cost of sales) ÷ revenue"),
        ("revenue", "cost_of_sales"),
        lambda v: (v["revenue"] - v["cost_of_sales"]) / v["revenue"],
    ),
    "net_operating_cash_flow": _amount("net_operating_cash_flow"),
    "return_on_total_assets": _Formula(
        text(
            "（利润总额＋利息费用）÷平均总资产，平均总资产按年初与年末的平均数",
            "(total profit + interest expense) ÷ average total assets, the average of start and end of the year",
        ),
        ("total_profit", "interest_expense", "opening_total_assets", "total_assets"),
        lambda v: (v["total_profit"] + v["interest_expense"]) * 2 / (v["opening_total_assets"] + v["total_assets"]),
    ),
}
"""The indicators by metric name."""

_BY_AVERAGE = _Formula(
    text("（利润总额＋利息费用）÷平均总资产", "(total profit + interest expense) ÷ average total assets"),
    ("total_profit", "interest_expense", _AVERAGE),
    lambda v: (v["total_profit"] + v["interest_expense"]) / v[_AVERAGE],
)
"""Return on total assets where the average is given and the assets at the start of the year are not."""

_ROUNDED_BY = Fraction(5, 1000)
"""How far a stated ratio may lie from the calculated one and still be the same, rounded."""

_PARTS = (
    (("current_assets",), "total_assets"),
    (("cash", "trading_financial_assets"), "current_assets"),
    (("current_liabilities",), "total_liabilities"),
)
"""Lines that cannot exceed the line they are part of; if they do, a unit or a row is wrong."""

_NEVER_NEGATIVE = (
    "cash",
    "trading_financial_assets",
    "current_assets",
    "total_assets",
    "opening_total_assets",
    "current_liabilities",
    "total_liabilities",
    "revenue",
)


def calculate(figures: FinanceFigures) -> dict[str, Indicator]:
    """Every indicator from these figures."""
    doubtful = {problem.lines: problem for problem in check_figures(figures) if problem.stops}
    return {name: _indicator(name, formula, figures, doubtful) for name, formula in FORMULAS.items()}


def check_figures(figures: FinanceFigures) -> tuple[Problem, ...]:
    """What is odd about the figures as a whole: units, and parts larger than their whole."""
    return (*_unit_problems(figures), *_negative_problems(figures), *_part_problems(figures))


def _indicator(
    name: str, formula: _Formula, figures: FinanceFigures, doubtful: Mapping[tuple[str, ...], Problem]
) -> Indicator:
    if name in figures.assumed:
        return Indicator(name, formula.wording, (), figures.assumed[name])
    by_average = name == "return_on_total_assets" and "opening_total_assets" not in figures.amounts
    if by_average and figures.average_total_assets is not None:
        figures = replace(figures, amounts={**figures.amounts, _AVERAGE: figures.average_total_assets})
        formula = _BY_AVERAGE
    calculated = _calculated(name, formula, figures, doubtful)
    stated = figures.stated.get(name)
    if stated is None:
        return calculated
    if calculated.value is None:
        only_missing = calculated.problem is not None and calculated.problem.code == "missing_line"
        return Indicator(name, formula.wording, (), stated) if only_missing else calculated
    if abs(calculated.value - stated) > _ROUNDED_BY:
        return replace(calculated, value=None, problem=_differs(name, formula))
    return calculated


def _calculated(
    name: str, formula: _Formula, figures: FinanceFigures, doubtful: Mapping[tuple[str, ...], Problem]
) -> Indicator:
    problem = _missing(formula, figures) or _unclear_unit(formula, figures)
    for lines, found in doubtful.items():
        if problem is None and set(lines) & set(formula.inputs):
            problem = found
    if problem is not None:
        return Indicator(name, formula.wording, formula.inputs, None, problem)
    values = {line: figures.amounts[line].yuan for line in formula.inputs}
    try:
        return Indicator(name, formula.wording, formula.inputs, formula.compute(values))
    except ZeroDivisionError:
        return Indicator(name, formula.wording, formula.inputs, None, _zero(formula))


def _differs(name: str, formula: _Formula) -> Problem:
    label = INDICATORS[name]
    message = text(
        f"{label.zh}写的数与按报表算出的数不一致，请核对",
        f"{label.en}: the value stated differs from the one calculated; please check",
    )
    return Problem("inconsistent", formula.inputs, message)


def _missing(formula: _Formula, figures: FinanceFigures) -> Problem | None:
    missing = tuple(line for line in formula.inputs if line not in figures.amounts)
    if not missing:
        return None
    zh, en = "、".join(LINES[line].zh for line in missing), ", ".join(LINES[line].en for line in missing)
    return Problem(
        "missing_line", missing, text(f"缺少：{zh}（没有的请填0）", f"missing: {en} (enter 0 if there is none)")
    )


def _unclear_unit(formula: _Formula, figures: FinanceFigures) -> Problem | None:
    # Nothing is nothing in any unit.
    sized = [line for line in formula.inputs if figures.amounts[line].number != 0]
    without = tuple(line for line in sized if figures.amounts[line].unit is None)
    if not without or len(without) == len(sized):
        return None
    message = text(
        "有的数字写了单位，有的没有写，无法确定是否一致",
        "some figures state a unit and some do not, so they may not match",
    )
    return Problem("mixed_units", without, message)


def _zero(formula: _Formula) -> Problem:
    return Problem(
        "zero_denominator",
        formula.inputs,
        text(f"分母为0，无法计算（{formula.wording.zh}）", f"the denominator is 0 ({formula.wording.en})"),
    )


def _unit_problems(figures: FinanceFigures) -> Iterator[Problem]:
    units = {amount.unit for amount in figures.amounts.values() if amount.number != 0}
    lines = tuple(figures.amounts)
    if units == {None}:
        message = text("没有写明单位，按同一单位计算", "no unit is stated; the figures are taken to share one")
        yield Problem("no_unit", lines, message, stops=False)
    elif None not in units and len(units) > 1:
        named = "、".join(sorted(unit for unit in units if unit))
        message = text(
            f"用了不同单位（{named}），已按写明的单位换算", f"different units are stated ({named}) and were converted"
        )
        yield Problem("converted_units", lines, message, stops=False)


def _negative_problems(figures: FinanceFigures) -> Iterator[Problem]:
    for line in _NEVER_NEGATIVE:
        if line in figures.amounts and figures.amounts[line].number < 0:
            yield Problem(
                "inconsistent",
                (line,),
                text(f"{LINES[line].zh}不应为负数", f"{LINES[line].en} should not be negative"),
            )


def _part_problems(figures: FinanceFigures) -> Iterator[Problem]:
    for parts, whole in _PARTS:
        lines = (*parts, whole)
        if any(line not in figures.amounts for line in lines):
            continue
        amounts = [figures.amounts[line] for line in lines]
        if len({amount.unit is None for amount in amounts if amount.number != 0}) == 2:
            continue
        if sum(amount.yuan for amount in amounts[:-1]) > amounts[-1].yuan:
            zh, en = "＋".join(LINES[part].zh for part in parts), " + ".join(LINES[part].en for part in parts)
            message = text(
                f"{zh}大于{LINES[whole].zh}，可能单位不同或者填错了行",
                f"{en} exceeds {LINES[whole].en}: the units may differ or a line may be wrong",
            )
            yield Problem("inconsistent", lines, message)
