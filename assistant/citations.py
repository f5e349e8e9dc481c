"""Keep only statements that the cited provisions prove (promise P2).

A statement stands when every number, date, period, amount, level, document and article in it stands
in the provisions it cites, and in what the reader is shown of them. A statement that fails is dropped;
when none is left there is no answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.models import Citation, Statement
from knowledge.evidence import HeldFacts
from knowledge.facts import Fact, facts_of, unproven
from knowledge.models import Document, Provision
from knowledge.text import Language

Role = Literal["lead", "point", "related", "old", "working", "guide"]


@dataclass(frozen=True)
class Draft:
    """A sentence or two to be said, with the provisions that should prove it.

    ``granted`` are figures that need no source: those of the question, and the working of a sum.
    """

    text: str
    provisions: tuple[Provision, ...]
    role: Role = "point"
    granted: tuple[str, ...] = ()


@dataclass(frozen=True)
class Proven:
    """The statements that stand, the sources they cite, and what was dropped."""

    drafts: tuple[Draft, ...]
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    dropped: tuple[Draft, ...]


class Proof:
    """Checks statements against the facts of the provisions they cite, as held and as shown."""

    def __init__(self) -> None:
        self._held = HeldFacts()
        self._shown: dict[tuple[str, Language], frozenset[Fact]] = {}

    def prove(self, drafts: Iterable[Draft], on: date, language: Language) -> Proven:
        """Return the statements that stand, numbered citations in the order of first use."""
        kept: list[Draft] = []
        dropped: list[Draft] = []
        for draft in drafts:
            (dropped if self.missing(draft, language) or not draft.provisions else kept).append(draft)
        numbers: dict[str, int] = {}
        order: list[Provision] = []
        statements = []
        for draft in kept:
            for provision in draft.provisions:
                if provision.id not in numbers:
                    order.append(provision)
                    numbers[provision.id] = len(order)
            marks = tuple(dict.fromkeys(numbers[p.id] for p in draft.provisions))
            statements.append(Statement(draft.text, marks))
        citations = tuple(cite(p, n, on, language) for n, p in enumerate(order, 1))
        return Proven(tuple(kept), tuple(statements), citations, tuple(dropped))

    def missing(self, draft: Draft, language: Language) -> frozenset[Fact]:
        """Return the facts of a draft that its provisions do not hold or a reader would not see there."""
        granted = frozenset[Fact]().union(*map(facts_of, draft.granted))
        held = granted.union(*map(self._held.of, draft.provisions))
        shown = granted.union(*(self._as_shown(p, language) for p in draft.provisions))
        return unproven(draft.text, held) | unproven(draft.text, shown)

    def _as_shown(self, provision: Provision, language: Language) -> frozenset[Fact]:
        key = (provision.id, language)
        if key not in self._shown:
            self._shown[key] = shown_facts(provision, language)
        return self._shown[key]


def shown_facts(provision: Provision, language: Language) -> frozenset[Fact]:
    """Return the facts a reader sees in the citation of a provision."""
    c = cite(provision, 0, provision.first_day, language)
    parts = (c.number, c.title, c.anchor, c.label, c.effective_from, c.effective_to, c.excerpt)
    return facts_of("\n".join(str(part) for part in parts if part))


def cite(provision: Provision, n: int, on: date, language: Language) -> Citation:
    """Return the citation of a provision as number ``n``."""
    document = provision.document
    return Citation(
        n=n,
        document_id=document.id,
        number=(document.number_en or document.number) if language == "en" else document.number,
        title=document.title_en if language == "en" else document.title_zh,
        anchor=provision.anchor,
        effective_from=_known(document.effective_from),
        effective_to=_known(document.effective_to),
        in_force=provision.in_force(on),
        confidence=provision.confidence.value,
        excerpt=provision.text(language),
        url=f"/documents/{document.id}#{provision.anchor_id}",
        label=provision.label_en if language == "en" else provision.label,
    )


def cited_documents(proven: Proven) -> Sequence[Document]:
    """Return the documents behind the statements, in the order cited."""
    documents = {p.document.id: p.document for draft in proven.drafts for p in draft.provisions}
    return list(documents.values())


def _known(day: date | str | None) -> date | None:
    return day if isinstance(day, date) else None
