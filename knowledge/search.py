"""Question and day in, passages in force out.

Only provisions in force on the day are candidates: the filter runs before anything is ranked. A
passage's ``score`` joins exact terms and dense similarity (see `fusion.py`), corrected where the
question names a credit level; direct references come first with score 1. ``support`` is absolute,
0..1: how near the question is to the passage, comparable between questions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.closeness import Closeness
from knowledge.corrections import asked
from knowledge.embedding import EmbeddingModel, Vector
from knowledge.fusion import Centre, Scores, best, fuse, in_context
from knowledge.index import Index
from knowledge.lexical import LexicalIndex
from knowledge.models import Passage, Provision
from knowledge.pinyin import PinyinReader
from knowledge.references import Reference, References, resolve
from knowledge.terms import Mention, Terms, levels_of
from knowledge.text import clean, simplify

# E5 similarities of unrelated texts lie near 0.75, of paraphrases above 0.92 (docs/benchmarks.md).
FARTHEST, NEAREST = 0.75, 0.95
# How much a provision's own wording counts beside the best of all its texts.
WORDING_WEIGHT = 0.35
RERANK_DEPTH = 20
FEW, MANY = 5, 20


class Reranker(Protocol):
    """A model that scores question–text pairs, such as a sentence-transformers CrossEncoder."""

    def predict(self, pairs: list[tuple[str, str]]) -> Sequence[float]:
        """Return one score per pair; larger is nearer."""
        ...


@dataclass(frozen=True)
class Query:
    """A question as the search understands it."""

    text: str
    mentions: tuple[Mention, ...]
    references: tuple[Reference, ...]
    vector: Vector

    @cached_property
    def levels(self) -> frozenset[str]:
        """The credit levels it names."""
        return levels_of(self.mentions)

    @cached_property
    def term_ids(self) -> frozenset[str]:
        """The terms it names."""
        return frozenset(mention.term.id for mention in self.mentions)

    @cached_property
    def topics(self) -> frozenset[str]:
        """The topics of the terms it names."""
        return frozenset(topic for mention in self.mentions for topic in mention.term.topics)


@dataclass(frozen=True)
class Nearness:
    """How near a question is to a body of texts: cosine of the nearest, and means of the nearest few."""

    best: float
    few: float
    many: float


@dataclass(frozen=True)
class Found:
    """The passages of one search, best first, and the question they answer."""

    query: Query
    passages: tuple[Passage, ...]
    nearness: Nearness


class Search:
    """Dated hybrid search over an index."""

    def __init__(self, index: Index, terms: Terms, model: EmbeddingModel, reranker: Reranker | None = None) -> None:
        self.provisions = index.provisions
        self.terms = terms
        self.model = model
        self._reranker = reranker
        self.entries = index.entries
        self.vectors = index.vectors
        plain = [simplify(clean(entry.text)) for entry in index.entries]
        self._lexical = LexicalIndex(plain)
        self.references = References({p.document.id: p.document for p in index.provisions}.values())
        self.pinyin = PinyinReader(plain)
        self._premises = [(p, re.compile(p.premise, re.I)) for p in index.provisions if p.premise]
        self._closeness = Closeness(index.entries)
        self._centre = Centre(index.vectors)
        self._documents = _numbered([p.document.id for p in index.provisions])
        self._first = np.array([p.first_day.toordinal() for p in index.provisions])
        self._last = np.array([p.last_day.toordinal() for p in index.provisions])

    def understand(self, question: str) -> Query:
        """Recognise terms and references in a question and embed it."""
        text = simplify(clean(question))
        text = self.pinyin.read(text) or text
        mentions = tuple(self.terms.find(text))
        return Query(text, mentions, tuple(self.references.find(text)), self.model.question_vector(text))

    def search(self, question: str, on: date, limit: int = 10) -> Found:
        """Return the passages in force on ``on`` that fit the question, best first."""
        return self.find(self.understand(question), on, limit)

    def find(self, query: Query, on: date, limit: int = 10) -> Found:
        """Return the passages in force on ``on`` for a question already understood."""
        candidates = np.flatnonzero((self._first <= on.toordinal()) & (self._last >= on.toordinal()))
        likeness = self.vectors @ query.vector
        near = nearness_of(likeness, FEW, MANY)
        if not len(candidates):
            return Found(query, (), near)
        views = (self._lexical.scores(query.text), likeness, self._centre.likeness(likeness, query.vector))
        scores = self._fused(views, candidates)
        scores = in_context(scores, self._documents[candidates]) + self._corrections(query, candidates)
        support = np.clip((self._closeness.best(likeness)[candidates] - FARTHEST) / (NEAREST - FARTHEST), 0, 1)
        ranked = best(scores, max(limit, RERANK_DEPTH))
        passages = [Passage(self.provisions[candidates[i]], float(scores[i]), float(support[i])) for i in ranked]
        passages = self._direct(query, on, self._reranked(query, passages))
        return Found(query, tuple(passages[:limit]), near)

    def _fused(self, views: tuple[Scores, Scores, Scores], candidates: NDArray[np.intp]) -> Scores:
        """Join exact terms, cosine and centred cosine, over all texts of a provision and over its own wording."""
        all_texts = fuse(*(self._closeness.several(view)[candidates] for view in views))
        wording = fuse(*(self._closeness.wording(view)[candidates] for view in views))
        return np.asarray((1 - WORDING_WEIGHT) * all_texts + WORDING_WEIGHT * wording, dtype=np.float32)

    def _corrections(self, query: Query, candidates: NDArray[np.intp]) -> Scores:
        named = frozenset(reference.document_id for reference in query.references)
        words = asked(query.text, query.mentions, named)
        return np.array([words.correction(self.provisions[i]) for i in candidates], dtype=np.float32)

    def _direct(self, query: Query, on: date, passages: list[Passage]) -> list[Passage]:
        """Put what the question names by number first.

        A question that assumes something known to be wrong gets the correction before all else.
        """
        corrections = [p for p, premise in self._premises if p.in_force(on) and premise.search(query.text)]
        named = [r for r in query.references if r.anchor_id]
        hits = [p for r in named for p in resolve(r, self.provisions) if p.in_force(on)]
        known: dict[str, Passage] = {}
        for provisions, why in ((corrections, "premise"), (hits, "reference")):
            for provision in provisions:
                known.setdefault(provision.id, Passage(provision, 1.0, 1.0, why))
        direct = list(known.values())
        rest = [passage for passage in passages if passage.provision.id not in known]
        return direct + rest

    def _reranked(self, query: Query, passages: list[Passage]) -> list[Passage]:
        if self._reranker is None or len(passages) < 2:
            return passages
        scores = self._reranker.predict([(query.text, p.provision.text()) for p in passages])
        return [passages[i] for i in sorted(range(len(passages)), key=lambda i: -scores[i])]


def nearness_of(likeness: NDArray[np.float32], few: int, many: int) -> Nearness:
    """Return how near a question is to texts, from its cosine with each of them."""
    if not len(likeness):
        return Nearness(0.0, 0.0, 0.0)
    nearest = np.sort(likeness)[::-1][:many]
    return Nearness(float(nearest[0]), float(nearest[:few].mean()), float(nearest.mean()))


def provisions_by_id(provisions: Sequence[Provision]) -> dict[str, Provision]:
    """Return the provisions under their ids."""
    return {provision.id: provision for provision in provisions}


def _numbered(names: Sequence[str]) -> NDArray[np.intp]:
    numbers = {name: number for number, name in enumerate(dict.fromkeys(names))}
    return np.array([numbers[name] for name in names], dtype=np.intp)
