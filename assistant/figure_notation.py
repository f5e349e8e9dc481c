"""How figures are written in questions."""

from __future__ import annotations

import re
from decimal import Decimal

from knowledge.numerals import AMOUNT, CHINESE, number_of

Figures = dict[str, Decimal]
# 超过6万 is more than 6万: the smallest step above keeps a strict comparison strict.
STEP = Decimal("0.000001")

# A number is read from its first digit only: tried from every digit, a long row of digits takes quadratic time.
START = rf"(?<![0-9.])(?<![0-9],)(?<![{CHINESE}](?=[{CHINESE}]))"
COUNT = rf"{START}([0-9]+|[{CHINESE}]+)"
MONEY = rf"(?:CNY|RMB|¥)? ?{START}({AMOUNT}|[0-9]+(?:\.[0-9]+)?k)(?: ?(?:元|块钱?|yuan|CNY|RMB))?"
FILLER = r"[是为有只才到达约在仅刚好做了:：=的大概差不多也就 ]{0,8}(?:is|of|was|at|only)?\s?"
MORE = r"(超过|大于|高于|多于|超出|more than|over|above)?\s?"


def amount_of(text: str) -> Decimal:
    """Return an amount in CNY: 6万, 60,000, 60k."""
    if text.lower().endswith("k"):
        return Decimal(text[:-1]) * 1000
    return number_of(text) or Decimal(0)


def exceeding(match: re.Match[str]) -> Decimal:
    """Return the amount of a match whose first group says that it is exceeded."""
    value = amount_of(next(group for group in match.groups()[1:] if group))
    return value + STEP if match[1] else value


def count_by(pattern: re.Pattern[str], text: str) -> Decimal | None:
    """Return the number in the first group that matched, or None."""
    match = pattern.search(text)
    return number_of(next(group for group in match.groups() if group)) if match else None


def listed_amounts(text: str) -> list[Decimal]:
    """Return the amounts of 「分别是3万、4万和2万」 or 「一次3万，一次4万」, or nothing."""
    match = _LISTED.search(text)
    parts = re.findall(AMOUNT, match[1]) if match else _EACH_TIME.findall(text)
    values = [value for value in map(number_of, parts) if value is not None]
    return values if len(values) > 1 else []


_EACH_TIME = re.compile(
    rf"(?:一[次回笔]|第[一二三四五]次|另一?[次回笔])(?:是|罚了?|罚款|追了?|补了?)?{FILLER}({AMOUNT})(?:元|块)?"
)
_LISTED = re.compile(rf"分别(?:是|为|罚了?|罚款)?{FILLER}((?:{AMOUNT} ?元?(?:、|，|,|和|与|及)? ?){{2,}})")
