"""What the figures of the thresholds are called, and which of them follow from others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from selfassess.figure_names import INDICATORS, LINES, OPINIONS, SHARES
from selfassess.item import Item
from selfassess.logic import NOT_COMPUTABLE, Figure, NotComputable
from selfassess.text import Text, text
from selfassess.thresholds import Gated

Kind = Literal["count", "amount", "share", "ratio", "years", "yes_no", "letter", "opinion"]


@dataclass(frozen=True)
class Metric:
    """A figure: its name, what sort of number it is, and what it is given in."""

    label: Text
    kind: Kind
    given_in: Text


_TIMES, _DECLARATIONS, _BATCHES = text("次", "times"), text("票", "declarations"), text("批次", "batches")
_PERSONS, _FIRMS, _YEARS, _YUAN = text("人", "persons"), text("家", "firms"), text("年", "years"), text("元", "CNY")
_OPINIONS = text("、".join(o.zh for o in OPINIONS.values()), ", ".join(o.en for o in OPINIONS.values()))
_PERCENT, _RATIO = text("百分比", "per cent"), text("比值", "a ratio")


def _count(zh: str, en: str, given_in: Text = _TIMES) -> Metric:
    return Metric(text(zh, en), "count", given_in)


def _amount(zh: str, en: str) -> Metric:
    return Metric(text(zh, en), "amount", _YUAN)


METRICS: dict[str, Metric] = {
    "single_customs_penalty_amount": _amount("单次最高处罚金额", "largest single penalty"),
    "customs_penalty_count": _count("被海关处罚的次数", "number of customs penalties"),
    "customs_penalty_sum": _amount("处罚金额累计", "sum of the penalties"),
    "violation_count": _count("违法次数", "number of violations"),
    "previous_year_trade_value": _amount("上年度进出口总值", "last year's import and export value"),
    "previous_year_documents": _count(
        "上年度报关相关单证总票数", "last year's customs-related documents", _DECLARATIONS
    ),
    "previous_year_tax": _amount("上年度总纳税额", "total tax paid last year"),
    "penalties_in_this_field": _count("这一领域被海关处罚的次数", "customs penalties in this field"),
    "recovered_tax_sum": _amount("累计被追征的税款", "tax recovered in all"),
    "recoveries_over_100000_count": _count("单次超过10万元的追征次数", "recoveries above CNY 100,000"),
    "inspected_self_declared_declarations": _count(
        "海关检查的自理报关单票数", "self-declared declarations inspected", _DECLARATIONS
    ),
    "declarations_with_findings": _count("查获票数", "declarations with findings", _DECLARATIONS),
    "declarations_with_high_quality_findings": _count(
        "高质量查获票数", "declarations with high-quality findings", _DECLARATIONS
    ),
    "adverse_inspection_results": _count("不合格处置次数", "adverse inspection results"),
    "inspected_batches": _count("检查批次（按报关单票数）", "batches inspected, counted as declarations", _BATCHES),
    "import_export_activity": _count(
        "报关单或者直接有关的业务笔数", "declarations or directly related business", _DECLARATIONS
    ),
    "years_with_special_goods_trade": Metric(
        text("最近3年中有特殊货物、物品进出口业务的年数", "of the last 3 years, those with trade in special goods"),
        "years",
        _YEARS,
    ),
    "laboratory_activity_years": Metric(
        text("已备案实验室从事活动的年数", "years of activity of the filed laboratory"), "years", _YEARS
    ),
    "foreign_notifications_own_fault": _count(
        "因企业自身原因被境外通报的次数", "foreign notifications for the enterprise's own fault"
    ),
    "declarant_headcount": _count("本企业报关人员数", "in-house declarants", _PERSONS),
    "junior_passed_count": _count("通过初级评估的人数", "declarants who passed the junior level", _PERSONS),
    "intermediate_passed_count": _count("通过中级评估的人数", "declarants who passed the intermediate level", _PERSONS),
    "senior_passed_count": _count("通过高级评估的人数", "declarants who passed the senior level", _PERSONS),
    "brokers_used": _count("委托过的报关企业数", "customs brokers used", _FIRMS),
    "aeo_brokers_used": _count("其中高级认证或者认证企业数", "of them advanced certified or certified", _FIRMS),
    "in_dissolution_or_bankrupt": Metric(
        text("进入解散程序或者被宣告破产", "in dissolution or bankrupt"), "yes_no", text("是、否", "yes, no")
    ),
    "public_credit_rating": Metric(
        text("国家公共信用综合评价结果", "national public credit rating"), "letter", text("A、B、C、D", "A, B, C, D")
    ),
    "audit_opinion": Metric(text("审计意见", "audit opinion"), "opinion", _OPINIONS),
    "consecutive_years_debt_ratio_above_95_percent": Metric(
        text("资产负债率连续超过95%的年数", "years in a row with a debt ratio above 95%"), "years", _YEARS
    ),
    **{name: Metric(label, "share", _PERCENT) for name, label in INDICATORS.items() if name in SHARES},
    **{name: Metric(label, "ratio", _RATIO) for name, label in INDICATORS.items() if name not in SHARES},
    **{name: Metric(label, "amount", _YUAN) for name, label in LINES.items()},
}
"""The figures people can give."""

SHARE_OF: dict[str, tuple[str, str]] = {
    "single_penalty_to_previous_year_trade_value": ("single_customs_penalty_amount", "previous_year_trade_value"),
    "violations_to_previous_year_documents": ("violation_count", "previous_year_documents"),
    "penalties_to_previous_year_documents": ("customs_penalty_count", "previous_year_documents"),
    "recovered_tax_to_previous_year_tax": ("recovered_tax_sum", "previous_year_tax"),
    "finding_rate": ("declarations_with_findings", "inspected_self_declared_declarations"),
    "high_quality_finding_rate": ("declarations_with_high_quality_findings", "inspected_self_declared_declarations"),
    "adverse_result_rate": ("adverse_inspection_results", "inspected_batches"),
    "share_junior_passed": ("junior_passed_count", "declarant_headcount"),
    "share_intermediate_passed": ("intermediate_passed_count", "declarant_headcount"),
    "share_senior_passed": ("senior_passed_count", "declarant_headcount"),
    "share_of_brokers_aeo": ("aeo_brokers_used", "brokers_used"),
}
"""Figures that are one given figure divided by another; nobody is asked for them."""


def name_of(metric: str) -> Text | None:
    """What a figure is called; a share by its part and its whole."""
    if metric in METRICS:
        return METRICS[metric].label
    if metric not in SHARE_OF:
        return None
    part, whole = (METRICS[name].label for name in SHARE_OF[metric])
    return text(f"{part.zh}÷{whole.zh}", f"{part.en} ÷ {whole.en}")


def derive(known: Mapping[str, Figure]) -> dict[str, Figure]:
    """The figures given and those that follow from them."""
    derived = dict(known)
    for name, (part, whole) in SHARE_OF.items():
        if name not in derived and part in known and whole in known:
            derived[name] = _share(known[part], known[whole])
    return derived


def asked_for(item: Item) -> tuple[str, ...]:
    """The figures a person would be asked for to judge the item, those that decide alone first."""
    listed = [*_gate(item), *_own(item), *_beside(item)]
    return tuple(dict.fromkeys(name for name in listed if name in METRICS))


def unknown_figures(item: Item, known: Mapping[str, Figure]) -> tuple[Text, ...]:
    """What a person would still have to say for the item to be judged."""
    derived = derive(known)
    missing = [
        SHARE_OF[name][1] if name in SHARE_OF else name
        for threshold in item.thresholds
        for name in (threshold.metric, *(other.metric for other in (threshold.also, threshold.alternative) if other))
        if name not in derived
    ]
    return tuple(METRICS[name].label for name in dict.fromkeys(missing) if name in METRICS)


def _gate(item: Item) -> Iterator[str]:
    if isinstance(item.pass_logic, Gated):
        yield item.threshold(item.pass_logic.gate).metric


def _own(item: Item) -> Iterator[str]:
    for threshold in item.thresholds:
        yield from (condition.metric for condition in threshold.condition)
    for threshold in item.thresholds:
        yield from reversed(SHARE_OF.get(threshold.metric, (threshold.metric,)))


def _beside(item: Item) -> Iterator[str]:
    for threshold in item.thresholds:
        for other in (threshold.also, threshold.alternative):
            if other is not None:
                yield from SHARE_OF.get(other.metric, (other.metric,))


def _share(part: Figure, whole: Figure) -> Fraction | NotComputable:
    numbers = (int, Fraction)
    if not isinstance(part, numbers) or not isinstance(whole, numbers) or not whole:
        return NOT_COMPUTABLE
    return Fraction(part) / Fraction(whole)
