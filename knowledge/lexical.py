"""Find texts by the exact words they share with a question.

BM25 over Chinese characters and character pairs, and whole Latin words and numbers. On short
regulatory texts this beats word segmentation (docs/benchmarks.md), and needs no dictionary.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from bm25s import BM25
from numpy.typing import NDArray

from knowledge.text import CJK

_RUNS = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+|[a-z]+|[0-9]+(?:\.[0-9]+)?%?")
# Words that carry no subject in an English question; Chinese needs no list, its BM25 weights do the work.
_STOP = frozenset(
    """a an and are as at be by can do does for from how i if in is it its me my of on or our shall should that the
    their there this to under was we were what when which who will with would you your""".split()
)


def tokens(text: str) -> list[str]:
    """Split a text (already cleaned and simplified) into the terms that are indexed."""
    terms: list[str] = []
    for run in _RUNS.findall(text.lower()):
        if CJK.match(run):
            terms.extend(run)
            terms.extend(run[i : i + 2] for i in range(len(run) - 1))
        elif run not in _STOP:
            terms.append(run)
    return terms


class LexicalIndex:
    """Exact-term scores of a fixed list of texts."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.size = len(texts)
        self._model = BM25(k1=1.2, b=0.75)
        if texts:
            self._model.index([tokens(text) or [""] for text in texts], show_progress=False)

    def scores(self, question: str) -> NDArray[np.float32]:
        """Return one BM25 score per text, in the order given; 0 where nothing is shared."""
        known = [t for t in tokens(question) if t in self._model.vocab_dict] if self.size else []
        if not known:
            return np.zeros(self.size, dtype=np.float32)
        return np.asarray(self._model.get_scores(known), dtype=np.float32)
