"""An answer as a message: the same text, its sources named briefly, follow-up questions as numbered choices."""

from __future__ import annotations

from urllib.parse import quote

from api.bridge.model import Outbound
from api.usecases.certainty import FAMILY_NAMES, FAMILY_NAMES_EN
from api.usecases.own_record.citing import RECORD
from assistant.guides import GUIDE
from assistant.models import Answer, Citation
from knowledge.models import Confidence
from knowledge.text import Language, traditional

MOST_CHOICES = 3
LONGEST_IN_LINK = 120  # a character of Chinese takes nine in an address


def answer_message(answer: Answer, question: str, public_url: str) -> Outbound:
    """Return an answer as it is sent; the link leads to the same question on the web."""
    lines = [answer.text]
    if answer.missing and answer.missing not in answer.text:
        lines.append(answer.missing)
    if answer.citations:
        lines.append(_sources(answer))
    return Outbound("\n\n".join(lines), answer.suggestions[:MOST_CHOICES], _link(answer, question, public_url))


def _sources(answer: Answer) -> str:
    language = answer.question_language
    heading = {"en": "Sources:", "zh-Hant": "依據：", "zh-Hans": "依据："}[language]
    return "\n".join([heading, *(_source(citation, language) for citation in answer.citations)])


def _source(citation: Citation, language: Language) -> str:
    place = citation.label or citation.anchor
    certainty = _certainty(citation, language)
    if language == "en":
        ended = "" if citation.in_force else ", not in force"
        return f"[{citation.n}] {citation.number} {place} ({certainty}{ended})"
    ended = "" if citation.in_force else "，非现行"
    line = f"[{citation.n}] {citation.number} {place}（{certainty}{ended}）"
    return traditional(line) if language == "zh-Hant" else line


def _certainty(citation: Citation, language: Language) -> str:
    if citation.confidence == RECORD:
        return "record" if language == "en" else "海关记录"
    if citation.confidence == GUIDE:
        return "reviewed guide" if language == "en" else "经复核"
    family = Confidence(citation.confidence).family
    return FAMILY_NAMES_EN[family] if language == "en" else FAMILY_NAMES[family]


def _link(answer: Answer, question: str, public_url: str) -> str:
    if not public_url:
        return ""
    if len(question) > LONGEST_IN_LINK:
        return f"{public_url}/"
    return f"{public_url}/?q={quote(question)}&on={answer.on.isoformat()}"
