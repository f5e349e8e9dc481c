"""Read numbers as people write them: 三百二十, 5万, 1,000, 千分之一."""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
UNITS = {"十": 10, "百": 100, "千": 1000}
BIG = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
CHINESE = "零〇一二三四五六七八九十百千两兩"
# One amount: Arabic digits or Chinese numerals, with an optional 万 or 亿 behind.
AMOUNT = rf"(?:[0-9][0-9,]*(?:\.[0-9]+)?|[{CHINESE}]+)(?: ?[万萬亿億])?"
PARTS = {"百": 100, "千": 1000, "万": 10_000, "萬": 10_000}

_ARABIC = re.compile(r"([0-9][0-9,]*(?:\.[0-9]+)?)([百千]?)")


def number_of(text: str) -> Decimal | None:
    """Return the value of one number, or None when it is not one.

    Understands Arabic digits with separators, Chinese numerals up to 千, and 万 / 亿 behind either;
    百 and 千 behind Arabic digits, as in 5千.
    """
    text = text.strip()
    factor = Decimal(1)
    while text and text[-1] in BIG:
        factor *= BIG[text[-1]]
        text = text[:-1].rstrip()
    if match := _ARABIC.fullmatch(text):
        return Decimal(match[1].replace(",", "")) * factor * UNITS.get(match[2], 1)
    value = _chinese(text)
    return None if value is None else value * factor


def article_number(text: str) -> int | None:
    """Return the number of an article written 第二十二条, 22条, 二十二 or 22."""
    value = number_of(re.sub(r"[第条項项款 ]", "", text))
    return int(value) if value is not None and value == value.to_integral_value() else None


def chinese_number(value: int) -> str:
    """Write 1..9999 in Chinese numerals as articles are numbered: 22 → 二十二, 10 → 十."""
    digits = "零一二三四五六七八九"
    text = ""
    zero = False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, unit)
        if digit:
            text += ("零" if zero else "") + digits[digit] + name
            zero = False
        elif text and value:
            zero = True
    return text[1:] if text.startswith("一十") else text


def _chinese(text: str) -> Decimal | None:
    if not text or any(c not in DIGITS and c not in UNITS for c in text):
        return None
    if all(c in DIGITS for c in text):  # 二〇二六
        return Decimal("".join(str(DIGITS[c]) for c in text))
    total = 0
    digit: int | None = None
    for c in text:
        if c in DIGITS:
            digit = DIGITS[c]
        else:
            total += (1 if digit is None else digit) * UNITS[c]
            digit = None
    return Decimal(total + (digit or 0))
