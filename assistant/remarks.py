"""What a calculation leaves to be said: penalties too old to count, and what would keep an exceeded limit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from assistant.arithmetic import Check, ItemResult
from assistant.citations import Draft
from assistant.date_words import first_span, only_dates
from assistant.figure_notation import STEP
from knowledge.text import Language

# Short names of the standards, as their items are headed.
STANDARDS = {
    "advanced-2026": ("高级认证企业标准", "the advanced certified standard"),
    "certified-2026": ("认证企业标准", "the certified standard"),
    "single-business-2026": ("高级认证企业单项标准", "the single-business standard"),
    "general-2022-106": ("2022年第106号通用标准（旧规）", "the 2022 No. 106 general standard (old rule)"),
    "single-2022-106": ("2022年第106号单项标准（旧规）", "the 2022 No. 106 single-business standard (old rule)"),
}

# What a share is a share of, with its unit.
_WHOLES = {
    "single_penalty_to_previous_year_trade_value": ("上年度进出口总值", "元", "last year's trade value is CNY "),
    "violations_to_previous_year_documents": ("上年度报关相关单证", "票", "last year's documents number "),
    "adverse_result_rate": ("检查批次", "批", "inspected batches number "),
}

# A penalty of last year may already lie outside the window of one year.
_LAST_YEAR = re.compile(r"去年|上一年|last year", re.I)


def aged_out(results: Sequence[ItemResult], question: str, on: date) -> list[ItemResult]:
    """Return the results about penalties that the question dates wholly before the items' window of 1 year.

    The window is the one of the items' own text, 最近1年内 (2026 No. 34 and 2022 No. 106), counted back from ``on``.
    """
    span = first_span(only_dates(question), on)
    if span is None or span.last >= _window_start(on):
        return []
    return [result for result in results if _is_of_penalties(result)]


def not_counted(aged: Sequence[ItemResult], question: str, on: date, language: Language) -> list[Draft]:
    """Say which items do not count the penalty of the question, and from which day they count."""
    drafts: list[Draft] = []
    for result in aged:
        zh, en = STANDARDS[result.provision.document.id]
        item, start = result.provision.item_no, _window_start(on).isoformat()
        text = (
            f"{zh}第{item}项（{result.provision.title_zh}）只看最近1年内（{start}以后）的处罚，更早的不计。"
            if language != "en"
            else f"Item {item} of {en} counts penalties of the last 1 year (since {start}); earlier ones do not count."
        )
        drafts.append(Draft(text, (result.provision,), "point" if drafts else "lead", (question, text)))
    return drafts


def remarks(result: ItemResult, question: str, language: Language) -> list[Draft]:
    """The window of penalties where the question leaves open whether they lie in it, and the saving shares."""
    said = []
    if _LAST_YEAR.search(question) and _is_of_penalties(result):
        zh, en = STANDARDS[result.provision.document.id]
        item = result.provision.item_no
        text = (
            f"{zh}第{item}项只看最近1年内的处罚，更早的不计。"
            if language != "en"
            else f"Item {item} of {en} counts penalties of the last 1 year only."
        )
        said.append(Draft(text, (result.provision,), "point"))
    return said + [draft for check in result.checks for draft in _saving_share(result, check, question, language)]


def _saving_share(result: ItemResult, check: Check, question: str, language: Language) -> list[Draft]:
    """Where a share could still keep an exceeded limit: what the missing figure would have to be."""
    other = check.threshold.alternative
    if check.kept or other is None or check.share is not None:
        return []
    value = check.value - STEP if check.value % 1 == STEP else check.value
    needed = value / (Decimal(str(other.value)) / (100 if other.unit == "%" else 1))
    zh, en = STANDARDS[result.provision.document.id]
    whole_zh, unit, whole_en = _WHOLES[other.metric]
    text = (
        f"例外：{whole_zh}达到{needed:,.0f}{unit}时，按比例也可以满足（{zh}）。"
        if language != "en"
        else f"Exception: the limit is also kept when {whole_en}{needed:,.0f} or more ({en})."
    )
    return [Draft(text, (result.provision,), "point", (question, text))]


def _is_of_penalties(result: ItemResult) -> bool:
    return any("penalt" in check.threshold.metric for check in result.checks)


def _window_start(on: date) -> date:
    day = on.replace(day=28) if (on.month, on.day) == (2, 29) else on
    return day.replace(year=on.year - 1)
