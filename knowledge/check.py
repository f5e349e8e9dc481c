"""Find what a reader could not trust in the knowledge base as a whole.

`corpus.py` refuses files that cannot be read; here the provisions are checked against each other:
references that lead nowhere, topics nobody knows, and guides that say more than they cite.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from knowledge.corpus import Fault
from knowledge.evidence import HeldFacts
from knowledge.facts import Fact, unproven
from knowledge.models import Line, Provision
from knowledge.terms import LEVEL_KINDS, Terms


def check_library(provisions: Sequence[Provision], terms: Terms) -> list[Fault]:
    """Return every fault of a set of provisions; an empty list means it can be used."""
    by_id = {provision.id: provision for provision in provisions}
    documents = {provision.document.id for provision in provisions}
    held = HeldFacts()
    faults: list[Fault] = []
    for provision in provisions:
        for message in _faults(provision, by_id, documents, terms, held):
            faults.append(Fault(provision.file, provision.line, f"{provision.anchor_id}: {message}"))
    return faults


def _faults(
    provision: Provision, by_id: dict[str, Provision], documents: set[str], terms: Terms, held: HeldFacts
) -> Iterator[str]:
    yield from (f"unknown topic {topic}" for topic in provision.topics if topic not in terms.topics)
    levels = {term.id for term in terms.by_id.values() if term.kind in LEVEL_KINDS}
    yield from (f"unknown level {level}" for level in provision.levels if level not in levels)
    yield from (f"old={old} does not exist" for old in provision.predecessors if old not in by_id)
    yield from (f"read={name} does not exist" for name in provision.read if name not in documents)
    if provision.unknown and not provision.read:
        yield "an unknown matter must name the documents to read (read=…)"
    if provision.document.kind == "guide":
        for line in (*provision.zh, *provision.en):
            yield from _guide_faults(line, by_id, held)


def _guide_faults(line: Line, by_id: dict[str, Provision], held: HeldFacts) -> Iterator[str]:
    if not line.cites:
        yield f"a guide's statement cites no provision: {line.text[:40]}"
        return
    missing = [cited for cited in line.cites if cited not in by_id]
    if missing:
        yield f"cites provisions that do not exist: {', '.join(missing)}"
        return
    if any(by_id[cited].document.kind == "guide" for cited in line.cites):
        yield f"a guide cites another guide: {line.text[:40]}"
    facts = frozenset[Fact]().union(*(held.of(by_id[cited]) for cited in line.cites))
    for fact in sorted(unproven(line.text, facts), key=str):
        yield f"“{line.text[:30]}…” says {fact.kind} {fact.value}, which its provisions do not"
