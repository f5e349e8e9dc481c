"""How near a provision is to a question, from the texts under which it can be found.

A provision has its own wording (Chinese, English, official) and the questions people ask about it. It is
near where several of these texts are, and more surely so where its own wording is among them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.fusion import Scores
from knowledge.index import Entry

SEVERAL = 3
ABSENT = np.float32(-9.0)  # below any cosine or BM25 score


class Closeness:
    """Turns one score per text into one score per provision; provisions come in the order of their texts."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        positions = np.array([entry.provision for entry in entries], dtype=np.intp)
        self._starts = np.flatnonzero(np.r_[True, positions[1:] != positions[:-1]]) if len(positions) else positions
        self._texts_of = _padded_groups(positions)
        self._is_wording = np.array([entry.kind != "ask" for entry in entries], dtype=bool)

    def best(self, per_text: Scores) -> Scores:
        """Return the score of each provision's best text."""
        return np.maximum.reduceat(per_text, self._starts) if len(self._starts) else per_text

    def several(self, per_text: Scores) -> Scores:
        """Return the mean of each provision's best texts, up to `SEVERAL`: one chance likeness counts less."""
        padded = np.append(per_text, ABSENT)[self._texts_of]
        nearest = -np.partition(-padded, SEVERAL - 1, axis=1)[:, :SEVERAL]
        present = nearest > ABSENT
        return np.asarray(np.where(present, nearest, 0).sum(axis=1) / present.sum(axis=1), dtype=np.float32)

    def wording(self, per_text: Scores) -> Scores:
        """Return the score of each provision's own wording, the better of its languages."""
        return self.best(np.where(self._is_wording, per_text, ABSENT))


def _padded_groups(positions: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the text numbers of each provision as rows of equal length, padded with -1."""
    groups = np.split(np.arange(len(positions)), np.flatnonzero(np.diff(positions)) + 1) if len(positions) else []
    width = max(SEVERAL, max(map(len, groups), default=SEVERAL))
    padded = np.full((len(groups), width), -1)
    for row, group in enumerate(groups):
        padded[row, : len(group)] = group
    return padded
