"""What a clause allows, asks or forbids; whether it denies; and on which side of a limit it stands."""

from __future__ import annotations

import re
from typing import Literal

Mode = Literal["may", "must", "must_not", "need_not"]

_MODES: tuple[tuple[Mode, re.Pattern[str]], ...] = (
    (
        "need_not",
        re.compile(
            r"无需|无须|不需要|不需|不必|不用|免于|免予|不强制"
            r"|\b(?:need not|not (?:need|required|obliged|necessary)|no need|do(?:es)? not have to|exempt"
            r"|waive[sd]?)\b",
            re.I,
        ),
    ),
    (
        "must_not",
        re.compile(
            r"不得|不能|不可以|不可(?!抗|靠|分)|不予|禁止|不准|不允许|严禁|不许|无权"
            r"|\b(?:must not|mustn't|may not|shall not|cannot|can ?not|can't|not (?:be )?(?:allowed|permitted|entitled)"
            r"|prohibit\w*|forbid\w*|forbidden|barred|no longer (?:apply|be)|will not be)\b",
            re.I,
        ),
    ),
    (
        "must",
        re.compile(
            r"应当|必须|务必|必需|须(?!知)|有义务|(?<![对相供反响适])应(?![用急对收付付税纳有])|需要|需(?=[在于向由提经先])"
            r"|\b(?:must|shall|(?:has|have|had) to|(?:is|are) (?:required|obliged)|mandatory|obligatory|should"
            r"|needs? to)\b",
            re.I,
        ),
    ),
    (
        "may",
        re.compile(
            r"可以|可(?=[以申向依按由在免暂参适委不优享给视根]|能)|有权|允许|能够|能(?=申请|享受|适用)"
            r"|\b(?:may|can|could|(?:is|are) (?:allowed|permitted|entitled|able)|optional(?:ly)?)\b",
            re.I,
        ),
    ),
)
_CLASH: frozenset[frozenset[str]] = frozenset(
    frozenset(pair)
    for pair in (
        ("must", "may"),
        ("must", "need_not"),
        ("must", "must_not"),
        ("may", "must_not"),
        ("must_not", "need_not"),
    )
)
# 不 and 未 that deny nothing: limits, fixed words.
_NO_DENIAL = re.compile(
    r"不超过|不低于|不少于|不高于|不多于|不大于|不小于|不足|不满|不等于|不同|不仅|不但|不论|无论|不管|不定期|不可抗力|不当|不实"
    r"|非生产型|非常|未来|无纸化|无形|除非|非故意|非主观|不断|不良"
    r"|\b(?:not|no) (?:more|less|fewer|greater|higher|lower|later|earlier) than\b"
    r"|\bnot (?:exceed|only|above|below|over)\w*"
    r"|\bnon-\w+|\bno\. ?(?=[0-9])|\bnos\.",
    re.I,
)
_DENIAL = re.compile(
    r"不|没有|没(?!收)|未|无(?!锡)|非(?!法|洲)|拒绝|取消|\b(?:not|no|never|without|neither|nor|none|fails?|failed)\b|n't\b",
    re.I,
)
_AT_MOST = re.compile(
    r"不超过|不高于|不多于|不大于|至多|最多|最长|(?<!不)低于|(?<!不)小于|(?<!不)少于|不足|以内|之内|内(?=[作完提办书核答回向予申])|以下|上限|最高"
    r"|\b(?:at most|(?:no|not) (?:more|greater|higher|later) than|not exceed\w*|up to|within"
    r"|below|less than|under(?= (?:CNY|RMB|[0-9]))|fewer than"
    r"|lower than|maximum|not (?:above|over))\b",
    re.I,
)
_AT_LEAST = re.compile(
    r"不低于|不少于|不小于|至少|最少|最短|(?<=[日天月年])(?:以后|之后)|(?<!不)超过|(?<!不)高于|(?<!不)大于|(?<!不)多于|以上|下限|最低|满(?=[0-9一二两三四五六七八九十])"
    r"|\b(?:at least|(?:no|not) (?:less|fewer|lower) than|(?<!no )(?<!not )more than"
    r"|(?<!not )above|(?<!not )over(?= (?:CNY|RMB|[0-9]))|exceeds?|exceeding"
    r"|(?<!no )(?<!not )(?:greater|higher) than|minimum|not below)\b",
    re.I,
)
_EARLIER = re.compile(
    r"以前|之前|(?<=[日月年天])前"
    r"|为止|截至|(?<=[0-9日])止|\b(?:before|until|up to)\b",
    re.I,
)
_LATER = re.compile(
    r"以后|之后|(?<=[日月年天])后|(?<=[0-9日月年])起|\b(?:after|since|from|as of|onwards)\b",
    re.I,
)
_OPPOSITES: tuple[tuple[str, str], ...] = (
    (r"较高|\bhigher\b", r"较低|\blower\b"),
    (r"提高|增加|上升|\bincreas\w*|\brais\w*", r"降低|减少|下降|\breduc\w*|\blower\w*|\bdecreas\w*"),
    (r"上调|\bupgrad\w*", r"下调|\bdowngrad\w*"),
    (r"延长|\bextend\w*", r"缩短|\bshorten\w*"),
    (r"全部|所有|一律|\ball\b|\bevery\b", r"部分|个别|有的|\bsome\b|\bpart of\b"),
    (r"相同|一样|一致|\bsame\b|\bidentical\b", r"不同|不一样|\bdiffer\w*"),
    (r"恢复|保留|\bkeeps?\b|\bretain\w*", r"收回|取消|撤销|\bwithdraw\w*|\brevok\w*"),
)
_PAIRS = tuple((re.compile(a, re.I), re.compile(b, re.I)) for a, b in _OPPOSITES)


def modes_of(text: str) -> frozenset[Mode]:
    """Return what a clause allows, asks or forbids."""
    found: set[Mode] = set()
    for mode, pattern in _MODES:
        text, count = pattern.subn(" ", text)
        if count:
            found.add(mode)
    return frozenset(found)


def clash(said: frozenset[Mode], held: frozenset[Mode]) -> bool:
    """Whether what is said reverses what is held: may for must, must not for may."""
    if not said or not held or said & held:
        return False
    return any(frozenset((a, b)) in _CLASH for a in said for b in held)


def denies(text: str) -> bool:
    """Whether a clause denies something, limits and fixed words aside."""
    return bool(_DENIAL.search(_NO_DENIAL.sub(" ", text)))


def side_of(text: str) -> frozenset[str]:
    """Return the side of a limit a clause stands on: at_most, at_least, or both where it has two limits."""
    found = set()
    if _AT_MOST.search(text):
        found.add("at_most")
    if _AT_LEAST.search(text):
        found.add("at_least")
    return frozenset(found)


def side_in_time(text: str) -> frozenset[str]:
    """Return whether a clause speaks of the time before or after a day."""
    found = set()
    if _EARLIER.search(text):
        found.add("earlier")
    if _LATER.search(text):
        found.add("later")
    return frozenset(found)


def opposed(said: str, held: str) -> bool:
    """Whether a clause uses a word whose opposite, and not the word itself, stands in the other."""
    return any(
        (a.search(said) and not b.search(said) and b.search(held) and not a.search(held))
        or (b.search(said) and not a.search(said) and a.search(held) and not b.search(held))
        for a, b in _PAIRS
    )
