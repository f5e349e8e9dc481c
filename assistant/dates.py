"""Decide which day a question is about.

Today unless the question says otherwise: a date, a month or year, 去年, 「4月1日之后」, the old measures,
or a document that has ended. Document numbers (公告2026年第34号) are not dates. A month stands for its
first day and a year for its first of July; when the rules changed inside that period, the answer says so.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from knowledge.models import Document
from knowledge.numerals import article_number

How = Literal["chosen", "words", "old_rule", "document", "today"]


@dataclass(frozen=True)
class AskedDay:
    """The day an answer is for, why, and the period the words cover."""

    on: date
    how: How
    first: date
    last: date

    @property
    def is_open(self) -> bool:
        """Whether the question left the day open."""
        return self.how == "today"


# Documents are written with years and numbers that look like dates.
_DOCUMENT = re.compile(
    r"(?:公告|第)?(?:19|20)[0-9]{2}年?(?:第|-|—| No\.? ?)[0-9]{1,3}号?(?:公告)?|〔(?:19|20)[0-9]{2}〕[0-9]+号?"
    r"|(?:19|20)[0-9]{2}年[0-9]{1,3}号(?:公告|令|文)?|(?:20)?2[0-9][- ]?年?(?:那[版套])?版?(?:的)?(?=标准|版标准|认证标准|单项|通用|那版| standard| single| general| version)"
    r"|(?:announcement|order|decree|no\.?) ?(?:no\. ?)?[0-9]{1,3} (?:of|/) ?(?:19|20)[0-9]{2}"
    r"|iso ?[0-9]+|gb/?t? ?[0-9]+",
    re.I,
)
_NOW = re.compile(r"现在|目前|当前|如今|今天|眼下|现行|现阶段|\b(?:now|currently|today|at present|current)\b", re.I)
_BEFORE = re.compile(r"^(?:份|底|末|初|中旬)?(?:之前|以前|前(?!三|两|几)|为止|\s?before)")
_AFTER = re.compile(r"^(?:份|底|末|初|中旬)?(?:新规|新办法|新政)?(?:之后|以后|起|后|开始|\s?onwards)")
_BEFORE_EN = re.compile(r"\b(?:before|until|prior to|up to) (?:the )?$", re.I)
_RULE = r"(?:高级认证|高认|认证|单项|通用|信用管理|AEO|信用)?(?:的)?(?:办法|规定|标准|政策|制度|规则|规矩|版本|要求|规|令|版)"
_OLD = re.compile(
    rf"[旧老](?:的)?(?:那[版套个])?{_RULE}|旧单项"
    r"|(?:新办法|新规|新令|改革|修订|新标准|新政策)(?:实施|施行|生效|出台|出来|执行)?(?:之前|以前|前)"
    rf"|(?:以前|过去|之前|原来|原先|早先|当时|从前)的?{_RULE}|(?:原来|以前|之前|过去)的(?:单项|通用)"
    r"|\b(?:old|former|previous|repealed) (?:\w+ )?(?:rules?|measures|order|law|standards?|regime)\b",
    re.I,
)
# Questions about the change itself are asked from today's point of view.
_COMPARES = re.compile(
    r"区别|不同|变化|对比|相比|比较|差异|新旧|变了|改了|取代|废止|失效|作废|还有效|还适用|还执行|仍然|衔接|过渡"
    r"|还算|算不算|算数|作数|怎么办|怎么处理|承认|还能|还用|还可以用|有效|拿来用"
    r"|\b(?:valid|in force|differ\w*|chang\w*|compar\w*|replac\w*|repeal\w*|still|versus|vs)\b",
    re.I,
)
# 去年 can date a figure (去年进出口8亿) or a fact that counts for an application made now; then the
# rule asked about is today's, unless the words point back (当时, 那时).
_FIGURE_OF_YEAR = re.compile(
    r"^度?(?:全年|一年|的)?(?:[^，。,？?]{0,4})(?:进出口|纳税|交税|缴税|营业|报关(?!行|企业|公司)|申报|贸易|利润|收入|审计|财务|报表|单证|总共|的数据|票)"
)
_APPLIES_NOW = re.compile(
    r"(?:还能|能不能|能否|可以|可不可以|能|影响|够不够|够格|符合|行不行|要等|还要等|什么时候能|是不是就)[^，。,]{0,12}(?:申请|高认|高级认证|认证|AEO|评上|过)"
    r"|(?:申请|高认|高级认证|认证|AEO)[^，。,]{0,14}(?:还能|能不能|能过|能否|行不行|行吗|可以吗|够吗|过得去|有影响|影响吗|受影响|能申请|过不过)"
    r"|\b(?:can|may|could) (?:we|i|they|it|our)\b.{0,30}\b(?:apply|qualif|still|pass|become)",
    re.I,
)
_POINTS_BACK = re.compile(
    r"当时|那时|那会儿|的时候|当年|时的(?:规定|办法|标准)|照.{0,4}办法|\b(?:then|at that time|back then)\b", re.I
)
_MONTH_NAMES = "january february march april may june july august september october november december".split()
_MONTH_EN = "|".join(rf"{name[:3]}(?:{name[3:]})?" for name in _MONTH_NAMES)
_N = r"([0-9]{1,2}|[一二三四五六七八九十两]{1,3})"


@dataclass(frozen=True)
class _Span:
    first: date
    last: date
    at: int
    end: int


def asked_day(text: str, today: date, chosen: date | None = None, named: tuple[Document, ...] = ()) -> AskedDay:
    """Return the day a cleaned, simplified question is about.

    ``chosen`` is a day picked by the person and wins; ``named`` are the documents the question names.
    """
    if chosen is not None:
        return AskedDay(chosen, "chosen", chosen, chosen)
    if _NOW.search(text) and not _OLD.search(text):
        return AskedDay(today, "today", today, today)
    plain = _DOCUMENT.sub(lambda m: "#" * len(m.group()), text)
    span = _first_span(plain, today)
    if span is not None and not _is_a_mere_fact(span, plain):
        return _day_of(span, plain, today)
    if _COMPARES.search(text):
        return AskedDay(today, "today", today, today)
    ended = [d.last_day for d in named if d.last_day < today and d.kind != "faq"]
    if ended:
        return AskedDay(max(ended), "document", max(ended), max(ended))
    if _OLD.search(text):
        return AskedDay(OLD_RULE_LAST_DAY, "old_rule", OLD_RULE_LAST_DAY, OLD_RULE_LAST_DAY)
    return AskedDay(today, "today", today, today)


def date_words(text: str) -> str:
    """Return the words of the first date in a text, or an empty string."""
    plain = _DOCUMENT.sub(lambda m: "#" * len(m.group()), text)
    span = _first_span(plain, date(2000, 1, 1))
    return text[span.at : span.end] if span else ""


# Order 251 was replaced on 2026-04-01 (Order 282, final provisions): "the old measures" means the day before.
OLD_RULE_LAST_DAY = date(2026, 3, 31)


def _is_a_mere_fact(span: _Span, text: str) -> bool:
    """Whether the date belongs to a figure or a past fact, while the rule asked about is today's."""
    if _POINTS_BACK.search(text):
        return False
    return bool(_FIGURE_OF_YEAR.match(text[span.end :]) or _APPLIES_NOW.search(text))


def _day_of(span: _Span, text: str, today: date) -> AskedDay:
    behind = text[span.end : span.end + 6]
    if _BEFORE.match(behind) or _BEFORE_EN.search(text[: span.at]):
        day = span.first - timedelta(days=1)
        return AskedDay(day, "words", day, day)
    if _AFTER.match(behind):
        day = max(span.first, today) if span.first <= today else span.first
        return AskedDay(day, "words", day, day)
    if span.first <= today <= span.last and span.first != span.last:
        return AskedDay(today, "words", span.first, span.last)
    if (span.last - span.first).days > 31:
        middle = date(span.first.year, 7, 1)
        if re.match(r"年?(?:底|末)", behind):
            middle = span.last
        elif re.match(r"年?初", behind):
            middle = span.first
        return AskedDay(middle, "words", span.first, span.last)
    return AskedDay(span.first, "words", span.first, span.last)


def _first_span(text: str, today: date) -> _Span | None:
    for pattern, read in _SPANS:
        for match in pattern.finditer(text):
            period = read(match, today)
            if period is not None:
                return _Span(*period, match.start(), match.end())
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
        re.compile(r"((?:19|20)[0-9]{2})(?:年|[-/.])([0-9]{1,2})(?:月|[-/.])([0-9]{1,2})[日号]?"),
        lambda m, _: _day(int(m[1]), int(m[2]), int(m[3])),
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
    (re.compile(r"((?:19|20)[0-9]{2})(?:年|[-/.])([0-9]{1,2})月?(?![0-9])"), lambda m, _: _month(int(m[1]), int(m[2]))),
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
