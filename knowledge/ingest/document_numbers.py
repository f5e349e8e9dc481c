"""Numbers of documents: 海关总署令第282号, 公告2026年第34号, 国办发〔2025〕22号."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from knowledge.ingest.characters import CJK, NUMERAL, comparable, number
from knowledge.ingest.chinese_dates import DATE
from knowledge.ingest.titles import title_key

NumberKind = Literal["order", "announcement", "other"]

_ISSUER = f"(?:主席|国务院|[{CJK}]{{1,18}}?(?:部|委员会|委|总局|总署|署|局|银行|办公室|人民政府|银保监会|证监会))"
_ISSUERS = f"{_ISSUER}(?:[、 　]{_ISSUER}){{0,9}}"
_YEAR = "(\\d{4}) ?年?"
_ORDER = re.compile(
    f"(?:中华人民共和国 ?)?({_ISSUERS}) ?令 ?(?:[〔\\[（(] ?{_YEAR} ?[〕\\]）)] ?|{_YEAR} ?)?第? ?([{NUMERAL}]+) ?号"
)
_ORDER_LAST = re.compile(f"(?:中华人民共和国 ?)?({_ISSUERS}) ?第 ?([{NUMERAL}]+) ?号令")
_ANNOUNCEMENT = re.compile(
    f"(?:中华人民共和国 ?)?({_ISSUERS})? ?公告 ?[〔\\[（(]? ?{_YEAR} ?[〕\\]]? ?(?:第 ?)?([{NUMERAL}]+) ?号"
)
_OTHER = re.compile(f"([{CJK}]{{2,10}}) ?[〔\\[（(] ?(\\d{{4}}) ?[〕\\]）)] ?(?:第 ?)?(\\d+) ?号")
_NOT_ISSUER = re.compile("^(?:根据|依据|依照|按照|经|由|自|以|和|与|及|现将|的|日|中华人民共和国)+")
_SHORT = {
    "国家发展和改革委员会": "国家发展改革委",
    "国家发展改革委员会": "国家发展改革委",
    "发展改革委": "国家发展改革委",
    "发改委": "国家发展改革委",
    "市场监管总局": "国家市场监督管理总局",
    "市场监督管理总局": "国家市场监督管理总局",
    "税务总局": "国家税务总局",
    "人民银行": "中国人民银行",
}
_IDS = {
    "海关总署": ("gacc", "GACC"),
    "国务院": ("state-council", "State Council"),
    "主席": ("president", "President"),
    "国家发展改革委": ("ndrc", "NDRC"),
    "商务部": ("mofcom", "MOFCOM"),
    "财政部": ("mof", "MOF"),
    "公安部": ("mps", "MPS"),
    "交通运输部": ("mot", "MOT"),
    "国家税务总局": ("sta", "STA"),
    "国家市场监督管理总局": ("samr", "SAMR"),
    "中国人民银行": ("pbc", "PBC"),
    "国家外汇管理局": ("safe", "SAFE"),
}


@dataclass(frozen=True)
class DocumentNumber:
    """A number taken apart. ``year`` is 0 where the series does not restart every year."""

    kind: NumberKind
    issuer: str
    year: int
    number: int

    @property
    def text(self) -> str:
        """The number as it is written here: 海关总署令第282号."""
        if self.kind == "order":
            year = f"{self.year}年" if self.year else ""
            return f"{self.issuer}令{year}第{self.number}号"
        if self.kind == "announcement":
            return f"{self.issuer}公告{self.year}年第{self.number}号"
        return f"{self.issuer}〔{self.year}〕{self.number}号"

    @property
    def text_en(self) -> str:
        """The number in English where the issuer has an established short name, else empty."""
        name = _IDS.get(self.issuer, ("", ""))[1]
        if not name or self.kind == "other":
            return ""
        if self.kind == "order":
            return f"{name} Order No. {self.number}" + (f" of {self.year}" if self.year else "")
        return f"{name} Announcement {self.year} No. {self.number}"

    def same_as(self, other: DocumentNumber) -> bool:
        """Whether both are one number; an announcement may be named without its issuer."""
        issuers_agree = self.issuer == other.issuer or not (self.issuer and other.issuer)
        return issuers_agree and (self.kind, self.year, self.number) == (other.kind, other.year, other.number)


def numbers_in(text: str) -> list[DocumentNumber]:
    """Return the document numbers in the text, in the order in which they stand."""
    # 2010年9月14日中华人民共和国国务院令: the date would become part of the issuer's name.
    text = DATE.sub(lambda match: "，" * len(match[0]), text)
    found: list[tuple[int, DocumentNumber]] = []
    for match in _ORDER.finditer(text):
        found += _made(match.start(), "order", match[1], match[2] or match[3], match[4])
    for match in _ORDER_LAST.finditer(text):
        found += _made(match.start(), "order", match[1], None, match[2])
    for match in _ANNOUNCEMENT.finditer(text):
        found += _made(match.start(), "announcement", match[1], match[2], match[3])
    for match in _OTHER.finditer(text):
        if not match[1].endswith(("令", "公告")):
            found += _made(match.start(), "other", match[1], match[2], match[3])
    return [item for _, item in sorted(found, key=lambda pair: pair[0])]


def parse_number(text: str) -> DocumentNumber | None:
    """Return the one number the text consists of or begins with, None where there is none."""
    found = numbers_in(text)
    return found[0] if found else None


def same_number(first: str, second: str) -> bool:
    """Whether two numbers name one document, however each is spelled.

    A stand-in for a number (2021年4月29日修正, n/k) names none: several documents can have it.
    """
    one, other = parse_number(first), parse_number(second)
    if one and other:
        return one.same_as(other)
    return "号" in first and comparable(first) == comparable(second)


def is_number_line(text: str) -> bool:
    """Whether the line is a document number and nothing else."""
    compact = text.strip("（）() ")
    return len(compact) <= 60 and any(
        match is not None and not _NOT_ISSUER.match(compact.removeprefix("中华人民共和国"))
        for match in (pattern.fullmatch(compact) for pattern in (_ORDER, _ORDER_LAST, _ANNOUNCEMENT, _OTHER))
    )


def document_id(number_text: str, title: str, effective_from: date, promulgated_year: int) -> str:
    """Return the id a document gets: ``gacc-order-282``, ``gacc-2026-34``, else by title and day.

    Orders of the President are counted anew with every congress, so their ids carry the year.
    """
    parsed = parse_number(number_text)
    if parsed and parsed.kind != "other" and parsed.issuer in _IDS:
        name = _IDS[parsed.issuer][0]
        if parsed.kind == "announcement":
            return f"{name}-{parsed.year}-{parsed.number}"
        year = parsed.year or (promulgated_year if name == "president" else 0)
        return f"{name}-order-{parsed.number}" + (f"-{year}" if year else "")
    digest = hashlib.sha256(comparable(title_key(title)).encode()).hexdigest()[:8]
    return f"law-{digest}-{effective_from.isoformat()}"


def _made(
    start: int, kind: NumberKind, issuer: str | None, year: str | None, digits: str
) -> Iterable[tuple[int, DocumentNumber]]:
    value = number(digits)
    if value is None:
        return
    names = [_NOT_ISSUER.sub("", part) for part in re.split("[、 　]", issuer or "") if part]
    shown = " ".join(_SHORT.get(name, name) for name in names)
    yield start, DocumentNumber(kind, shown, int(year) if year else 0, value)
