"""Which line of the statements, indicator or audit opinion a word stands for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from selfassess.text import Text, text

LINES: dict[str, Text] = {
    "cash": text("货币资金", "cash"),
    "trading_financial_assets": text("交易性金融资产", "trading financial assets"),
    "current_assets": text("流动资产合计", "current assets"),
    "total_assets": text("资产总计", "total assets"),
    "opening_total_assets": text("年初资产总计", "total assets at the start of the year"),
    "current_liabilities": text("流动负债合计", "current liabilities"),
    "total_liabilities": text("负债合计", "total liabilities"),
    "revenue": text("营业收入", "revenue"),
    "cost_of_sales": text("营业成本", "cost of sales"),
    "operating_profit": text("营业利润", "operating profit"),
    "interest_expense": text("利息费用", "interest expense"),
    "total_profit": text("利润总额", "total profit"),
    "net_profit": text("净利润", "net profit"),
    "net_operating_cash_flow": text("经营活动产生的现金流量净额", "net operating cash flow"),
}
"""The lines of the statements that the indicators need."""

INDICATORS: dict[str, Text] = {
    "debt_to_asset_ratio": text("资产负债率", "debt to assets"),
    "cash_ratio": text("现金比率", "cash ratio"),
    "operating_cash_flow_to_debt": text("经营现金流负债比", "operating cash flow to debt"),
    "current_ratio": text("流动比率", "current ratio"),
    "operating_profit_margin": text("营业利润率", "operating margin"),
    "gross_margin": text("毛利率", "gross margin"),
    "return_on_total_assets": text("总资产报酬率", "return on total assets"),
}
"""The indicators that are a ratio of lines; the others are lines themselves."""

SHARES = ("debt_to_asset_ratio", "operating_profit_margin", "gross_margin", "return_on_total_assets")
"""Indicators whose limit is a percentage."""

OPINIONS: dict[str, Text] = {
    "unqualified": text("无保留意见", "unqualified"),
    "qualified": text("保留意见", "qualified"),
    "adverse": text("否定意见", "adverse"),
    "disclaimer": text("无法表示意见", "disclaimer"),
}
"""Kinds of audit opinion."""

LINE_ALIASES: dict[str, tuple[str, ...]] = {
    "cash": ("货币资金", "现金及现金等价物", "cash and cash equivalents", "cash_and_equivalents"),
    "trading_financial_assets": ("交易性金融资产", "以公允价值计量且其变动计入当期损益的金融资产"),
    "current_assets": ("流动资产合计", "流动资产总计", "流动资产总额", "流动资产", "total current assets"),
    "total_assets": ("资产总计", "资产总额", "资产合计", "总资产", "年末资产总计", "期末资产总计", "assets"),
    "opening_total_assets": (
        "年初资产总计",
        "期初资产总计",
        "年初总资产",
        "期初总资产",
        "年初资产总额",
        "期初资产总额",
        "beginning total assets",
        "opening assets",
        "total assets at the start of the year",
    ),
    "current_liabilities": ("流动负债合计", "流动负债总计", "流动负债总额", "流动负债", "total current liabilities"),
    "total_liabilities": ("负债合计", "负债总计", "负债总额", "总负债", "liabilities"),
    "revenue": ("营业收入", "operating revenue", "operating income", "sales"),
    "cost_of_sales": ("营业成本", "operating cost", "operating costs", "cost of revenue", "cost of goods sold"),
    "operating_profit": ("营业利润",),
    "interest_expense": ("利息费用", "利息支出", "interest", "interest expenses"),
    "total_profit": ("利润总额", "税前利润", "profit before tax", "profit before income tax"),
    "net_profit": ("净利润", "net income"),
    "net_operating_cash_flow": (
        "经营活动产生的现金流量净额",
        "经营活动现金流量净额",
        "经营性现金流净额",
        "经营性现金流量净额",
        "经营活动现金流净额",
        "经营现金流净额",
        "经营现金流",
        "operating cash flow",
        "net cash flow from operating activities",
    ),
}
"""How statements and people name the lines. The first name of each is the one used in statements."""

_INDICATOR_ALIASES: dict[str, tuple[str, ...]] = {
    "debt_to_asset_ratio": ("资产负债率", "负债率", "debt ratio", "debt to asset", "debt to assets"),
    "cash_ratio": ("现金比率", "现金比例"),
    "operating_cash_flow_to_debt": (
        "经营现金流负债比",
        "现金流负债比",
        "经营活动现金流负债比",
        "operating cash flow to liabilities",
        "operating cash flow ratio",
    ),
    "current_ratio": ("流动比率", "流动比例"),
    "operating_profit_margin": ("营业利润率", "operating margin"),
    "gross_margin": ("毛利率", "gross profit margin"),
    "return_on_total_assets": ("总资产报酬率", "资产报酬率", "总资产收益率", "roa", "return on assets"),
}
_OPINION_ALIASES: dict[str, tuple[str, ...]] = {
    "unqualified": ("无保留", "标准无保留意见", "标准的无保留意见", "standard unqualified", "clean", "unmodified"),
    "qualified": ("保留",),
    "adverse": ("否定", "否定审计意见"),
    "disclaimer": ("无法表示", "拒绝表示意见", "无法发表意见", "disclaimer of opinion"),
}


def line_named(name: str) -> str | None:
    """The line a name stands for."""
    return _by_name()[0].get(plain(name))


def indicator_named(name: str) -> str | None:
    """The ratio a name stands for."""
    return _by_name()[1].get(plain(name))


def opinion_named(name: str) -> str | None:
    """The kind of audit opinion a name stands for. An unqualified opinion with an emphasis paragraph is unqualified."""
    written = plain(name)
    if re.fullmatch(r"带.{1,12}的?无保留(意见)?", written):
        return "unqualified"
    named = _by_name()[2]
    return named.get(written) or named.get(written.removesuffix("opinion"))


def every_name() -> Iterator[tuple[str, str]]:
    """Every name in lower case with the line or ratio it stands for."""
    for labels, aliases in ((LINES, LINE_ALIASES), (INDICATORS, _INDICATOR_ALIASES)):
        for key, label in labels.items():
            for name in {key.replace("_", " "), label.zh, label.en, *aliases[key]}:
                yield unicodedata.normalize("NFKC", name).lower().replace("_", " "), key


def plain(name: str) -> str:
    """A name without case, blanks, hyphens and full-width forms."""
    return re.sub(r"[\s_\-－—]", "", unicodedata.normalize("NFKC", str(name)).lower())


@cache
def _by_name() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    lines = _index(LINES, LINE_ALIASES)
    ratios = _index(INDICATORS, _INDICATOR_ALIASES)
    return lines, ratios, _index(OPINIONS, _OPINION_ALIASES)


def _index(labels: dict[str, Text], aliases: dict[str, tuple[str, ...]]) -> dict[str, str]:
    named = {}
    for key, label in labels.items():
        for name in (key, label.zh, label.en, *aliases[key]):
            named[plain(name)] = key
    return named
