"""Which figures a free-text reply gives for an item with limits: 罚了两次共3万, 检查40票查获3票, A级, 没有."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from selfassess.figure_names import SHARES, opinion_named
from selfassess.item import Item
from selfassess.logic import NOT_COMPUTABLE, Figure
from selfassess.metrics import METRICS, asked_for
from selfassess.replies import words
from selfassess.replies.characters import simplified
from selfassess.replies.clause import leftover, read_clause
from selfassess.replies.numbers import Spoken, even, numbers_in

_CUES: dict[str, str] = {
    "single_customs_penalty_amount": r"单次|单笔|每次|每笔|最高|最大|最多|largest|highest|biggest|each",
    "customs_penalty_sum": r"累计|合计|共计|总共|一共|共|总额|加起来|total|sum|altogether",
    "customs_penalty_count": r"罚|处罚|penalt|fine",
    "violation_count": r"违法|违规|violation",
    "previous_year_trade_value": r"进出口(?:总)?(?:值|额)|贸易(?:总)?(?:值|额)|trade value|import and export value",
    "previous_year_documents": r"单证|报关单|票数|documents?|declarations?",
    "previous_year_tax": r"纳税|缴税|税额|tax paid|paid in tax",
    "penalties_in_this_field": r"罚|处罚|penalt|fine",
    "recovered_tax_sum": r"追征|追补|补税|recover",
    "recoveries_over_100000_count": r"超过\s*10\s*万|10万(?:元)?以上|above|over",
    "inspected_self_declared_declarations": r"检查|查验|inspected",
    "declarations_with_findings": r"(?<!高质量)查获|findings?",
    "declarations_with_high_quality_findings": r"高质量|high.quality",
    "adverse_inspection_results": r"不合格|退运|销毁|没收|不予出口|adverse|rejected",
    "inspected_batches": r"检查|批次|查验|batches|inspected",
    "import_export_activity": r"报关单|进出口|票|declarations?|shipments?",
    "years_with_special_goods_trade": r"年|业务|years?",
    "laboratory_activity_years": r"实验室|laborator",
    "foreign_notifications_own_fault": r"通报|notif",
    "declarant_headcount": r"报关(?:人)?员|报关人员|一共|共有|总共|共|declarants?|staff|in all",
    "junior_passed_count": r"初级|junior",
    "intermediate_passed_count": r"中级|intermediate",
    "senior_passed_count": r"高级|senior",
    "brokers_used": r"委托|报关(?:企业|行)|brokers?",
    "aeo_brokers_used": r"认证|aeo|certified",
    "consecutive_years_debt_ratio_above_95_percent": r"年|years?",
}
"""The words that stand in front of, or right behind, a figure and say which one it is."""

_MOST_BESIDE_A_NUMBER = 8
"""How much else a message may say for its bare number to be the figure asked for."""
_REFERENCES = ("号", "条", "款", "令", "章", "楼", "月", "日")
_LARGE_COUNTS = ("previous_year_documents", "inspected_batches", "inspected_self_declared_declarations")
"""Counts that run into ten thousands."""

_NOT_COMPUTABLE = re.compile(
    r"(?:算|统计|计算|算得|查)不(?:出来?|了)|无法(?:计算|统计)|没法(?:算|统计)|cannot be computed|can't be computed"
)
_LETTER = re.compile(r"(?<![a-z])([a-e])([+-]?)(?![a-z])")


def figures_in(written: str, item: Item, awaiting: str | None = None) -> dict[str, Figure]:
    """The figures the reply gives for this item; a bare number is the one ``awaiting`` an answer."""
    plain = even(simplified(written.strip()[:1000]))
    if words.QUESTION.search(plain):
        return {}
    wanted = asked_for(item)
    found: dict[str, Figure] = {}
    if "audit_opinion" in wanted:
        found.update(_opinion(plain))
    if "public_credit_rating" in wanted:
        found.update(_letter(plain))
    found.update(_counted(plain, wanted, awaiting, taken=bool(found)))
    if not found and awaiting is not None:
        found.update(_none_or_unknowable(plain, wanted, awaiting))
    return {metric: figure for metric, figure in found.items() if metric in METRICS}


def _opinion(plain: str) -> Iterator[tuple[str, Figure]]:
    for part in re.split(r"[，。；,;是为:：\s]", plain):
        bare = re.sub(r"^(?:出具了?|审计(?:师)?(?:出)?的?)|(?:的)?审计报告$", "", part)
        opinion = opinion_named(part) or opinion_named(bare)
        if opinion is not None:
            yield "audit_opinion", opinion


def _letter(plain: str) -> Iterator[tuple[str, Figure]]:
    letters = [found[1].upper() + found[2] for found in _LETTER.finditer(plain)]
    if len(letters) == 1:
        yield "public_credit_rating", letters[0]


def _counted(plain: str, wanted: tuple[str, ...], awaiting: str | None, *, taken: bool) -> Iterator[tuple[str, Figure]]:
    """Numbers that a word beside them, or the question, gives to a figure of the item."""
    counts = [metric for metric in wanted if metric in _CUES]
    numbers = [] if taken else [number for number in numbers_in(plain) if not _is_no_figure(plain, number)]
    stray = leftover(plain) > _MOST_BESIDE_A_NUMBER
    left, since = list(counts), 0
    for number in numbers:
        metric = _meant(plain[since : number.start], plain[number.end :], number, left, None if stray else awaiting)
        if metric is not None:
            left.remove(metric)
            since = number.end
            yield metric, _sized(metric, number)


def _meant(before: str, after: str, number: Spoken, left: list[str], awaiting: str | None) -> str | None:
    """The figure a number is: by the word before it, by what was asked, by the word behind it, or as the only sum."""
    fitting = [metric for metric in left if _fits(metric, number)]
    last = {metric: max((found.end() for found in re.finditer(_CUES[metric], before)), default=0) for metric in fitting}
    if last and max(last.values()) > 0:
        return max(last, key=lambda metric: last[metric])
    if awaiting in fitting:
        return awaiting
    behind = next((metric for metric in fitting if re.match(rf".{{0,4}}(?:{_CUES[metric]})", after)), None)
    sums = [metric for metric in fitting if METRICS[metric].kind == "amount" and not metric.startswith("previous_year")]
    return behind or (sums[0] if len(sums) == 1 and _is_money(number) else None)


def _is_money(number: Spoken) -> bool:
    return number.mark == "yuan" or number.scaled or number.value >= 1000


def _fits(metric: str, number: Spoken) -> bool:
    kind = METRICS[metric].kind
    if kind == "amount":
        return number.mark != "times" and number.mark != "share"
    if kind in ("count", "years"):
        whole = number.mark in ("times", "") and number.value.denominator == 1 and number.value >= 0
        return whole and (not number.scaled or number.mark == "times" or metric in _LARGE_COUNTS)
    return True


def _sized(metric: str, number: Spoken) -> Fraction:
    if metric in SHARES and number.mark != "share" and abs(number.value) > 3:
        return number.value / 100
    return number.value


def _is_no_figure(plain: str, number: Spoken) -> bool:
    """A year, an item, or the number of an order or article."""
    behind = plain[number.start : number.end + 1]
    if plain[number.start - 1 : number.start] == "第" or plain[number.end : number.end + 1] in _REFERENCES:
        return True
    return number.mark in ("", "times") and re.match(r"20\d\d\s*年?", behind) is not None


def _none_or_unknowable(plain: str, wanted: tuple[str, ...], awaiting: str) -> Iterator[tuple[str, Figure]]:
    if _NOT_COMPUTABLE.search(plain) and awaiting.startswith("previous_year"):
        yield awaiting, NOT_COMPUTABLE
    elif METRICS[awaiting].kind in ("count", "amount", "years") and awaiting in _CUES and _says_none(plain):
        yield awaiting, 0
        for metric in wanted:
            # Nobody fined means no sum and no largest penalty either; what was traded last year is another matter.
            if metric in _CUES and not metric.startswith("previous_year") and metric != "declarant_headcount":
                yield metric, 0


def _says_none(plain: str) -> bool:
    """Whether the reply says that there was none: 没有, 从来没有被罚过."""
    if (
        _NOT_COMPUTABLE.search(plain)
        or words.UNSURE.search(plain)
        or words.HEDGE.search(plain)
        or words.CONTRAST.search(plain)
    ):
        return False
    signals = read_clause(plain)
    return bool(signals) and all(
        signal.good is (signal.topic in ("state", "event")) and signal.good is not None for signal in signals
    )
