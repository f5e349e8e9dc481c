"""Figures that a drafted sentence writes as words: thirty days, 半年, 三成, 每季度, 五个条件.

`knowledge.facts` reads figures as the corpus writes them. A model writes more freely, and what it writes
must be checked as well: words are turned into the notation that `facts_of` reads, and counts and rhythms
that have none there are read here.
"""

from __future__ import annotations

import re
from decimal import Decimal

from knowledge.facts import Fact, facts_of
from knowledge.numerals import CHINESE, number_of
from knowledge.text import clean, simplify

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_VALUE = {word: number for number, word in enumerate(_ONES)} | {word: 10 * n for n, word in enumerate(_TENS, 2)}
_WORD = "|".join(sorted(_VALUE, key=len, reverse=True))
_ENGLISH = re.compile(
    rf"\b(?:(?P<tens>{'|'.join(_TENS)})[- ](?P<ones>{'|'.join(_ONES[1:10])})|(?P<word>{_WORD}))\b"
    r"(?P<hundred> hundred\b)?",
    re.I,
)
_TENTHS = re.compile(r"([一二两三四五六七八九])成(?![立为员品果功绩])")
# A measure word behind a number; with those that `knowledge.facts` knows, so that nothing counted is missed.
_COUNTED = re.compile(
    rf"(?<![第0-9{CHINESE}])([0-9]+|[{CHINESE}]+) ?"
    r"(?:个(?![月工等经国部])|名|位|份|种|方面|道|步|阶段|期|轮|处|套|款|部|层|点|组|起|宗|笔|件|张|大(?=[类项]))"
)
_RHYTHM: tuple[tuple[str, str], ...] = (
    ("year", r"每年|每1?年度|一年一次|每一年|逐年|\bannual(?:ly)?\b|\byearly\b|\b(?:each|every|per|once a) year\b"),
    ("half_year", r"半年|\bsemi-?annual(?:ly)?\b|\bhalf[- ](?:a )?year(?:ly)?\b|\bsix-monthly\b"),
    ("quarter", r"每季度?|按季|季度|\bquarter(?:s|ly)?\b"),
    ("month", r"每月|每个月|按月|\bmonthly\b|\b(?:each|every|per) month\b"),
    ("week", r"每周|每星期|\bweekly\b|\b(?:each|every|per) week\b"),
    ("daily", r"每日|每天|\bdaily\b|\b(?:each|every|per) day\b"),
    ("half", r"一半|半数|过半|\b(?:one )?half\b(?![- ](?:a )?year)"),
    ("double", r"翻倍|翻番|加倍|一倍|\b(?:double|twice)\b"),
    ("this_year", r"今年|本年(?!度)|\bthis year\b"),
    ("last_year", r"去年|(?<!the )\blast year\b(?!\x27s)"),
    ("next_year", r"明年|\bnext year\b"),
)
_RHYTHMS = tuple((name, re.compile(pattern, re.I)) for name, pattern in _RHYTHM)
_SAME = {Fact("rhythm", "year"): frozenset({Fact("years", "1")})}


def in_digits(text: str) -> str:
    """Return a text with numbers that are written out in digits: thirty-one days, 三成."""
    text = _ENGLISH.sub(_as_digits, text)
    return _TENTHS.sub(lambda match: f"{number_of(match[1])}0%", text)


def worded_figures(text: str) -> frozenset[Fact]:
    """Return the counts and rhythms of a text: 五个条件, 每季度, 半年."""
    text = simplify(clean(text))
    counts = {Fact("count", f"{number_of(m[1])}") for m in _COUNTED.finditer(text) if number_of(m[1]) is not None}
    words = {Fact("count", f"{_english_value(m)}") for m in _ENGLISH.finditer(text) if _english_value(m) > 1}
    rhythms = {Fact("rhythm", name) for name, pattern in _RHYTHMS if pattern.search(text)}
    return frozenset(counts | words | rhythms)


def unsaid_figures(sentence: str, passages: str) -> frozenset[Fact]:
    """Return the counts and rhythms of a sentence that its passages do not say."""
    held = facts_of(passages) | worded_figures(passages)
    numbers = {_canonical(fact.value) for fact in held}
    return frozenset(fact for fact in worded_figures(sentence) if not _said(fact, held, numbers))


def _said(fact: Fact, held: frozenset[Fact], numbers: set[str]) -> bool:
    if fact.kind == "count":
        return _canonical(fact.value) in numbers or fact.value == "1"
    return fact in held or bool(_SAME.get(fact, frozenset()) & held)


def _canonical(value: str) -> str:
    try:
        number = Decimal(value)
    except ArithmeticError:
        return value
    return format(number.normalize(), "f")


def _as_digits(match: re.Match[str]) -> str:
    value = _english_value(match)
    return match.group() if value <= 12 else str(value)  # up to twelve the reader of facts knows the words


def _english_value(match: re.Match[str]) -> int:
    if match["tens"]:
        value = _VALUE[match["tens"].lower()] + _VALUE[match["ones"].lower()]
    else:
        value = _VALUE[match["word"].lower()]
    return value * 100 if match["hundred"] else value
