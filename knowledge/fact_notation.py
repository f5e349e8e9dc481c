"""How each kind of checkable fact is written, in Chinese and in English."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from knowledge.numerals import CHINESE, PARTS, article_number, number_of


@dataclass(frozen=True)
class Fact:
    """One checkable claim: its kind (money, percent, date, level …) and its value in one notation.

    A calendar ``year`` or ``month`` is another kind than a length of ``years`` or ``months``.
    """

    kind: str
    value: str


_YEAR = r"(?<![0-9])(?:[12][0-9]{3}|二[〇零][〇零一二三四五六七八九]{2})"
_NUMBER = r"[0-9][0-9,]*(?:\.[0-9]+)?"
_TWO = rf"[0-9]{{1,2}}|[{CHINESE}]{{1,3}}"
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sep sept", "october oct", "november nov", "december dec"), 1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_ONES = "|".join(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"))
_EN_NUMBER = {word: number for number, word in enumerate(_ONES.split("|"), 1)}
_SCALES = {"": 1, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
# Where a number begins: not inside another one, which would also cost time square in its length.
_BEGIN = rf"(?:(?<![0-9])(?<![0-9][.,])(?=[0-9])|(?<![0-9{CHINESE}])(?=[{CHINESE}]))"
_AMOUNT = rf"{_BEGIN}(?:{_NUMBER}[百千]?|[{CHINESE}]+)(?: ?[万萬亿億])?"
# 一 and 两 behind these words point at something and do not count: 这一次, 那两项.
_POINTING = rf"(?<=[这那另同哪某各])[一两](?![{CHINESE}])"
_QUANTITY = rf"(?!{_POINTING})({_AMOUNT}|\b(?:{_ONES})\b)"

# Unit as written -> unit as compared. Longest first, so that 个工作日 is not read as 日.
_UNITS = {
    "个工作日": "working_day", "工作日": "working_day", "working days": "working_day", "working day": "working_day",
    "个月": "months", "months": "months", "month": "months",
    "周年": "years", "年度": "years", "年": "years", "years": "years", "year": "years",
    "日内": "day", "日": "day", "天": "day", "days": "day", "day": "day",
    "万元": "money", "元": "money", "次": "times", "times": "times", "penalties": "times", "票": "documents",
    "批次": "batch", "批": "batch", "batches": "batch", "小时": "hour", "hours": "hour",
    "级": "level_count", "个等级": "level_count", "levels": "level_count", "档": "level_count",
    "类": "kind_count", "kinds": "kind_count", "倍": "fold", "分": "points", "points": "points",
    "家": "enterprise", "enterprises": "enterprise", "人": "person",
    "经济体": "economy", "个经济体": "economy", "economies": "economy",
    "个国家": "country", "国家": "country", "国": "country", "countries": "country",
    "项": "item_count", "条": "item_count", "items": "item_count", "articles": "item_count",
    "部门": "department", "个部门": "department", "departments": "department",
    "章": "chapter", "chapters": "chapter",
}  # fmt: skip
COUNTED = frozenset(_UNITS.values())
_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))

LEVELS = (
    ("seriously_discredited", r"严重失信|seriously discredited"),
    ("advanced_certified", r"高级认证|advanced certified|\bACEs?\b"),
    ("ordinary_certified", r"一般认证|ordinary certified"),
    ("general_credit", r"一般信用|general[- ]credit"),
    ("certified", r"认证企业|certified enterprises?|certified level|\bCEs?\b"),
    ("regular", r"常规企业|regular enterprises?"),
    ("discredited", r"失信企业|discredited enterprises?"),
)

PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("date", re.compile(rf"({_YEAR})[-/.年] ?({_TWO})[-/.月] ?({_TWO})(?![0-9])[日号]?")),
    ("date_en", re.compile(rf"\b([0-9]{{1,2}}) ({_MONTH})\.?,? ([12][0-9]{{3}})\b", re.I)),
    ("date_us", re.compile(rf"\b({_MONTH})\.? ([0-9]{{1,2}}),? ([12][0-9]{{3}})\b", re.I)),
    ("letter", re.compile(rf"〔({_YEAR})〕第?([0-9]{{1,4}})号?|[\[(]({_YEAR})[\])]第?([0-9]{{1,4}})号")),
    ("letter_en", re.compile(rf"\b(?:documents?|letters?) ({_YEAR}) No\. ?([0-9]{{1,4}})\b", re.I)),
    ("month_number", re.compile(rf"({_YEAR})-(0[1-9]|1[0-2])(?![0-9-])")),
    ("document", re.compile(rf"({_YEAR})年?(?:第|[ -]?No\. ?|-)([0-9]{{1,4}})号?(?!-?[0-9]|[季批次届期章条项款组])")),
    ("document_of", re.compile(r"\b(?:No\. ?|Announcement )([0-9]{1,4}) (?:of|/) ?([12][0-9]{3})\b")),
    ("document_order", re.compile(r"第?([0-9]{2,4})号?令|令第([0-9]{1,4})号|Orders? (?:No\. ?)?([0-9]{2,4})\b", re.I)),
    ("announcement", re.compile(r"第([0-9]{1,4})号|\bNos?\. ?([0-9]{1,4})\b")),
    ("month", re.compile(rf"({_YEAR})年({_TWO})月")),
    ("month_en", re.compile(rf"\b({_MONTH})\.? ([12][0-9]{{3}})\b", re.I)),
    ("year", re.compile(rf"({_YEAR})年(?!以|内|满)|\b((?:19|20)[0-9]{{2}})\b(?! ?(?:元|万|票|次|家|项))")),
    ("day_of_year", re.compile(rf"(?<![0-9{CHINESE}])({_TWO})月({_TWO})[日号]")),
    ("day_of_year_en", re.compile(rf"\b([0-9]{{1,2}}) ({_MONTH})\b(?! [12][0-9]{{3}})", re.I)),
    ("article", re.compile(rf"第([0-9]+|[{CHINESE}]+)条|\b(?:articles?|arts?\.) ?([0-9]+)", re.I)),
    ("item", re.compile(rf"第([0-9]+|[{CHINESE}]+)[项項]|\bitems? ([0-9]+)\b", re.I)),
    ("share", re.compile(rf"([百千万萬])分之({_AMOUNT})")),
    ("percent", re.compile(rf"{_BEGIN}({_NUMBER}) ?(?:%|per ?cent)")),
    ("permille", re.compile(rf"{_BEGIN}({_NUMBER}) ?(?:‰|per ?mille)")),
    ("fraction", re.compile(r"\b([0-9]{1,2})/([0-9][0-9,]*)\b")),
    ("money_en", re.compile(rf"(?:CNY|RMB|¥|yuan) ?({_NUMBER})(?: (thousand|million|billion)\b)?", re.I)),
    ("money", re.compile(rf"({_AMOUNT}) ?元")),
    ("quantity", re.compile(rf"{_QUANTITY} ?({_UNIT})(?![a-z])", re.I)),
    ("number", re.compile(rf"({_NUMBER}[百千]?(?: ?[万萬亿億])?)")),
)  # fmt: skip


def _plain(value: Decimal) -> str:
    text = format(value.normalize(), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _integer(text: str) -> int | None:
    return article_number(text)


def _date(year: str, month: str, day: str) -> Fact | None:
    y, m, d = _integer(year), _integer(month), _integer(day)
    if y is None or m is None or d is None or not (1 <= m <= 12 and 1 <= d <= 31):
        return None
    return Fact("date", f"{y:04d}-{m:02d}-{d:02d}")


def _month(year: str, month: str) -> Fact | None:
    y, m = _integer(year), _integer(month)
    return Fact("month", f"{y:04d}-{m:02d}") if y is not None and m is not None and 1 <= m <= 12 else None


def _first(match: re.Match[str]) -> str:
    return next(group for group in match.groups() if group)


def _share(parts: Decimal, whole: Decimal) -> Fact | None:
    return Fact("percent", _plain(parts / whole * 100)) if whole else None


def _quantity(match: re.Match[str]) -> Fact | None:
    word, unit = match[1], _UNITS[match[2].lower()]
    value = Decimal(_EN_NUMBER[word.lower()]) if word.lower() in _EN_NUMBER else number_of(word)
    return None if value is None else Fact(unit, _plain(value))


def _money(match: re.Match[str]) -> Fact | None:
    value = number_of(match[1])
    return None if value is None else Fact("money", _plain(value))


def _money_en(match: re.Match[str]) -> Fact | None:
    value = number_of(match[1])
    return None if value is None else Fact("money", _plain(value * _SCALES[(match[2] or "").lower()]))


def _numbered(kind: str, text: str) -> Fact | None:
    value = _integer(text)
    return None if value is None else Fact(kind, str(value))


READERS: dict[str, Callable[[re.Match[str]], Fact | None]] = {
    "date": lambda m: _date(m[1], m[2], m[3]),
    "date_en": lambda m: _date(m[3], str(_MONTHS[m[2].lower()]), m[1]),
    "date_us": lambda m: _date(m[3], str(_MONTHS[m[1].lower()]), m[2]),
    "letter": lambda m: Fact("letter", f"{_integer(m[1] or m[3])}-{int(m[2] or m[4])}"),
    "letter_en": lambda m: Fact("letter", f"{m[1]}-{int(m[2])}"),
    "month_number": lambda m: _month(m[1], m[2]),
    "document": lambda m: Fact("document", f"{_integer(m[1])}-{int(m[2])}"),
    "document_of": lambda m: Fact("document", f"{m[2]}-{int(m[1])}"),
    "document_order": lambda m: _numbered("order", _first(m)),
    "announcement": lambda m: _numbered("announcement", _first(m)),
    "month": lambda m: _month(m[1], m[2]),
    "month_en": lambda m: _month(m[2], str(_MONTHS[m[1].lower()])),
    "year": lambda m: Fact("year", str(_integer(_first(m)))),
    "day_of_year": lambda m: Fact("day_of_year", f"{_integer(m[1]) or 0:02d}-{_integer(m[2]) or 0:02d}"),
    "day_of_year_en": lambda m: Fact("day_of_year", f"{_MONTHS[m[2].lower()]:02d}-{int(m[1]):02d}"),
    "article": lambda m: _numbered("article", _first(m)),
    "item": lambda m: _numbered("item", _first(m)),
    "share": lambda m: _share(number_of(m[2]) or Decimal(0), Decimal(PARTS[m[1]])),
    "percent": lambda m: _share(number_of(m[1]) or Decimal(0), Decimal(100)),
    "permille": lambda m: _share(number_of(m[1]) or Decimal(0), Decimal(1000)),
    "fraction": lambda m: _share(Decimal(m[1]), number_of(m[2]) or Decimal(0)),
    "money_en": _money_en,
    "money": _money,
    "quantity": _quantity,
    "number": lambda m: Fact("number", _plain(number_of(m[1]) or Decimal(0))),
}
