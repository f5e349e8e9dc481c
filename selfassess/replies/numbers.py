"""Numbers in a spoken sentence: 6万, 六万五千, 三次, 12.5%, 百分之二十, 千分之一, 60k."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

Mark = Literal["", "yuan", "share", "times"]

_DIGITS = {
    **dict(zip("零〇一二三四五六七八九", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)),
    **{"两": 2, "兩": 2, "俩": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9},
}
_SMALL = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_LARGE = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
_ENGLISH = {"k": 1_000, "thousand": 1_000, "m": 1_000_000, "million": 1_000_000, "billion": 1_000_000_000}
_WORDS = dict(
    zip("zero one two three four five six seven eight nine ten once twice".split(), [*range(11), 1, 2], strict=True)
)
_WORDS |= {"no": 0, "none": 0, "never": 0, "single": 1}
_HAN = "".join((*_DIGITS, *_SMALL, *_LARGE))
_PART_OF = {"百": 100, "千": 1000, "万": 10_000, "萬": 10_000}
_NO_NUMBER_BEHIND = set("共直般定些下致样旦切律时起向贯概再")
"""一共, 一直, 一般 and the like count nothing."""
_FOUND = re.compile(
    rf"(?P<base>[百千万萬])分之(?P<of>[{_HAN}]+|\d+(?:\.\d+)?)"
    rf"|(?P<tenths>[{_HAN}]+|\d+(?:\.\d+)?)成(?![立为本员熟品功年交])"
    rf"|(?P<sign>(?<![\d.])[-−负負])?(?P<number>\d[\d,]*(?:\.\d+)?|\.\d+)(?:\s*(?:个(?=[万亿]))?(?P<scale>[{''.join(_SMALL)}{''.join(_LARGE)}]+"
    r"|(?:k|thousand|m|million|billion)\b))?(?P<rest>零?\d*[十百千]?(?![\d万亿]))"
    rf"|(?P<minus>[负負])?(?P<han>[{_HAN}]+半?)(?=[^{_HAN}]|$)"
    r"|\b(?P<word>" + "|".join(_WORDS) + r")\b"
)
_AFTER = re.compile(
    r"^\s*(?:(?P<yuan>元|块|块钱|人民币|rmb|cny|yuan)|(?P<share>%|‰|percent|per cent|个点)"
    r"|(?P<times>次|票|笔|份|起|回|人|名|个|批次|批|年|家|times|declarations|people|persons|years|brokers))"
)


@dataclass(frozen=True)
class Spoken:
    """A number found: its value, what stands behind it, and where it stands."""

    value: Fraction
    mark: Mark
    start: int
    end: int
    scaled: bool = False


def even(text: str) -> str:
    """Half-width, lower case, thousands separators without blanks."""
    return re.sub(r"(?<=\d)[,，](?=\d{3})", "", unicodedata.normalize("NFKC", text).lower())


def numbers_in(text: str) -> Iterator[Spoken]:
    """Every number of a sentence that went through `even`, in order; 5亿9999万 is one number."""
    last: Spoken | None = None
    for number in _parts_of_numbers(text):
        if last is not None and last.scaled and not last.mark and last.end == number.start:
            last = replace(number, value=last.value + number.value, start=last.start, scaled=True)
            continue
        if last is not None:
            yield last
        last = number
    if last is not None:
        yield last


def _parts_of_numbers(text: str) -> Iterator[Spoken]:
    for found in _FOUND.finditer(text):
        value = _value(found)
        if value is None or (found["han"] == "一" and text[found.end() : found.end() + 1] in _NO_NUMBER_BEHIND):
            continue
        share = found["base"] is not None or found["tenths"] is not None
        after = _AFTER.match(text[found.end() :])
        mark: Mark = "share" if share else ""
        end = found.end()
        if after is not None and not share:
            mark = "yuan" if after["yuan"] else "share" if after["share"] else "times"
            end += after.end()
            if after["share"]:
                value /= 1000 if after["share"] == "‰" else 100
        yield Spoken(value, mark, found.start(), end, bool(found["scale"]) or _is_large(found["han"]))


def _is_large(han: str | None) -> bool:
    return han is not None and any(letter in _LARGE for letter in han)


def _value(found: re.Match[str]) -> Fraction | None:
    if found["base"]:
        part = _plain(found["of"])
        return None if part is None else part / _PART_OF[found["base"]]
    if found["tenths"]:
        part = _plain(found["tenths"])
        return None if part is None else part / 10
    if found["word"]:
        return Fraction(_WORDS[found["word"]])
    if found["han"]:
        value = None if found["han"] == "一半" else _han(found["han"])
        return -value if value is not None and found["minus"] else value
    value = _scaled(found)
    return -value if found["sign"] else value


def _plain(written: str) -> Fraction | None:
    return Fraction(written) if written[0].isdigit() and written.isascii() else _han(written)


def _scaled(found: re.Match[str]) -> Fraction:
    """6万 and 6万5千, and 6万5 as people say it for 65,000."""
    value = Fraction(found["number"].replace(",", ""))
    if found["scale"] is None:
        return value * _tail_of_plain(found["rest"])
    scale = _ENGLISH.get(found["scale"]) or _product(found["scale"])
    value *= scale
    rest = found["rest"]
    if rest.startswith("零"):
        value += int(rest[1:].rstrip("十百千") or 0) * _SMALL.get(rest[-1], 1)
    elif rest and rest[0].isdigit():
        unit = _SMALL.get(rest[-1])
        digits = int(rest.rstrip("十百千"))
        value += digits * (unit if unit is not None else scale // 10)
    return value


def _tail_of_plain(rest: str) -> int:
    return _SMALL.get(rest, 1) if rest else 1


def _product(scale: str) -> int:
    value = 1
    for letter in scale:
        value *= _SMALL.get(letter) or _LARGE[letter]
    return value


def _han(written: str) -> Fraction | None:
    """一百二十万, 六万五, 十, 两; None where the letters make no number."""
    half = written.endswith("半")
    total, section, digit, last = 0, 0, 0, 1
    for letter in written.rstrip("半"):
        if letter in _DIGITS:
            digit = _DIGITS[letter]
            last = 1 if letter in "零〇" else last
        elif letter in _SMALL:
            last = _SMALL[letter]
            section += (digit or 1) * last
            digit = 0
        else:
            last = _LARGE[letter]
            total = (
                (total + section + digit or 1) * last
                if last > 10_000 and total
                else total + (section + digit or 1) * last
            )
            section = digit = 0
    value = Fraction(total + section + (digit * last // 10 if digit and last >= 100 and total + section else digit))
    return value + Fraction(last, 2) if half and last > 1 else value + Fraction(1, 2) if half else value
