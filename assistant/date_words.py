"""Find the days, months and years that a text names, relative ones included."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.numerals import article_number

# Documents are written with years and numbers that look like dates.
# 2026-34 is an announcement; 2025-06-01 is a day and 2025-06 a month.
_DOCUMENT = re.compile(
    r"(?:公告|第)?(?:19|20)[0-9]{2}年?(?:第|-(?!0[1-9])(?![0-9]{1,2}[-/.][0-9])|—| No\.? ?)[0-9]{1,3}号?(?:公告)?"
    r"|〔(?:19|20)[0-9]{2}〕[0-9]+号?"
    r"|(?:19|20)[0-9]{2}年[0-9]{1,3}号(?:公告|令|文)?"
    r"|(?:20)?2[0-9][- ]?年?(?:那[版套])?版?(?:的)?"
    r"(?=(?:高级认证|高认|认证|AEO|信用)?(?:企业)?(?:版)?标准|单项|通用|那版| standard| single| general| version)"
    r"|(?:announcement|order|decree|no\.?) ?(?:no\. ?)?[0-9]{1,3} (?:of|/) ?(?:19|20)[0-9]{2}"
    r"|iso ?[0-9]+|gb/?t? ?[0-9]+",
    re.I,
)
_MONTH_NAMES = "january february march april may june july august september october november december".split()
_MONTH_EN = "|".join(rf"{name[:3]}(?:{name[3:]})?" for name in _MONTH_NAMES)
_N = r"([0-9]{1,2}|[一二三四五六七八九十两]{1,3})"
_YEAR_IN_WORDS = re.compile(r"(?:一九|二[〇零])[〇零一二三四五六七八九]{2}(?=年)")


@dataclass(frozen=True)
class Span:
    """A period named in a text, and where the words stand."""

    first: date
    last: date
    at: int
    end: int


def only_dates(text: str) -> str:
    """Return the text, as long as before, with documents' numbers blanked out and 二〇二五年 written 2025年."""
    text = _YEAR_IN_WORDS.sub(lambda m: str(article_number(m.group())), text)
    return _DOCUMENT.sub(lambda m: "#" * len(m.group()), text)


def date_words(text: str) -> str:
    """Return the words of the first date in a text, or an empty string."""
    span = first_span(only_dates(text), date(2000, 1, 1))
    return text[span.at : span.end] if span else ""


def first_span(text: str, today: date) -> Span | None:
    """Return the first period named in what `only_dates` left of a text, or None."""
    for pattern, read in _SPANS:
        for match in pattern.finditer(text):
            period = read(match, today)
            if period is not None:
                return Span(*period, match.start(), match.end())
    return None


Period = tuple[date, date]


def _day(year: int, month: int, day: int) -> Period | None:
    if not (1949 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day), date(year, month, day)


def _month(year: int, month: int) -> Period | None:
    if not (1949 <= year <= 2100 and 1 <= month <= 12):
        return None
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _year(year: int) -> Period | None:
    return (date(year, 1, 1), date(year, 12, 31)) if 1990 <= year <= 2100 else None


def _number(text: str) -> int:
    return article_number(text) or 0


def _month_name(text: str) -> int:
    return next(i for i, name in enumerate(_MONTH_NAMES, 1) if name.startswith(text.lower()[:3]))


def _months_back(today: date, months: int) -> Period:
    index = today.year * 12 + today.month - 1 - months
    year, month = divmod(index, 12)
    day = date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))
    return day, day


def _years_back(today: date, years: int) -> Period:
    return _months_back(today, 12 * years)


_RELATIVE_YEARS = {
    "大前年": -3, "前年": -2, "去年": -1, "上一年": -1, "今年": 0, "本年": 0, "明年": 1, "后年": 2,
    "last year": -1, "this year": 0, "next year": 1,
}  # fmt: skip
_RELATIVE = "|".join(sorted(_RELATIVE_YEARS, key=len, reverse=True))


def _relative(word: str, today: date) -> int:
    return today.year + _RELATIVE_YEARS[word.lower()]


_Reader = Callable[[re.Match[str], date], Period | None]
_SPANS: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    (
        re.compile(rf"((?:19|20)[0-9]{{2}})(?:年|[-/.]){_N}(?:月|[-/.]){_N}[日号]?"),
        lambda m, _: _day(int(m[1]), _number(m[2]), _number(m[3])),
    ),
    (
        re.compile(rf"\b([0-9]{{1,2}})(?:st|nd|rd|th)? ({_MONTH_EN})\.?,? ((?:19|20)[0-9]{{2}})\b", re.I),
        lambda m, _: _day(int(m[3]), _month_name(m[2]), int(m[1])),
    ),
    (
        re.compile(rf"\b({_MONTH_EN})\.? ([0-9]{{1,2}})(?:st|nd|rd|th)?,? ((?:19|20)[0-9]{{2}})\b", re.I),
        lambda m, _: _day(int(m[3]), _month_name(m[1]), int(m[2])),
    ),
    (
        re.compile(rf"({_RELATIVE})的?{_N}月{_N}[日号]", re.I),
        lambda m, t: _day(_relative(m[1], t), _number(m[2]), _number(m[3])),
    ),
    (re.compile(rf"((?:19|20)[0-9]{{2}})年{_N}月"), lambda m, _: _month(int(m[1]), _number(m[2]))),
    (re.compile(r"((?:19|20)[0-9]{2})[-/.]([0-9]{1,2})(?![0-9])"), lambda m, _: _month(int(m[1]), int(m[2]))),
    (
        re.compile(rf"\b({_MONTH_EN})\.? ((?:19|20)[0-9]{{2}})\b", re.I),
        lambda m, _: _month(int(m[2]), _month_name(m[1])),
    ),
    (re.compile(rf"({_RELATIVE})的?{_N}月", re.I), lambda m, t: _month(_relative(m[1], t), _number(m[2]))),
    (
        re.compile(rf"(?<!每年)(?<![0-9一二三四五六七八九十]){_N}月{_N}[日号]"),
        lambda m, t: _day(t.year, _number(m[1]), _number(m[2])),
    ),
    (re.compile(r"((?:19|20)[0-9]{2}) ?年"), lambda m, _: _year(int(m[1]))),
    (re.compile(rf"({_RELATIVE})", re.I), lambda m, t: _year(_relative(m[1], t))),
    (re.compile(r"\b(?:in|during|of|for|since) ((?:19|20)[0-9]{2})\b", re.I), lambda m, _: _year(int(m[1]))),
    (re.compile(r"昨天|yesterday", re.I), lambda _, t: (t - timedelta(days=1), t - timedelta(days=1))),
    (re.compile(r"上个月|last month", re.I), lambda _, t: _months_back(t, 1)),
    (re.compile(r"下个月|next month", re.I), lambda _, t: _months_back(t, -1)),
    (re.compile(rf"{_N}个月(?:之|以)?前(?!置|提)"), lambda m, t: _months_back(t, _number(m[1]))),
    (re.compile(rf"{_N}年(?:之|以)?前(?!置|提)"), lambda m, t: _years_back(t, _number(m[1]))),
    (
        re.compile(r"\b([0-9]{1,2}) (years?|months?) ago\b", re.I),
        lambda m, t: _months_back(t, int(m[1]) * (12 if m[2][0] in "yY" else 1)),
    ),
)  # fmt: skip
