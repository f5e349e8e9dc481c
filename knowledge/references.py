"""Recognise direct references: 「282号令第四条」, 「高级认证第13项」, "Article 22 of Order 251"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.models import Document, Provision
from knowledge.numerals import CHINESE, article_number
from knowledge.text import clean, simplify

_NUMBER = rf"([0-9]{{1,3}}|[{CHINESE}]{{1,5}})"
# Without 第 a number before 条 or 项 counts things (五条意见, 三项指标), unless an instrument stands before it.
_ARTICLE = re.compile(
    rf"第{_NUMBER}条|(?<=[令法例]){_NUMBER}条(?!件|款|目)|\b(?:articles?|arts?\.?) ?([0-9]{{1,3}})\b", re.I
)
_ITEM = re.compile(rf"第{_NUMBER}项|(?<![0-9]){_NUMBER}号(?:标准)?项|\bitems? ?(?:no\.? ?)?([0-9]{{1,3}})\b", re.I)
_SINGLE = re.compile(r"(?<![a-z])sp[0-9]{1,2}(?![0-9])", re.I)
_ANNOUNCEMENT = re.compile(
    r"(20[0-9]{2})年?(?:第|-|—|/| No\.? ?)([0-9]{1,3})号?(?:公告)?|(20[0-9]{2})年?([0-9]{1,3})号", re.I
)
_ANNOUNCEMENT_EN = re.compile(r"\b(?:announcement|no\.?) ?(?:no\. ?)?([0-9]{1,3}) (?:of|/) ?(20[0-9]{2})", re.I)
_ORDER = re.compile(r"第?([0-9]{2,4})号?令|令第?([0-9]{2,4})号|\b(?:orders?|decrees?) (?:no\.? ?)?([0-9]{2,4})\b", re.I)
_LETTER = re.compile(r"([\u4e00-\u9fff]{2,})〔(20[0-9]{2})〕([0-9]{1,4})号")
_BRACKETED_YEAR = re.compile(r"[\[(](20[0-9]{2})[\])]")
_YEARLESS = re.compile(
    r"(?:第|(?<![0-9年]))([0-9]{2,3})号(?:公告|文|那|标准|版|通用|单项)|公告(?:第)?([0-9]{2,3})号"
    r"|(?<![0-9年第])(1[0-9]{2})号?(?:通用|单项|标准|那版|公告|(?=[，。,到期]))"
    r"|\bannouncement (?:no\.? ?)?([0-9]{2,3})\b|\b(1[0-9]{2}) standards?\b",
    re.I,
)
_INSTRUMENT = re.compile(r"[号令版]|条例|办法|公告|标准|单项|standard|20[0-9]{2}", re.I)
_LATIN = re.compile(r"[a-z0-9]", re.I)


# An article named without a document is one of the credit measures; which one, the day decides.
CREDIT_ORDERS = ("gacc-order-282", "gacc-order-251", "gacc-order-237")
# The items of this standard are numbered SP1, SP2 ….
SINGLE_BUSINESS = "single-business-2026"
# An item named with an announcement or a level is one of the standards.
STANDARDS_OF = {
    "gacc-2026-34": ("advanced-2026", "certified-2026", SINGLE_BUSINESS),
    "gacc-2022-106": ("general-2022-106", "single-2022-106"),
}


@dataclass(frozen=True)
class Reference:
    """What a question points at: a document, and perhaps an article or item of it.

    ``inferred`` marks a document the question did not name: 「第四条」 is one of the credit measures.
    """

    document_id: str
    anchor_id: str = ""
    inferred: bool = False


class References:
    """Recognises the documents of a corpus by number and by name."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = list(documents)
        self._orders: dict[str, str] = {}
        self._announcements: dict[tuple[str, str], str] = {}
        self._names: dict[str, str] = {}
        for document in self._documents:
            self._learn(document)

    def find(self, text: str) -> list[Reference]:
        """Return the references in a cleaned, simplified question, documents in the order named."""
        documents = self.documents(text)
        articles = [n for n in (_number(m) for m in _ARTICLE.finditer(text)) if n]
        items = [n for n in (_number(m) for m in _ITEM.finditer(text)) if n]
        standards = set(documents) & {s for held in STANDARDS_OF.values() for s in held}
        if standards:  # people also count the items of a standard as 条
            items, articles = items + articles, []
        found = [Reference(d, f"art-{n}", not documents) for d in documents or CREDIT_ORDERS for n in articles]
        found += [Reference(d, _item(d, n), not documents) for d in _standards(text, documents) for n in items]
        found += [Reference(SINGLE_BUSINESS, f"item-{m[0].lower()}", not documents) for m in _SINGLE.finditer(text)]
        return found or [Reference(d) for d in documents]

    def documents(self, text: str) -> list[str]:
        """Return the ids of the documents a text names, in order of appearance."""
        spots: dict[str, int] = {}
        for match in _ORDER.finditer(text):
            self._spot(spots, self._orders.get(match[1] or match[2] or match[3]), match.start())
        for match in _ANNOUNCEMENT.finditer(text):
            self._spot(spots, self._announcements.get((match[1] or match[3], match[2] or match[4])), match.start())
        for match in _ANNOUNCEMENT_EN.finditer(text):
            self._spot(spots, self._announcements.get((match[2], match[1])), match.start())
        for match in _YEARLESS.finditer(text):
            self._spot(spots, self._newest(next(group for group in match.groups() if group)), match.start())
        lowered = _BRACKETED_YEAR.sub(r"〔\1〕", text.lower())
        for name, document_id in self._names.items():
            if (at := _position(name, lowered)) >= 0:
                self._spot(spots, document_id, at)
        return sorted(spots, key=lambda document_id: spots[document_id])

    @staticmethod
    def _spot(spots: dict[str, int], document_id: str | None, at: int) -> None:
        if document_id:
            spots[document_id] = min(at, spots.get(document_id, at))

    def _newest(self, number: str) -> str | None:
        years = [(year, d) for (year, n), d in self._announcements.items() if n == number]
        return max(years)[1] if years else None

    def _learn(self, document: Document) -> None:
        number = simplify(clean(document.number))
        if document.kind == "order":
            for match in _ORDER.finditer(number):
                self._orders.setdefault(match[1] or match[2] or match[3], document.id)
        elif document.kind in {"announcement", "standard"}:
            for match in _ANNOUNCEMENT.finditer(number):
                self._announcements.setdefault((match[1] or match[3], match[2] or match[4]), document.id)
        for match in _LETTER.finditer(_BRACKETED_YEAR.sub(r"〔\1〕", number)):
            self._names.setdefault(match[0], document.id)
        # Names such as 企业年报 are topics; only what names an instrument points at a document.
        names = [alias for alias in document.aliases if document.kind != "faq" and _INSTRUMENT.search(alias)]
        for alias in names:
            self._names.setdefault(simplify(clean(alias)).lower(), document.id)


def _item(standard_id: str, number: int) -> str:
    return f"item-sp{number}" if standard_id == SINGLE_BUSINESS else f"item-{number}"


def _standards(text: str, documents: list[str]) -> list[str]:
    """The standards whose items a question counts: those it names, narrowed by the level it names."""
    named = [s for d in documents for s in STANDARDS_OF.get(d, (d,))]
    candidates = named or ["advanced-2026", "certified-2026", SINGLE_BUSINESS, "general-2022-106"]
    if re.search(r"单项|single", text, re.I):
        return [c for c in candidates if c.startswith("single")] or candidates
    if re.search(r"高级|高认|advanced", text, re.I):
        return [c for c in candidates if c.startswith(("advanced", "general"))] or candidates
    if re.search(r"认证企业|certified", text, re.I):
        return [c for c in candidates if c.startswith("certified")] or candidates
    return [c for c in candidates if not c.startswith("single")] or candidates


def resolve(reference: Reference, provisions: Iterable[Provision]) -> list[Provision]:
    """Return the provisions a reference points at: one article with its paragraphs, or all of a document."""
    chosen = [p for p in provisions if p.document.id == reference.document_id]
    if not reference.anchor_id:
        return chosen
    kind, _, number = reference.anchor_id.partition("-")
    if not number.isdigit():
        return [p for p in chosen if p.anchor_id == reference.anchor_id]
    return [p for p in chosen if _covers(p.anchor_id, kind, int(number))]


def _covers(anchor_id: str, kind: str, number: int) -> bool:
    """Whether art-1-3 covers article 2, and art-32-2 (a paragraph of 32) belongs to article 32."""
    match = re.fullmatch(rf"{kind}-([0-9]+)(?:-([0-9]+))?", anchor_id)
    if match is None:
        return False
    first, last = int(match[1]), int(match[2] or match[1])
    return first <= number <= last or first == number


def _position(name: str, text: str) -> int:
    if not _LATIN.match(name[0]) and not _LATIN.match(name[-1]):
        return text.find(name)
    found = re.search(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])", text)
    return found.start() if found else -1


def _number(match: re.Match[str]) -> int | None:
    return article_number(next(group for group in match.groups() if group))
