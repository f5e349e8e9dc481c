"""Read the enterprise's own figures out of a question: 「一年罚了3次共8万」「现金比率0.15」.

Figures come back under the metric names that the standards' thresholds use. Amounts are in CNY,
percentages as numbers out of 100, ratios as written. Nothing is guessed: what is not said is absent.
"""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.conduct_figures import adverse_results, competence, findings, penalties, recoveries
from assistant.figure_notation import COUNT, FILLER, MONEY, MORE, STEP, Figures, amount_of
from knowledge.numerals import AMOUNT, number_of

_RATIOS: tuple[tuple[str, str, bool], ...] = (  # metric, names, whether it is a percentage
    ("debt_to_asset_ratio", r"资产负债率|资产负债比率?|负债率|debt[- ]to[- ]assets?(?: ratio)?|debt ratio", True),
    ("cash_ratio", r"现金比率|现金比例|现金率|cash ratio", False),
    ("operating_cash_flow_to_debt", r"(?:经营)?现金流(?:量)?负债比|operating cash flow to debt(?: ratio)?", False),
    ("current_ratio", r"流动比率|流动比例|流动率|current ratio", False),
    ("operating_profit_margin", r"营业利润率|operating(?: profit)? margin", True),
    ("gross_margin", r"毛利率|gross margin", True),
    ("return_on_total_assets", r"总资产报酬率|资产报酬率|总资产收益率|ROA|return on (?:total )?assets", True),
)
TOO_LARGE = Decimal(10) ** 15
_LOSS = re.compile(r"(?:净利润|净利)(?:是|为)?(?:负|亏)|亏损|亏了|loss[- ]making|net loss", re.I)
_PROFIT = re.compile(rf"(?:净利润|net profit){FILLER}{MONEY}", re.I)
_NUMBER = r"(-?[0-9]+(?:\.[0-9]+)?) ?(%|％)?"
_NON_PRODUCTION = re.compile(r"非生产型|贸易(?:公司|企业|型)|外贸公司|non-production|trading company", re.I)
_PRODUCTION = re.compile(r"生产型|生产企业|制造(?:企业|商)|工厂|我们?厂|manufactur|factory", re.I)


def figures_in(text: str) -> Figures:
    """Return the figures a cleaned, simplified question states; what no enterprise can have is no figure."""
    text = _plain(text)
    found: Figures = {}
    for read in (_finance, penalties, adverse_results, findings, recoveries, competence):
        found.update(read(text))
    return {metric: +value for metric, value in found.items() if abs(value) < TOO_LARGE}  # + rounds to 28 digits


def production_type(text: str) -> bool | None:
    """Whether the enterprise is said to be of the production type; None where that is not said."""
    if _NON_PRODUCTION.search(text):
        return False
    return True if _PRODUCTION.search(text) else None


def _plain(text: str) -> str:
    """Write 百分之八十 as 80%, 八万五 as 85000 and 8个亿 as 8亿, which the patterns then read."""
    text = re.sub(rf"百分之({AMOUNT})", lambda m: f"{number_of(m[1])}%", text)
    text = re.sub(r"个(?=[亿万])", "", text)
    return re.sub(
        rf"{COUNT}万([1-9一二三四五六七八九])(?![0-9.万千百十个次回笔起票批年月天])",
        lambda m: str((number_of(m[1]) or 0) * 10_000 + (number_of(m[2]) or 0) * 1000),
        text,
    )


def _finance(text: str) -> Figures:
    found: Figures = {}
    for metric, names, percent in _RATIOS:
        value = _ratio(text, names, percent)
        if value is not None:
            found[metric] = value
    if _LOSS.search(text):
        found["net_profit"] = Decimal(-1)
    elif match := _PROFIT.search(text):
        found["net_profit"] = amount_of(match[1])
    return found


def _ratio(text: str, names: str, percent: bool) -> Decimal | None:
    after = re.search(rf"(?:{names}){FILLER}{MORE}{_NUMBER}", text, re.I)
    before = re.search(rf"()(?<![0-9.]){_NUMBER}的?(?:{names})", text, re.I)
    match = after or before
    if match is None:
        return None
    value = Decimal(match[2])
    if percent and not match[3] and abs(value) <= Decimal("1.5"):
        value *= 100  # 资产负债率0.8 means 80%
    elif not percent and match[3]:
        value /= 100
    return value + STEP if match[1] else value
