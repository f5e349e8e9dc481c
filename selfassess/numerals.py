"""Numbers as people write them: amounts with a unit, shares, Chinese numerals."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

from selfassess.errors import FiguresUnreadable

UNITS = {"元": 1, "千元": 1_000, "万元": 10_000, "百万元": 1_000_000, "亿元": 100_000_000}
"""Units an amount may be written in, in yuan."""

LARGEST = Fraction(10**18)
"""No amount of any enterprise is larger, in yuan; a larger one is a slip."""


@dataclass(frozen=True)
class Amount:
    """A number and the unit written beside it; None where no unit was written."""

    number: Fraction
    unit: str | None = None

    @property
    def yuan(self) -> Fraction:
        """The amount in yuan; without a unit, the bare number."""
        return self.number * UNITS[self.unit] if self.unit else self.number


_NUMBER = re.compile(r"^(?P<open>\()?(?P<sign>[-−+])?[¥￥]?(?P<number>\d[\d,]*(?:\.\d+)?)\)?(?P<unit>\D*)$")
_SHARE = re.compile(r"^(?P<sign>[-−+])?(?P<number>\d[\d,]*(?:\.\d+)?)(?P<mark>[%‰]?)$")
_MARKS = {"%": 100, "‰": 1000, "": 1}


def read_amount(value: object, unit: str | None = None) -> Amount:
    """A number as people write it: 1,200.5 or (300) for minus, with or without its own unit."""
    if isinstance(value, bool) or value is None:
        raise _not_a_number(value)
    if isinstance(value, int | float | Fraction):
        return _within_reason(Amount(_exact(value), unit), value)
    written = _NUMBER.match(_even(value))
    if written is None:
        raise _not_a_number(value)
    number = _exact(written["number"].replace(",", ""))
    negative = bool(written["open"]) or written["sign"] in ("-", "−")
    own = written["unit"].removeprefix("人民币")
    if own and own not in UNITS:
        raise unknown_unit(own)
    return _within_reason(Amount(-number if negative else number, own or unit), value)


def read_share(value: object) -> tuple[Fraction, bool]:
    """A share as people write it (0.6, 60%, 6‰), and whether it carried a mark that settles its size."""
    if isinstance(value, bool) or value is None:
        raise _not_a_number(value)
    if isinstance(value, int | float | Fraction):
        return _exact(value), False
    written = _SHARE.match(_even(value))
    if written is None:
        raise _not_a_number(value)
    number = _exact(written["number"].replace(",", "")) / _MARKS[written["mark"]]
    return (-number if written["sign"] in ("-", "−") else number), bool(written["mark"])


def _even(value: object) -> str:
    """Half-width and without blanks; 12．5％ is 12.5%."""
    if not isinstance(value, str):
        raise _not_a_number(value)
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", value[:200])).replace("，", ",")


def _exact(value: object) -> Fraction:
    try:
        return Fraction(str(value))
    except (ValueError, OverflowError) as error:
        raise _not_a_number(value) from error


def _within_reason(amount: Amount, value: object) -> Amount:
    if abs(amount.yuan) > LARGEST:
        shown = _short(value)
        raise FiguresUnreadable(f"金额大得不合理：{shown}", f"too large to be an amount: {shown}")
    return amount


def unknown_unit(name: object) -> FiguresUnreadable:
    """The error for a unit nobody uses for amounts."""
    units = "、".join(UNITS)
    return FiguresUnreadable(
        f"不认识的单位{_short(name)}，请用{units}", f"unknown unit {_short(name)}; use one of {units}"
    )


def _not_a_number(value: object) -> FiguresUnreadable:
    return FiguresUnreadable(f"不是数字：{_short(value)}", f"not a number: {_short(value)}")


def _short(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else shown[:57] + "…"
