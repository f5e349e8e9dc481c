"""What a page is about, as the assistant understands it: an id that pages carry, never words from outside.

    rule:gacc-order-282#art-4     a provision; an item of a standard is one too
    document:gacc-order-282       a document
    page:calendar                 a page of ours
    penalty:17                    a penalty in the own record, by the number of its row

The id is looked up here. What it stands for is put before the first question, in our own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from api.records.gateway.ageing import AgeingPenalty
from knowledge.models import Document, Provision
from selfassess.text import Text, text

LONGEST_ID = 120
RULE, DOCUMENT, PAGE, PENALTY = "rule:", "document:", "page:", "penalty:"


@dataclass(frozen=True, slots=True)
class PageContext:
    """What questions from a page are about: its name, and the question that comes before them unsaid.

    ``source`` is the address of the provision or document, which an answer about it cites.
    """

    id: str
    title: Text
    question: Text
    source: str = ""


# 「Item 18 of the standard for advanced certified enterprises」 is taken for SP18; by its short name it is found.
_STANDARD = re.compile(r"^Standard for (.+) enterprises$")
# The question is one the rules answer; a follow-up like 「多久」 is then understood as asked of it.
PAGES: Mapping[str, tuple[Text, Text]] = {
    "home": (
        text("首页", "Home"),
        text("海关企业信用等级分为哪几级？", "What are the five credit levels under Order 282?"),
    ),
    "status": (
        text("企业状况", "Enterprise record"),
        text("海关企业信用等级分为哪几级？", "What are the five credit levels under Order 282?"),
    ),
    "calendar": (
        text("合规日历", "Compliance calendar"),
        text("高级认证企业多久复核一次？", "How often is an advanced certified enterprise reviewed?"),
    ),
    "assessments": (
        text("自评", "Self-assessment"),
        text("申请高级认证要准备什么？", "What has to be prepared for certification?"),
    ),
    "sessions": (
        text("体验中心", "Experience centre"),
        text("信用培育是什么，怎么参加？", "What is credit cultivation and how does one take part?"),
    ),
    "learn": (
        text("学习", "Learning"),
        text("信用培育是什么，怎么参加？", "What is credit cultivation and how does one take part?"),
    ),
    "published": (
        text("公示查询", "Public search"),
        text("怎么查一家企业的信用等级？", "How can the credit level of an enterprise be looked up?"),
    ),
    "benefits": (
        text("便利措施", "Facilitation"),
        text("AEO有什么好处？", "What are the benefits of AEO?"),
    ),
}
_PENALTIES = text(
    "行政处罚在认证标准中怎么计算，回溯多久？",
    "How are administrative penalties counted in the certification standards?",
)
_PATHS = (
    ("/home", "home"),
    ("/status", "status"),
    ("/calendar", "calendar"),
    ("/assessments", "assessments"),
    ("/sessions", "sessions"),
    ("/learn", "learn"),
    ("/published", "published"),
    ("/benefits", "benefits"),
)


def context_of_path(path: str) -> str:
    """Return the id of the page at an address; nothing for pages on which the assistant has no place."""
    if path.startswith("/documents/"):
        return (DOCUMENT + path.removeprefix("/documents/"))[:LONGEST_ID]
    name = next((name for prefix, name in _PATHS if path == prefix or path.startswith(prefix + "/")), "")
    return PAGE + name if name else ""


def find_context(
    about: str, provisions: Mapping[str, Provision], documents: Mapping[str, Document]
) -> PageContext | None:
    """Return what an id stands for, or None for one that stands for nothing."""
    if about.startswith(RULE):
        provision = provisions.get(about.removeprefix(RULE))
        return _rule(about, provision) if provision else None
    if about.startswith(DOCUMENT):
        document = documents.get(about.removeprefix(DOCUMENT))
        return _document(about, document) if document else None
    known = PAGES.get(about.removeprefix(PAGE)) if about.startswith(PAGE) else None
    return PageContext(about, *known) if known else None


def find_penalty(about: str, penalties: Iterable[AgeingPenalty]) -> PageContext | None:
    """Return what the id of a penalty stands for, among those the person may see.

    Neither its sum nor its cause goes to the assistant: the question is about the rule.
    """
    found = next((one.penalty for one in penalties if about == f"{PENALTY}{one.penalty.source.row_id}"), None)
    if found is None:
        return None
    title = text(f"{found.decided_on:%Y-%m-%d}的处罚", f"The penalty of {found.decided_on:%Y-%m-%d}")
    return PageContext(about, title, _PENALTIES)


def _rule(about: str, provision: Provision) -> PageContext:
    zh, en = _names(provision)
    source = f"/documents/{provision.document.id}#{provision.anchor_id}"
    return PageContext(about, text(zh, en), text(f"{zh}有什么要求？", f"What does {en} require?"), source)


def _names(provision: Provision) -> tuple[str, str]:
    """What a provision is called in both languages, so that the assistant finds it by its name."""
    document = provision.document
    is_plain = provision.label == provision.title_zh
    number, number_en = _numbers(document)
    of = document.title_zh if document.kind == "standard" else number
    zh = f"{of}{'' if is_plain else provision.label}“{provision.title_zh}”"
    if document.kind == "standard":
        standard = _STANDARD.sub(r"\1 standard", document.title_en.partition(" (")[0])
        item, of_en, title = (_small(words) for words in (provision.label_en, standard, provision.title_en))
        return zh, f"{item} of the {of_en}, {title}"
    return zh, f"{number_en}{'' if is_plain else ', ' + provision.label_en}: “{provision.title_en}”"


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def _document(about: str, document: Document) -> PageContext:
    zh, en = _numbers(document)
    asked = text(f"{document.title_zh}讲什么？", f"What is {document.title_en} about?")
    return PageContext(about, text(zh, en), asked, f"/documents/{document.id}#")


def _numbers(document: Document) -> tuple[str, str]:
    return document.number, document.number_en or document.number
