"""Names, units and notation of the figures that standards set limits for."""

from __future__ import annotations

from decimal import Decimal

from assistant.figure_notation import STEP
from knowledge.text import Language

# metric -> Chinese name, English name, unit
METRICS: dict[str, tuple[str, str, str]] = {
    "debt_to_asset_ratio": ("资产负债率", "debt-to-asset ratio", "%"),
    "cash_ratio": ("现金比率", "cash ratio", ""),
    "operating_cash_flow_to_debt": ("经营现金流负债比", "operating cash flow to debt", ""),
    "current_ratio": ("流动比率", "current ratio", ""),
    "net_profit": ("净利润", "net profit", "sign"),
    "operating_profit_margin": ("营业利润率", "operating margin", "%"),
    "gross_margin": ("毛利率", "gross margin", "%"),
    "return_on_total_assets": ("总资产报酬率", "return on total assets", "%"),
    "single_customs_penalty_amount": ("单次处罚", "single penalty", "CNY"),
    "customs_penalty_count": ("处罚次数", "number of penalties", "times"),
    "violation_count": ("违法次数", "number of violations", "times"),
    "customs_penalty_sum": ("累计处罚", "penalties in total", "CNY"),
    "declarations_with_findings": ("查获", "declarations with findings", "documents"),
    "declarations_with_high_quality_findings": ("高质量查获", "high-quality findings", "documents"),
    "finding_rate": ("查获率", "finding rate", "%"),
    "high_quality_finding_rate": ("高质量查获率", "high-quality finding rate", "%"),
    "recovered_tax_sum": ("追征税款累计", "recovered tax in total", "CNY"),
    "recoveries_over_100000_count": ("单次超过10万元的追征", "recoveries above CNY 100,000", "times"),
    "recovered_tax_to_previous_year_tax": ("追征税款占上年度纳税额", "recovered tax to last year's tax", "share"),
    "adverse_inspection_results": ("不合格处置", "adverse results", "times"),
    "share_junior_passed": ("通过初级评估的比例", "share with the junior level", "%"),
    "share_intermediate_passed": ("通过中级评估的比例", "share with the intermediate level", "%"),
    "share_senior_passed": ("通过高级评估的比例", "share with the senior level", "%"),
    "senior_passed_count": ("通过高级评估的人数", "persons with the senior level", "persons"),
    "declarant_headcount": ("报关人员人数", "number of declarants", "persons"),
}
LIMIT_WORDS = {
    "<=": ("不超过", "at most "),
    "<": ("低于", "below "),
    ">=": ("不低于", "at least "),
    ">": ("大于", "above "),
    "==": ("等于", "equal to "),
}
_SUFFIX_ZH = {"%": "%", "times": "次", "documents": "票", "persons": "人"}


def shown(metric: str, value: Decimal, language: Language) -> str:
    """Write a figure with its unit; a value just above a round one is written 超过 / more than."""
    unit = METRICS[metric][2]
    if unit == "sign":
        if value == 0:
            return "0"
        return ("为负" if value < 0 else "为正") if language != "en" else ("negative" if value < 0 else "positive")
    above = value % 1 == STEP or (value * 1000) % 1 == STEP * 1000
    prefix = ("超过" if language != "en" else "more than ") if above else ""
    return prefix + _with_unit(value - STEP if above else value, unit, language)


def _with_unit(value: Decimal, unit: str, language: Language) -> str:
    if unit == "share":
        return f"{_plain(value * 1000)}‰" if language != "en" else f"{_plain(value * 100)}%"
    if unit == "CNY":
        return money(value, language)
    return _plain(value) + (_SUFFIX_ZH.get(unit, "") if language != "en" else ("%" if unit == "%" else ""))


def money(value: Decimal, language: Language) -> str:
    """Write an amount in CNY."""
    if language == "en":
        return f"CNY {value:,.0f}"
    for factor, word in ((Decimal(100_000_000), "亿元"), (Decimal(10_000), "万元")):
        if value >= factor and (value / factor) == round(value / factor, 2):
            return _plain(value / factor) + word
    return f"{value:,.0f}元"


def _plain(value: Decimal) -> str:
    text = format(value.quantize(Decimal("0.01")) if value % 1 else value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
