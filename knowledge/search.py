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

from knowledge.embedding import EmbeddingModel, Vector
from knowledge.fusion import Centre, best, fuse, in_context
from knowledge.index import Index
from knowledge.lexical import LexicalIndex
from knowledge.models import OPEN_END, Passage, Provision
from knowledge.pinyin import PinyinReader
from knowledge.references import Reference, References, resolve
from knowledge.terms import Mention, Terms, levels_of
from knowledge.text import clean, simplify

# E5 similarities of unrelated texts lie near 0.75, of paraphrases above 0.92 (docs/benchmarks.md).
FARTHEST, NEAREST = 0.75, 0.95
LEVEL_MATCH, LEVEL_MISMATCH = 0.05, -0.25
PARTNER_MATCH, PARTNER_MISMATCH = 0.2, -0.3
# A guide explains what provisions rule; the provision itself is the better source when both fit.
GUIDE_BONUS = 0.0
# A question for a figure is best met by a provision that has one, or says that none is known.
FIGURE_UNKNOWN = 0.05
_ASKS_FIGURE = re.compile(
    r"多久|多长|几[年天次个月日项级]|多少|哪天|几号|几月|截止|最晚|什么时候|何时|比例|期限|时限|百分之几|几家"
    r"|\b(?:how (?:long|many|much|often|soon)|when|what (?:rate|percentage|limit)|deadline)\b",
    re.I,
)
RERANK_DEPTH = 20
# Of a provision's texts the best one counts, tempered by the mean of its three best: one chance likeness
# among many questions counts less.
SEVERAL, LEXICAL_SHARE, DENSE_SHARE = 3, 0.33, 0.5
ABSENT = np.float32(-9.0)  # below any cosine or BM25 score
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
        self._entries = index.entries
        self._vectors = index.vectors
        self._lexical = LexicalIndex([simplify(clean(entry.text)) for entry in index.entries])
        self.references = References({p.document.id: p.document for p in index.provisions}.values())
        positions = np.array([entry.provision for entry in index.entries])
        self.pinyin = PinyinReader([a for p in index.provisions if p.last_day == OPEN_END for a in p.asks])
        self._premises = [(p, re.compile(p.premise, re.I)) for p in index.provisions if p.premise]
        self._starts = np.flatnonzero(np.r_[True, positions[1:] != positions[:-1]])
        self._centre = Centre(index.vectors)
        self._documents = _numbered([p.document.id for p in index.provisions])
        self._entries_of = _padded_groups(positions)
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
        likeness = self._vectors @ query.vector
        near = nearness_of(likeness, FEW, MANY)
        if not len(candidates):
            return Found(query, (), near)
        lexical = self._several_entries(self._lexical.scores(query.text), LEXICAL_SHARE)[candidates]
        dense = self._several_entries(likeness, DENSE_SHARE)[candidates]
        centred = self._several_entries(self._centre.likeness(likeness, query.vector), DENSE_SHARE)[candidates]
        scores = fuse(lexical, dense, centred)
        scores = in_context(scores, self._documents[candidates]) + self._corrections(query, candidates)
        support = np.clip((self._best_entry(likeness)[candidates] - FARTHEST) / (NEAREST - FARTHEST), 0, 1)
        ranked = best(scores, max(limit, RERANK_DEPTH))
        passages = [Passage(self.provisions[candidates[i]], float(scores[i]), float(support[i])) for i in ranked]
        passages = self._direct(query, on, self._reranked(query, passages))
        return Found(query, tuple(passages[:limit]), near)

    def _best_entry(self, per_entry: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.maximum.reduceat(per_entry, self._starts)

    def _several_entries(self, per_entry: NDArray[np.float32], share: float) -> NDArray[np.float32]:
        """The best entry of each provision, with ``share`` of the mean of its `SEVERAL` best."""
        padded = np.append(per_entry, ABSENT)[self._entries_of]
        nearest = -np.partition(-padded, SEVERAL - 1, axis=1)[:, :SEVERAL]
        present = nearest > ABSENT
        mean = np.where(present, nearest, 0).sum(axis=1) / present.sum(axis=1)
        return np.asarray((1 - share) * self._best_entry(per_entry) + share * mean, dtype=np.float32)

    def _corrections(self, query: Query, candidates: NDArray[np.intp]) -> NDArray[np.float32]:
        """What the question's own words say about each candidate, beyond likeness."""
        partners = {i.removeprefix("partner_").replace("_", "-") for i in query.term_ids if i.startswith("partner_")}
        asks_figure = bool(_ASKS_FIGURE.search(query.text))
        return np.array(
            [self._correction(self.provisions[i], query, partners, asks_figure) for i in candidates], dtype=np.float32
        )

    @staticmethod
    def _correction(provision: Provision, query: Query, partners: set[str], asks_figure: bool) -> float:
        correction = GUIDE_BONUS if provision.document.kind == "guide" else 0.0
        if query.levels and provision.levels:
            correction += LEVEL_MATCH if query.levels & set(provision.levels) else LEVEL_MISMATCH
        if partners and provision.anchor_id.startswith("partner-"):
            named = provision.anchor_id.removeprefix("partner-") in partners
            correction += PARTNER_MATCH if named else PARTNER_MISMATCH
        if asks_figure and provision.unknown:
            correction += FIGURE_UNKNOWN
        return correction

    def _direct(self, query: Query, on: date, passages: list[Passage]) -> list[Passage]:
        """Put what the question names by number first; a document named without an article moves up.

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
        if not direct and query.references:
            documents = {reference.document_id for reference in query.references}
            rest.sort(key=lambda passage: passage.provision.document.id not in documents)
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


def _padded_groups(positions: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the entry numbers of each provision as rows of equal length, padded with -1."""
    groups = np.split(np.arange(len(positions)), np.flatnonzero(np.diff(positions)) + 1)
    width = max(SEVERAL, max(map(len, groups), default=SEVERAL))
    padded = np.full((len(groups), width), -1)
    for row, group in enumerate(groups):
        padded[row, : len(group)] = group
    return padded
