"""Join exact-term and dense scores on one scale.

Each list is brought to 0..1 between its best score and its 1000th best (or its last), then the two
are added with fixed weights: 0.4 exact terms, 0.6 dense. So 1.0 means first in both, and the
score compares passages of one question, not of two. Measured in docs/benchmarks.md.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

DEPTH = 1000
LEXICAL_WEIGHT = 0.4

Scores = NDArray[np.float32]


def fuse(lexical: Scores, dense: Scores, weight: float = LEXICAL_WEIGHT) -> Scores:
    """Return the joined score of each candidate; both lists cover the same candidates in one order."""
    return np.asarray(weight * _unit(lexical) + (1 - weight) * _unit(dense), dtype=np.float32)


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
