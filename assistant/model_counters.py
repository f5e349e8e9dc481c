"""What the use of a language model came to: calls, failures, tokens, cost, sentences kept and dropped."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping
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
    _taken: dict[str, float] = field(default_factory=dict)
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

    def taken(self) -> dict[str, float]:
        """Return what was counted since the last time, to be added up elsewhere."""
        with self._lock:
            everything = {**self._counts, "cost": self._cost}
            taken = {name: amount - self._taken.get(name, 0.0) for name, amount in everything.items()}
            self._taken = everything
            return {name: amount for name, amount in taken.items() if amount}

    def give_back(self, counts: Mapping[str, float]) -> None:
        """Take back what could not be added up: it is told again the next time."""
        with self._lock:
            for name, amount in counts.items():
                self._taken[name] = self._taken.get(name, 0.0) - amount

    def snapshot(self) -> dict[str, float]:
        """Return all counts and the cost."""
        with self._lock:
            return {**self._counts, "cost": round(self._cost, 6)}
