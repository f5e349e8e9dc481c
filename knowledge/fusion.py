"""Join exact-term and dense scores on one scale.

Each list is brought to 0..1 between its best score and its 1000th best (or its last); then they are
added with fixed weights: 0.4 exact terms, 0.3 cosine, 0.3 cosine of centred vectors. So 1.0 means
first in all, and the score compares passages of one question, not of two. Measured in
docs/benchmarks.md.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

DEPTH = 1000
LEXICAL_WEIGHT = 0.4
# A passage is likelier where others of its document fit as well: a tenth of the mean of the document's
# five best among the best 50.
CONTEXT_WEIGHT, CONTEXT_SIZE, CONTEXT_DEPTH = 0.1, 5, 50

Scores = NDArray[np.float32]


class Centre:
    """Cosine similarity after moving the origin to the mean of all texts.

    The model's vectors lie in a narrow cone; seen from its middle they differ more.
    """

    def __init__(self, vectors: Scores) -> None:
        self._mean = vectors.mean(axis=0) if len(vectors) else np.zeros(vectors.shape[1:], dtype=np.float32)
        self._offsets = vectors @ self._mean
        self._lengths = np.maximum(np.linalg.norm(vectors - self._mean, axis=1), 1e-6)

    def likeness(self, likeness: Scores, question: Scores) -> Scores:
        """Return the centred cosines, from the plain ones and the question's vector."""
        shifted = likeness - self._offsets - self._mean @ question + self._mean @ self._mean
        length = max(float(np.linalg.norm(question - self._mean)), 1e-6)
        return np.asarray(shifted / (self._lengths * length), dtype=np.float32)


def fuse(lexical: Scores, dense: Scores, centred: Scores) -> Scores:
    """Return the joined score of each candidate; the lists cover the same candidates in one order."""
    near = (_unit(dense) + _unit(centred)) / 2
    return np.asarray(LEXICAL_WEIGHT * _unit(lexical) + (1 - LEXICAL_WEIGHT) * near, dtype=np.float32)


def in_context(scores: Scores, documents: NDArray[np.intp]) -> Scores:
    """Add to each candidate what others of its document score; ``documents`` numbers each one's document."""
    sums = np.zeros(int(documents.max(initial=-1)) + 1)
    counts = np.zeros(len(sums), dtype=int)
    for position in best(scores, CONTEXT_DEPTH):
        document = documents[position]
        if counts[document] < CONTEXT_SIZE:
            sums[document] += scores[position]
            counts[document] += 1
    return np.asarray(scores + CONTEXT_WEIGHT * sums[documents] / CONTEXT_SIZE, dtype=np.float32)


def best(scores: Scores, limit: int) -> list[int]:
    """Return the positions of the highest scores, best first; equal scores keep their order."""
    limit = min(limit, len(scores))
    if limit == 0:
        return []
    chosen = np.argpartition(-scores, limit - 1)[:limit]
    return [int(i) for i in sorted(chosen, key=lambda i: (-scores[i], i))]


def _unit(scores: Scores) -> Scores:
    if not len(scores):
        return scores
    top = float(scores.max())
    floor = float(np.partition(scores, -DEPTH)[-DEPTH]) if len(scores) > DEPTH else float(scores.min())
    if top <= floor:
        return np.zeros_like(scores)
    return np.asarray(np.clip((scores - floor) / (top - floor), 0, 1), dtype=np.float32)
