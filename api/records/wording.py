"""How codes, sums, shares and days of records are written, in the reader's language."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import NumberPattern, format_decimal, parse_pattern

from api.records.codes import find_label
from knowledge.text import Language, traditional

LOCALES = {"en": "en_GB", "zh-Hant": "zh_Hant", "zh-Hans": "zh_Hans"}


def label_of(code_set: str, code: str | None, language: Language) -> str:
    """Return the plain name of a coded value, or the code where an installation uses one we do not know."""
    found = find_label(code_set, code) if code else None
    if found is None:
        return code or ""
    if language == "en":
        return found.en[0].upper() + found.en[1:]
    return traditional(found.zh) if language == "zh-Hant" else found.zh


def amount(value: Decimal | float, language: Language) -> str:
    """Return a sum of money."""
    written = format_decimal(value, format=_pattern("#,##0.##"), locale=_locale("en"))
    return f"CNY {written}" if language == "en" else f"{written}元"


def plain_number(value: Decimal | float, language: Language, decimals: int = 2) -> str:
    """Return a number with at most so many decimals."""
    locale = _locale("en" if language == "en" else "zh")
    return format_decimal(value, format=_pattern(f"#,##0.{'#' * decimals}"), locale=locale)


def percent(value: float, language: Language) -> str:
    """Return a share given in per cent; small ones keep two decimals."""
    return f"{plain_number(value, language, 2 if abs(value) < 10 else 1)}%"


def day_text(day: date, language: Language) -> str:
    """Return a day as the language writes it."""
    return format_date(day, "long", locale=LOCALES[language])


def month_text(day: date, language: Language) -> str:
    """Return the month of a day."""
    return f"{day:%b %Y}" if language == "en" else f"{day.year}年{day.month}月"


@cache
def _pattern(written: str) -> NumberPattern:
    return parse_pattern(written)


@cache
def _locale(name: str) -> Locale:
    return Locale.parse(name)
