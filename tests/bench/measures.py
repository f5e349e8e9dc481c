"""Retrieval measures over ranked lists."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

DEPTHS = (1, 5, 10, 100)


@dataclass(frozen=True)
class Measured:
    """The figures of one system on one set of questions."""

    name: str
    n: int
    recall: dict[int, float]
    mrr10: float
    ndcg10: float
    p50_ms: float
    p95_ms: float
    index_seconds: float
    memory_mb: float

    def row(self) -> str:
        """One line of the table."""
        recalls = " ".join(f"{self.recall[k]:7.4f}" for k in DEPTHS)
        return (
            f"{self.name:34} {recalls} {self.mrr10:7.4f} {self.ndcg10:7.4f} {self.p50_ms:8.1f} {self.p95_ms:8.1f} "
            f"{self.index_seconds:9.1f} {self.memory_mb:8.0f}"
        )


HEADER = (
    f"{'system':34} {'R@1':>7} {'R@5':>7} {'R@10':>7} {'R@100':>7} {'MRR@10':>7} {'nDCG@10':>7} {'p50 ms':>8} "
    f"{'p95 ms':>8} {'index s':>9} {'RSS MB':>8}"
)


def measure(
    name: str,
    search: Callable[[str], Sequence[int]],
    questions: Iterable[tuple[str, set[int]]],
    index_seconds: float,
    memory_mb: float,
) -> Measured:
    """Ask every question; ``search`` returns positions best first, ``questions`` carry the right positions."""
    recall: dict[int, list[float]] = {k: [] for k in DEPTHS}
    mrr, ndcg, seconds = [], [], []
    for text, right in questions:
        started = time.perf_counter()
        found = list(search(text))
        seconds.append(time.perf_counter() - started)
        hits = [position in right for position in found]
        for k in DEPTHS:
            recall[k].append(sum(hits[:k]) / len(right))
        mrr.append(next((1 / rank for rank, hit in enumerate(hits[:10], 1) if hit), 0.0))
        gain = sum(1 / math.log2(rank + 1) for rank, hit in enumerate(hits[:10], 1) if hit)
        ndcg.append(gain / sum(1 / math.log2(rank + 1) for rank in range(1, min(10, len(right)) + 1)))
    seconds.sort()
    return Measured(
        name,
        len(mrr),
        {k: _mean(values) for k, values in recall.items()},
        _mean(mrr),
        _mean(ndcg),
        seconds[len(seconds) // 2] * 1000,
        seconds[int(len(seconds) * 0.95)] * 1000,
        index_seconds,
        memory_mb,
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
