"""Decide which day a question is about.

Today unless the question says otherwise: a date, a month or year, 去年, 「4月1日之后」, the old measures,
or a document that has ended. Document numbers (公告2026年第34号) are not dates. A month stands for its
first day and a year for its first of July; when the rules changed inside that period, the answer says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from assistant.date_words import Span, first_span, only_dates
from knowledge.models import Document

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


_NOW = re.compile(r"现在|目前|当前|如今|今天|眼下|现行|现阶段|\b(?:now|currently|today|at present|current)\b", re.I)
_BEFORE = re.compile(r"^(?:份|年?底|年?末|年?初|中旬)?(?:之前|以前|前(?!三|两|几)|为止|\s?before)")
_AFTER = re.compile(r"^(?:份|年?底|年?末|年?初|中旬)?(?:新规|新办法|新政)?(?:之后|以后|起|后|开始|\s?onwards)")
_START_OF_YEAR, _END_OF_YEAR = re.compile(r"年?初"), re.compile(r"年?[底末]")
_BEFORE_EN = re.compile(r"\b(?:before|until|prior to|up to) (?:the )?$", re.I)
_RULE = (
    r"(?:高级认证|高认|认证|单项|通用|信用管理|AEO|信用)?(?:的)?"
    r"(?:办法|规定|标准|政策|制度|规则|规矩|版本|要求|规|令|版)"
)
_OLD = re.compile(
    rf"[旧老](?:的)?(?:那[版套个])?{_RULE}|旧单项"
    r"|(?:新办法|新规|新令|改革|修订|新标准|新政策)(?:实施|施行|生效|出台|出来|执行)?(?:之前|以前|前)"
    rf"|(?:以前|过去|之前|原来|原先|早先|当时|从前)的?{_RULE}|(?:原来|以前|之前|过去)的(?:单项|通用)"
    r"|^(?:以前|过去|原来|从前)[，,]"
    r"|\b(?:old|former|previous|repealed) (?:\w+ )?(?:rules?|measures|order|law|standards?|regime)\b",
    re.I,
)
# Questions about the change itself are asked from today's point of view.
_COMPARES = re.compile(
    r"区别|不同|变化|对比|相比|比较|差异|新旧|变了|改了|取代|代替|顶替|顶掉|替掉|换掉|废止|失效|作废|还有效|还适用|还执行|仍然|衔接|过渡"
    r"|还算|算不算|算数|作数|怎么办|怎么处理|承认|还能|还用|还可以用|有效|拿来用"
    r"|\b(?:valid|in force|differ\w*|chang\w*|compar\w*|replac\w*|repeal\w*|still|versus|vs)\b",
    re.I,
)
# 「2025年的老规矩还有效吗」: the year names a rule, and whether it still stands is asked today.
_RULE_OF_THAT_DAY = re.compile(rf"^(?:的|那时|当时|时)*[旧老]?(?:的)?(?:那[版套个])?{_RULE}")
_STILL_STANDS = re.compile(
    r"有效|失效|作废|废止|取代|还适用|还执行|还能用|还可以用|还用|还算|算数|作数|过期|到期"
    r"|\b(?:valid|in force|repealed|replaced|still appl\w*|expired?)\b",
    re.I,
)
# 去年 can date a figure (去年进出口8亿) or a fact that counts for an application made now; then the
# rule asked about is today's, unless the words point back (当时, 那时).
_FIGURE_OF_YEAR = re.compile(
    r"^度?(?:全年|一年|的)?(?:[^，。,？?时申评认]{0,4})(?:进出口|纳税|交税|缴税|营业|报关(?!行|企业|公司)|申报|贸易|净利|利润|毛利|亏|负债|现金|资产|收入|审计|财务|报表|单证|总共|的数据|票)"
)
_APPLIES_NOW = re.compile(
    r"(?:还能|能不能|能否|可以|可不可以|能|影响|够不够|够格|符合|行不行|要等|还要等|什么时候能|是不是就)[^，。,]{0,12}(?:申请|高认|高级认证|认证|AEO|评上|过)"
    r"|(?:申请|高认|高级认证|认证|AEO)[^，。,]{0,14}(?:还能|能不能|能过|能否|行不行|行吗|可以吗|够吗|过得去|有影响|影响吗|受影响|能申请|过不过)"
    r"|还算(?:不算)?(?:高认|高级认证|认证|AEO|数)|还是(?:高认|高级认证|认证企业|AEO)|(?:要不要|用不用|需不需要|需要|还得)重新(?:认证|申请|审|评)"
    r"|过得[了去]|过不过得|还?过不[了去]|(?:还|算不?算)(?:是不是)?(?:达标|合格|符合)"
    r"|\b(?:can|may|could) (?:we|i|they|it|our)\b.{0,30}\b(?:apply|qualif|still|pass|become)"
    r"|\b(?:within the limits?|is (?:that|it|this) (?:enough|ok|okay|too much)"
    r"|do(?:es)? (?:we|that|it|this) (?:meet|pass|count|qualify))\b",
    re.I,
)
_POINTS_BACK = re.compile(
    r"当时|那时|那会儿|的时候|当年|时的(?:规定|办法|标准)|照.{0,4}办法|\b(?:then|at that time|back then)\b", re.I
)


def asked_day(text: str, today: date, chosen: date | None = None, named: tuple[Document, ...] = ()) -> AskedDay:
    """Return the day a cleaned, simplified question is about.

    ``chosen`` is a day picked by the person and wins; ``named`` are the documents the question names.
    """
    if chosen is not None:
        return AskedDay(chosen, "chosen", chosen, chosen)
    if _NOW.search(text) and not _OLD.search(text):
        return AskedDay(today, "today", today, today)
    plain = only_dates(text)
    span = first_span(plain, today)
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


# 「4月1日之前申请的按哪个标准」 asks how the change is bridged, which is asked of today's rules.
_WHICH_RULE = re.compile(
    r"(?:按|用|适用|依)(?:的?是?)(?:哪个|哪套|哪一?种|什么|新的?还是旧的?|旧的?还是新的?)|新旧"
    r"|\bwhich (?:rules?|standards?|order)\b"
)
# Order 251 was replaced on 2026-04-01 (Order 282, final provisions): "the old measures" means the day before.
OLD_RULE_LAST_DAY = date(2026, 3, 31)


def _is_a_mere_fact(span: Span, text: str) -> bool:
    """Whether the date belongs to a figure or a past fact, while the rule asked about is today's."""
    if _POINTS_BACK.search(text):
        return False
    behind = text[span.end :]
    if _RULE_OF_THAT_DAY.match(behind) and _STILL_STANDS.search(text):
        return True
    return bool(_FIGURE_OF_YEAR.match(behind) or _APPLIES_NOW.search(text))


def _day_of(span: Span, text: str, today: date) -> AskedDay:
    behind = text[span.end : span.end + 6]
    edge = span.last if _END_OF_YEAR.match(behind) else span.first
    if _BEFORE.match(behind) or _BEFORE_EN.search(text[: span.at]):
        if edge == OLD_RULE_LAST_DAY + timedelta(days=1) and _WHICH_RULE.search(text):
            return AskedDay(today, "today", today, today)
        day = edge - timedelta(days=1)
        return AskedDay(day, "words", day, day)
    if _AFTER.match(behind):
        day = max(edge, today)
        return AskedDay(day, "words", day, day)
    return AskedDay(_within(span, behind, today), "words", span.first, span.last)


def _within(span: Span, behind: str, today: date) -> date:
    """The day that stands for a period: as its 年初 or 年底 says, today inside it, else its middle or first day."""
    is_year = (span.last - span.first).days > 31
    if is_year and _START_OF_YEAR.match(behind):
        return span.first
    if is_year and _END_OF_YEAR.match(behind):
        return span.last
    if span.first <= today <= span.last:
        return today
    return date(span.first.year, 7, 1) if is_year else span.first
