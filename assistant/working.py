"""Say the result of a calculation: the verdict first, then each figure beside its limit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from assistant.arithmetic import Check, ItemResult, compare
from assistant.citations import Draft
from assistant.metrics import LIMIT_WORDS, METRICS, money, shown
from assistant.remarks import STANDARDS, aged_out, not_counted, remarks
from knowledge.text import Language

_LEVEL_NAMES = {
    "advanced_certified": ("高级认证企业", "advanced certified enterprises"),
    "certified": ("认证企业", "certified enterprises"),
}
_GRADES = {
    True: ("达标", "met"),
    False: ("不达标", "not met"),
    "partly": ("基本达标", "partly met"),
    None: ("还不能确定", "open"),
}


def drafts_of(results: Sequence[ItemResult], question: str, on: date, language: Language) -> list[Draft]:
    """Return a verdict per item, then the rule of the item; figures of the question are granted.

    A penalty that the question dates before the items' window is not held against their limits.
    """
    aged = aged_out(results, question, on)
    results = [result for result in results if result not in aged]
    drafts = [*not_counted(aged, question, on, language), *_summary(results, language)]
    for result in results:
        text = _sentence(result, language)
        granted = (question, *(w for c in result.checks for w in _working(c, language)))
        drafts.append(Draft(text, (result.provision,), "lead" if not drafts else "point", granted))
    for result in results:
        drafts.extend(remarks(result, question, language))
    return drafts


def _summary(results: Sequence[ItemResult], language: Language) -> list[Draft]:
    """The answer first: whether the figures keep the limits, level by level."""
    by_level: dict[str, list[ItemResult]] = {}
    for result in results:
        by_level.setdefault(result.provision.levels[0], []).append(result)
    if len(by_level) < 2 and len(results) < 2:
        return []
    parts = []
    for level, found in by_level.items():
        zh, en = _overall(found)
        name = _LEVEL_NAMES[level][1 if language == "en" else 0]
        parts.append(f"{name}: {en}" if language == "en" else f"{name}{zh}")
    text = "; ".join(parts) + "." if language == "en" else "，".join(parts) + "。"
    prefix = "By these figures alone: " if language == "en" else "只看这些数字："
    return [Draft(prefix + text, tuple(result.provision for result in results), "lead")]


def _overall(results: Sequence[ItemResult]) -> tuple[str, str]:
    """What the items of one level come to; an item still open counts by the figures given."""
    states = [all(c.kept for c in r.checks) if r.verdict is None else r.verdict for r in results]
    if False in states:
        return "不满足", "not within the limits"
    return ("基本达标", "partly met") if "partly" in states else ("没有超出限额", "within the limits")


def _sentence(result: ItemResult, language: Language) -> str:
    provision = result.provision
    parts = [_checked(check, language) for check in result.checks]
    zh, en = _GRADES[result.verdict]
    item = provision.item_no
    rest = _still_open(result, language)
    if language == "en":
        label = f"Item {item} of {STANDARDS[provision.document.id][1]} ({provision.title_en})"
        return f"{label}: {'; '.join(parts)}. Item: {en}{rest}."
    number = item if item.startswith("SP") else f"第{item}项"
    return (
        f"{STANDARDS[provision.document.id][0]}{number}（{provision.title_zh}）：{'；'.join(parts)}。本项{zh}{rest}。"
    )


def _checked(check: Check, language: Language) -> str:
    """One figure beside its limit."""
    threshold = check.threshold
    name_zh, name_en, _ = METRICS[threshold.metric]
    words_zh, words_en = LIMIT_WORDS[threshold.op]
    limit = shown(threshold.metric, Decimal(str(threshold.value)), language) + _as_amount(check, language)
    said = shown(threshold.metric, check.value, language)
    share = _by_share(check, language)
    if language == "en":
        where = f" for {threshold.applies_en}" if threshold.conditions else ""
        return f"{name_en} {said}: {'kept' if check.kept else 'not kept'} (limit{where} {words_en}{limit}{share})"
    where = f"{threshold.applies_zh}的" if threshold.conditions else ""
    return f"{name_zh}{said}，{where}要求是{words_zh}{limit}，{'满足' if check.kept else '不满足'}{share}"


def _still_open(result: ItemResult, language: Language) -> str:
    """Say what an open item waits for."""
    if result.verdict is not None:
        return ""
    logic = result.provision.pass_logic
    if isinstance(logic, dict) and "count" in logic:
        met, partly = logic["count"]["met"], logic["count"]["partly_met"]
        if language == "en":
            return f": {met} of its indicators satisfied mean met, {partly} means partly met"
        return f"：满足{met}项指标为达标，只满足{partly}项为基本达标"
    return ": other figures of the item are missing" if language == "en" else "：还缺本项的其他数字"


def _working(check: Check, language: Language) -> tuple[str, ...]:
    """The figures of a sum that come from the question or are its results."""
    value = shown(check.threshold.metric, check.value, language)
    return value, _by_share(check, language), _as_amount(check, language)


def _as_amount(check: Check, language: Language) -> str:
    """The limit of a share as the amount it comes to for this enterprise."""
    if check.bound is None:
        return ""
    amount = money(check.bound, language)
    return f" ({amount})" if language == "en" else f"（即{amount}）"


def _by_share(check: Check, language: Language) -> str:
    """Show the quotient where the number alone exceeds the limit."""
    share = check.share
    if share is None or compare(check.value, check.threshold):
        return ""
    limit, value = Decimal(str(share.limit.value)), share.value
    if share.limit.unit != "%":
        limit, value = limit * 100, value * 100
    shown_value = f"{value:.2f}" if share.limit.unit == "%" else _trimmed(value)
    shown_limit = _trimmed(limit)
    bound = share.whole * Decimal(str(share.limit.value)) / (100 if share.limit.unit == "%" else 1)
    if language == "en":
        return (
            f"; by share {share.part:,.0f} ÷ {share.whole:,.0f} = {shown_value}%, limit {shown_limit}% (that is "
            f"{_trimmed(bound)}), {'kept' if share.kept else 'not kept'}"
        )
    return (
        f"；按比例{share.part:,.0f}÷{share.whole:,.0f}＝{shown_value}%，限额{shown_limit}%（即{_trimmed(bound)}），"
        f"{'满足' if share.kept else '不满足'}"
    )


def _trimmed(value: Decimal) -> str:
    text = f"{value:,.4f}"
    return text.rstrip("0").rstrip(".")
