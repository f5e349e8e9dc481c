"""How near are two questions to each other, and are they about the same thing?

The model's vectors lie in a narrow cone, so nearness is measured from the middle of the knowledge base. Two
questions that name different levels, partners or articles are never the same, however near their wording is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from knowledge.embedding import Vector
from knowledge.search import Query
from knowledge.terms import LEVEL_KINDS

_TELLING = LEVEL_KINDS | {"partner"}
LONGEST_SUBJECT = 300
MEASURES = "gacc-order-282"  # the measures in force: whether a question names them or not, it is about them


@dataclass(frozen=True)
class AskedAbout:
    """A question as it is compared with others: its vector, and the levels, partners and articles it names."""

    text: str
    vector: Vector
    subject: str


class Nearby:
    """Measures nearness of questions, seen from the middle of the texts of the knowledge base."""

    def __init__(self, texts: Vector) -> None:
        self._middle = texts.mean(axis=0) if len(texts) else np.zeros(texts.shape[1:], dtype=np.float32)

    def of(self, question: Vector, others: Vector) -> Vector:
        """Return the cosine of a question with each of the others, -1 to 1, shape ``(len(others),)``."""
        here, there = question - self._middle, others - self._middle
        lengths = np.linalg.norm(there, axis=1) * max(float(np.linalg.norm(here)), 1e-6)
        return np.asarray(there @ here / np.maximum(lengths, 1e-6), dtype=np.float32)


def asked_about(query: Query) -> AskedAbout:
    """Return a question as it is compared with others."""
    return AskedAbout(query.text, query.vector, subject_of(query))


def subject_of(query: Query) -> str:
    """Return the levels, partners, documents and articles a question names, in a fixed order."""
    named = {mention.term.id for mention in query.mentions if mention.term.kind in _TELLING}
    named |= {
        f"{r.document_id}#{r.anchor_id}"
        for r in query.references
        if not r.inferred and (r.anchor_id or r.document_id != MEASURES)
    }
    return " ".join(sorted(named))[:LONGEST_SUBJECT]
