"""The finance calculator: what figures say about the finance items of a standard.

What cannot be computed is reported with its reason and left open, never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from selfassess.figures import FinanceFigures
from selfassess.grades import Grade
from selfassess.indicators import Indicator, Problem, calculate, check_figures
from selfassess.item import Item
from selfassess.logic import Figure, Judgement, judge
from selfassess.standard import Standard

_DEBT_LINE = Fraction(95, 100)


@dataclass(frozen=True)
class FinanceResult:
    """What the figures say about one finance item."""

    no: str
    judgement: Judgement
    indicators: tuple[Indicator, ...]
    problems: tuple[Problem, ...]

    @property
    def grade(self) -> Grade | None:
        """The grade, or None while the figures leave more than one possible."""
        return self.judgement.grade


def finance_figures(figures: FinanceFigures, production: bool | None) -> dict[str, Figure]:
    """The figures the finance items are judged by; what is not known is left out."""
    return _judged_by(figures, calculate(figures), production)


def _judged_by(
    figures: FinanceFigures, indicators: Mapping[str, Indicator], production: bool | None
) -> dict[str, Figure]:
    known: dict[str, Figure] = {
        name: indicator.value for name, indicator in indicators.items() if indicator.value is not None
    }
    given_margin = {**figures.stated, **figures.assumed}.get("operating_profit_margin")
    if given_margin is not None and "operating_profit" not in figures.amounts:
        # Revenue is never negative, so the profit has the sign of its margin.
        known["operating_profit"] = given_margin
    given: dict[str, Figure | None] = {
        "production_enterprise": figures.production if production is None else production,
        "audit_opinion": figures.audit_opinion,
        "erp_linked_and_balance_sheet_provided": figures.erp_linked_and_balance_sheet_provided,
        "consecutive_years_debt_ratio_above_95_percent": years_above_95_percent(figures),
    }
    return known | {name: value for name, value in given.items() if value is not None}


def grade_finances(standard: Standard, figures: FinanceFigures, production: bool | None) -> tuple[FinanceResult, ...]:
    """What the figures say about each finance item of the standard."""
    indicators, problems = calculate(figures), check_figures(figures)
    known = _judged_by(figures, indicators, production)
    return tuple(_grade(item, known, indicators, problems) for item in standard.items.values() if is_calculated(item))


def is_calculated(item: Item) -> bool:
    """Whether the calculator can judge the item."""
    return set(item.decided_by_records.keys) <= {"audit_report", "audited_financials"} and bool(
        item.decided_by_records.keys
    )


def years_above_95_percent(figures: FinanceFigures) -> int | None:
    """How many of the latest years in a row have a debt ratio above 95%; None if 5 years cannot be settled.

    Source: 2022 No. 106 general item 14 and annex 1 (5 consecutive years, year-end figures).
    """
    if not figures.history:
        ratio = calculate(figures)["debt_to_asset_ratio"].value
        return 0 if ratio is not None and ratio <= _DEBT_LINE else None
    latest = max(figures.history)
    ratios = [_debt_ratio_above_95(figures, year) for year in range(latest, latest - 5, -1)]
    if False not in ratios and None in ratios:
        return None
    return ratios.index(False) if False in ratios else 5


def _debt_ratio_above_95(figures: FinanceFigures, year: int) -> bool | None:
    end = figures.history.get(year)
    if end is None or end.total_assets.number == 0:
        return None
    if (end.total_assets.unit is None) != (end.total_liabilities.unit is None):
        return None
    return end.total_liabilities.yuan / end.total_assets.yuan > _DEBT_LINE


def _grade(
    item: Item, known: Mapping[str, Figure], indicators: Mapping[str, Indicator], problems: tuple[Problem, ...]
) -> FinanceResult:
    used = {threshold.metric for threshold in item.thresholds}
    own = tuple(indicator for name, indicator in indicators.items() if name in used)
    lines = {line for indicator in own for line in indicator.inputs}
    general = (problem for problem in problems if lines & set(problem.lines))
    found = (indicator.problem for indicator in own if indicator.problem is not None)
    return FinanceResult(item.no, judge(item, known), own, tuple(dict.fromkeys((*found, *general))))
