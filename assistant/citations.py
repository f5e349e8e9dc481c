"""Keep only statements that the cited provisions prove (promise P2).

A statement stands when every number, date, period, amount, level, document and article in it stands
in the provisions it cites. A statement that fails is dropped; when none is left there is no answer.
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

Role = Literal["lead", "point", "related", "old", "working"]


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
    """Checks statements against the facts of the provisions they cite."""

    def __init__(self) -> None:
        self._held = HeldFacts()

    def prove(self, drafts: Iterable[Draft], on: date, language: Language) -> Proven:
        """Return the statements that stand, numbered citations in the order of first use."""
        kept: list[Draft] = []
        dropped: list[Draft] = []
        for draft in drafts:
            (dropped if self.missing(draft) or not draft.provisions else kept).append(draft)
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

    def missing(self, draft: Draft) -> frozenset[Fact]:
        """Return the facts of a draft that its provisions do not hold."""
        held = frozenset[Fact]().union(*map(self._held.of, draft.provisions), *map(facts_of, draft.granted))
        return unproven(draft.text, held)


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
