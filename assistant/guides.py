"""Coordinators' guides: reviewed answers to questions that were not answered well, with provisions behind them.

A guide is told only while each of its provisions reads as it did when the guide was reviewed and is in force on the
day; its sentences are proved again each time; and it stands after its provisions, never above them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from assistant.caveats import caveats_of
from assistant.citations import Draft, Proof, Proven
from assistant.dates import AskedDay
from assistant.drafting import JudgedSentence, certain, judge_reply
from assistant.model_proof import Judge
from assistant.model_reply import sentences_of
from assistant.models import Answer, Caveat, Citation, Kind, Statement
from assistant.origin import Sent, digest_of
from assistant.phrases import guide_caveat, guide_heading, guide_name
from assistant.render import with_marks
from assistant.standing import dated
from knowledge.alike import AskedAbout, Nearby
from knowledge.embedding import Vector
from knowledge.models import Provision
from knowledge.text import Language

GUIDE: Literal["guide"] = "guide"  # the mark of a citation that is a guide, beside the marks of provisions
# How near a question must be to one that the guide was written for. Fitted on the tuned question sets (docs/board.md).
NEAR = 0.7
_TOLD_WITH: frozenset[Kind] = frozenset({"answered", "partial", "unknown", "out_of_scope", "clarify"})
Ended = Literal["gone", "changed", "not_in_force"]


@dataclass(frozen=True)
class Guide:
    """A reviewed guide entry. Its texts may mark their provisions by number; ``vectors`` are of its questions."""

    id: str
    question: str
    zh: str
    en: str
    provisions: tuple[Sent, ...]
    subject: str
    vectors: Vector
    reviewed_on: date

    def text(self, language: Language) -> tuple[str, Language]:
        """The wording and the language it is in: English where it was asked for and is held."""
        return (self.en, "en") if language == "en" and self.en else (self.zh, "zh-Hans")


class Guides:
    """Finds the guide for a question, and judges guides against the knowledge base."""

    def __init__(self, provisions: Mapping[str, Provision], judge: Judge, proof: Proof, nearby: Nearby) -> None:
        self._provisions = provisions
        self._judge = judge
        self._proof = proof
        self._nearby = nearby

    def ended(self, guide: Guide, on: date) -> Ended | None:
        """Return why a guide may not be told on a day, or None."""
        for sent in guide.provisions:
            provision = self._provisions.get(sent.provision)
            if provision is None:
                return "gone"
            if digest_of(provision) != sent.digest:
                return "changed"
            if not provision.in_force(on):
                return "not_in_force"
        return None

    def nearest(self, guides: Sequence[Guide], asked: AskedAbout, on: date) -> Guide | None:
        """Return the guide whose questions are nearest to the one asked, if it may be told on the day."""
        fitting = [g for g in guides if g.subject == asked.subject and len(g.vectors) and self.ended(g, on) is None]
        near = [(float(self._nearby.of(asked.vector, guide.vectors).max()), guide) for guide in fitting]
        best = max(near, key=lambda one: one[0], default=None)
        return best[1] if best and best[0] >= NEAR else None

    def judged(self, text: str, names: Sequence[str], on: date, language: Language) -> list[JudgedSentence]:
        """Return the sentences of a guide, each judged; one without marks is judged by all its provisions."""
        numbered = {n: self._provisions[name] for n, name in enumerate(names, 1) if name in self._provisions}
        return judge_reply(self._judge, text, numbered, on, language, unmarked=tuple(numbered))

    def with_guide(self, answer: Answer, guide: Guide, day: AskedDay, today: date) -> Answer:
        """Return the answer with the guide told after what it says already; as it was where nothing is proved."""
        if answer.kind not in _TOLD_WITH:
            return answer
        text, language = guide.text(answer.question_language)
        drafts = dated(certain(self._drafts(text, guide), language), day.on, language)
        proven = self._proof.prove(drafts, day.on, language)
        if not proven.statements:
            return answer
        citations, statements = _joined(answer, proven, _cite(guide, text, answer.question_language))
        caveats = {c.code: c for c in (*answer.caveats, *caveats_of(proven, day, today, answer.question_language))}
        heading = guide_heading(answer.question_language)
        caveats[GUIDE] = Caveat(GUIDE, guide_caveat(answer.question_language))
        is_alone = not answer.statements
        said = [heading, *(f"- {with_marks(statement)}" for statement in statements)]
        return replace(
            answer,
            kind="answered" if is_alone else "partial" if answer.kind == "unknown" else answer.kind,
            text="\n".join(said if is_alone else [answer.text, *said]),
            statements=(*answer.statements, *statements),
            citations=citations,
            caveats=tuple(caveats.values()),
            missing="" if is_alone else answer.missing,
            suggestions=() if answer.kind == "clarify" else answer.suggestions,
            roles=(*answer.roles, *(GUIDE for _ in statements)),
            guide=guide.id,
        )

    def _drafts(self, text: str, guide: Guide) -> list[Draft]:
        named = {sent.n: self._provisions[sent.provision] for sent in guide.provisions}
        return [
            Draft(s.text, tuple(named[n] for n in s.marks or tuple(named) if n in named), GUIDE)
            for s in sentences_of(text)
        ]


def _joined(answer: Answer, proven: Proven, cited: Citation) -> tuple[tuple[Citation, ...], tuple[Statement, ...]]:
    """The citations of both, the guide last; and the guide's statements with their numbers among these."""
    numbers = {citation.url: citation.n for citation in answer.citations}
    citations = list(answer.citations)
    for citation in proven.citations:
        if citation.url not in numbers:
            numbers[citation.url] = len(citations) + 1
            citations.append(replace(citation, n=len(citations) + 1))
    renumbered = {citation.n: numbers[citation.url] for citation in proven.citations}
    last = len(citations) + 1
    statements = tuple(Statement(s.text, (*(renumbered[n] for n in s.citations), last)) for s in proven.statements)
    return (*citations, replace(cited, n=last)), statements


def _cite(guide: Guide, text: str, language: Language) -> Citation:
    name = guide_name(language)
    return Citation(
        n=0,
        document_id=GUIDE,
        number=name,
        title=name,
        anchor=guide.question,
        effective_from=guide.reviewed_on,
        effective_to=None,
        in_force=True,
        confidence=GUIDE,
        excerpt=text,
        url=f"/guides/{guide.id}",
    )
