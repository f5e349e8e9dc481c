"""Finance figures as given: amounts with the unit they were written in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from selfassess.errors import FiguresUnreadable
from selfassess.text import Text, text

UNITS = {"元": 1, "千元": 1_000, "万元": 10_000, "百万元": 1_000_000, "亿元": 100_000_000}
"""Units an amount may be written in, in yuan."""

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

OPINIONS = {
    "unqualified": text("无保留意见", "unqualified"),
    "qualified": text("保留意见", "qualified"),
    "adverse": text("否定意见", "adverse"),
    "disclaimer": text("无法表示意见", "disclaimer"),
}
"""Kinds of audit opinion."""


@dataclass(frozen=True)
class Amount:
    """A number and the unit written beside it; None where no unit was written."""

    number: Fraction
    unit: str | None = None

    @property
    def yuan(self) -> Fraction:
        """The amount in yuan; without a unit, the bare number."""
        return self.number * UNITS[self.unit] if self.unit else self.number


@dataclass(frozen=True)
class YearEnd:
    """Liabilities and assets at the end of one year."""

    total_liabilities: Amount
    total_assets: Amount


@dataclass(frozen=True)
class FinanceFigures:
    """What the calculator works from. ``assumed`` puts an indicator's value in place of its calculation."""

    amounts: Mapping[str, Amount] = field(default_factory=dict)
    audit_opinion: str | None = None
    erp_linked_and_balance_sheet_provided: bool | None = None
    history: Mapping[int, YearEnd] = field(default_factory=dict)
    assumed: Mapping[str, Fraction] = field(default_factory=dict)

    def assuming(self, indicator: str, value: Fraction) -> FinanceFigures:
        """The same figures with one indicator set to a value."""
        return replace(self, assumed={**self.assumed, indicator: value})


def read_figures(content: Mapping[str, Any]) -> FinanceFigures:
    """Figures from a form or file: line ids or Chinese line names, ``unit``, ``audit_opinion``, ``history``.

    A number may carry its own unit ("1,200万元"); otherwise ``unit`` counts, and without it no unit is assumed.
    """
    unit = _unit(content.get("unit"))
    rest = {key: value for key, value in content.items() if key not in _OTHER_KEYS}
    amounts = {_line(key): read_amount(value, unit) for key, value in rest.items() if value is not None}
    linked = content.get("erp_linked_and_balance_sheet_provided")
    if linked not in (None, True, False):
        raise FiguresUnreadable("erp_linked_and_balance_sheet_provided must be true or false")
    return FinanceFigures(
        amounts=amounts,
        audit_opinion=_opinion(content.get("audit_opinion")),
        erp_linked_and_balance_sheet_provided=linked,
        history=_history(content.get("history") or {}, unit),
    )


_OTHER_KEYS = {"unit", "audit_opinion", "erp_linked_and_balance_sheet_provided", "history"}
_NUMBER = re.compile(r"^(?P<open>[(（])?(?P<sign>[-−－+])?[¥￥]?(?P<number>\d[\d,，]*(?:\.\d+)?)[)）]?(?P<unit>\D*)$")


def read_amount(value: object, unit: str | None = None) -> Amount:
    """A number as people write it: 1,200.5 or (300) for minus, with or without its own unit."""
    if isinstance(value, bool) or value is None:
        raise FiguresUnreadable(f"not a number: {value!r}")
    written = _NUMBER.match(re.sub(r"\s", "", str(value)))
    if isinstance(value, int | float | Fraction):
        try:
            return Amount(Fraction(str(value)), unit)
        except ValueError as error:
            raise FiguresUnreadable(f"not a number: {value!r}") from error
    if written is None:
        raise FiguresUnreadable(f"not a number: {value!r}")
    number = Fraction(re.sub(r"[,，]", "", written["number"]))
    negative = bool(written["open"]) or written["sign"] in ("-", "−", "－")
    return Amount(-number if negative else number, _unit(written["unit"]) or unit)


def _unit(value: object) -> str | None:
    if value is None or value == "":
        return None
    name = str(value).removeprefix("人民币")
    if name not in UNITS:
        raise FiguresUnreadable(f"unknown unit {value!r}; use one of {'、'.join(UNITS)}")
    return name


def _line(name: str) -> str:
    by_label = {label.zh: line for line, label in LINES.items()}
    line = name if name in LINES else by_label.get(name)
    if line is None:
        raise FiguresUnreadable(f"unknown line {name!r}; known are: {', '.join(LINES)}")
    return line


def _opinion(value: object) -> str | None:
    if value is None:
        return None
    by_label = {label.zh: opinion for opinion, label in OPINIONS.items()}
    opinion = str(value) if value in OPINIONS else by_label.get(str(value))
    if opinion is None:
        raise FiguresUnreadable(f"unknown audit opinion {value!r}; use one of {', '.join(OPINIONS)}")
    return opinion


def _history(content: Mapping[Any, Any], unit: str | None) -> dict[int, YearEnd]:
    try:
        return {
            int(year): YearEnd(
                read_amount(figures["total_liabilities"], unit), read_amount(figures["total_assets"], unit)
            )
            for year, figures in content.items()
        }
    except (KeyError, TypeError, ValueError) as error:
        raise FiguresUnreadable(f"history: give total_liabilities and total_assets for each year ({error})") from error
