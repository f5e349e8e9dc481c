"""Figures and limits as people read them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from selfassess.figure_names import OPINIONS
from selfassess.logic import Figure, NotComputable
from selfassess.text import Language, Text, text
from selfassess.thresholds import Comparison

_OPERATORS = {"<=": "≤", ">=": "≥", "==": "＝", "<": "＜", ">": "＞", "in": "∈"}
_COUNTED = {
    "count": text("次", "times"),
    "declaration": text("票", "declarations"),
    "person": text("人", "persons"),
    "batch": text("批次", "batches"),
    "year": text("年", "years"),
}


def show_figure(figure: Figure, unit: str, limit: Fraction | None = None, language: Language = "zh") -> str:
    """A figure in its unit. Never rounded onto the limit it misses."""
    if isinstance(figure, NotComputable):
        return "—"
    if isinstance(figure, bool):
        return (text("是", "yes") if figure else text("否", "no")).read(language)
    if isinstance(figure, str):
        return OPINIONS[figure].read(language) if figure in OPINIONS else figure
    value = Fraction(figure)
    if unit == "%":
        return _decimal(value * 100, 2, None if limit is None else limit * 100) + "%"
    if unit == "CNY":
        return _decimal(value, 2, limit)
    return str(value.numerator) if value.denominator == 1 else _decimal(value, 4, limit)


def show_limit(comparison: Comparison) -> Text:
    """A limit with its operator and unit: ≤ 50,000元."""
    operator = _OPERATORS[comparison.op]
    if comparison.limit is None:
        words = comparison.value if isinstance(comparison.value, tuple) else (comparison.value,)

        def shown(language: Language) -> list[str]:
            return [
                str(word) if isinstance(word, float) else show_figure(word, comparison.unit, language=language)
                for word in words
            ]

        return text(f"{operator} {'、'.join(shown('zh'))}", f"{operator} {', '.join(shown('en'))}")
    part = _part(comparison.limit) if comparison.unit == "ratio" else None
    if part is not None:
        return text(f"{operator} {part.zh}", f"{operator} {part.en}")
    number = show_figure(comparison.limit, comparison.unit)
    if comparison.unit == "CNY":
        return text(f"{operator} {number}元", f"{operator} CNY {number}")
    counted = _COUNTED.get(comparison.unit)
    if counted is None:
        return text(f"{operator} {number}", f"{operator} {number}")
    return text(f"{operator} {number}{counted.zh}", f"{operator} {number} {counted.en}")


def _part(share: Fraction) -> Text | None:
    """A small share as the rules write it: 千分之一, 万分之一."""
    for whole, zh, en in ((1_000, "千分之", "1,000"), (10_000, "万分之", "10,000")):
        if 0 < share < Fraction(1, 100) and (share * whole).denominator == 1:
            count = int(share * whole)
            return text(f"{zh}{'零一二三四五六七八九'[count]}", f"{count}/{en}")
    return None


def _decimal(value: Fraction, places: int, limit: Fraction | None) -> str:
    while limit is not None and value != limit and round(value, places) == round(limit, places) and places < 12:
        places += 2
    rounded = round(value, places)
    shown = f"{Decimal(rounded.numerator) / Decimal(rounded.denominator):,.{places}f}"
    return shown.rstrip("0").rstrip(".")
