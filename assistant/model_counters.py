"""What the use of a language model came to: calls, failures, tokens, cost, sentences kept and dropped."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Price:
    """Cost of a million tokens in and out, in the currency of the contract."""

    tokens_in: float = 0.0
    tokens_out: float = 0.0

    def of(self, tokens_in: int, tokens_out: int) -> float:
        """Return what a call cost."""
        return (tokens_in * self.tokens_in + tokens_out * self.tokens_out) / 1_000_000


@dataclass
class ModelCounters:
    """Counts of one process; safe to use from several threads."""

    price: Price = field(default_factory=Price)
    _counts: Counter[str] = field(default_factory=Counter)
    _cost: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, name: str, amount: int = 1) -> None:
        """Count something: calls, failed_timeout, fallbacks, sentences_kept …"""
        with self._lock:
            self._counts[name] += amount

    def add_tokens(self, tokens_in: int, tokens_out: int) -> None:
        """Count the tokens of a call and what they cost."""
        with self._lock:
            self._counts["tokens_in"] += tokens_in
            self._counts["tokens_out"] += tokens_out
            self._cost += self.price.of(tokens_in, tokens_out)

    def snapshot(self) -> dict[str, float]:
        """Return all counts and the cost."""
        with self._lock:
            return {**self._counts, "cost": round(self._cost, 6)}
