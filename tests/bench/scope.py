"""Fit and check the weights that tell what is in scope (assistant/router.py).

    python -m tests.bench.scope

In scope are the tuning questions with a source and questions of the corpus; out of scope the tuning
questions that are none of ours and the examples of `intents.yaml`. A question or example is never
compared with itself. Prints the weights, and what ten-fold cross-validation catches and refuses.
"""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from api.bootstrap import Parts
from api.settings import read_settings
from api.usecases.evaluate import FILES
from assistant.intents import FEW as OUTSIDE_FEW
from assistant.intents import MANY as OUTSIDE_MANY
from assistant.router import FEATURES, features
from knowledge.search import FEW, MANY, Nearness, Query, nearness_of

TUNING = tuple(Path(__file__).parents[1] / "eval" / name for name in FILES["tuning"])
SAMPLE = 900
THRESHOLDS = (0.0, 0.4, 0.8, 1.2, 1.6, 2.0)
TUNING_WEIGHT = 3.0  # a question as people ask it counts more than one of our own lists


class Bench:
    """Turns questions into the router's features."""

    def __init__(self) -> None:
        parts = Parts(read_settings())
        self.search = parts.search
        self.intents = parts.intents
        self._asks = {entry.text: i for i, entry in enumerate(self.search.entries)}
        self.outside_examples = [
            e for intent in self.intents.intents if intent.group == "out_of_scope" for e in intent.examples
        ]

    def row(self, text: str) -> list[float]:
        """Return the features of a question, leaving out its own copy where it is one of ours."""
        query = self.search.understand(text)
        inside = self.search.vectors @ query.vector
        if (own := self._asks.get(text)) is not None:
            inside[own] = -1.0
        return features(query, nearness_of(inside, FEW, MANY), self._outside(query))

    def _outside(self, query: Query) -> Nearness:
        likeness = self.intents.outside_likeness(query.vector)
        likeness = np.where(likeness > 0.9999, -1.0, likeness)
        return nearness_of(likeness, OUTSIDE_FEW, OUTSIDE_MANY)


def main() -> None:
    """Print weights and cross-validated figures."""
    bench = Bench()
    texts, inside, weights = _questions(bench)
    rows = np.array([bench.row(text) for text in texts])
    scores = np.zeros(len(rows))
    for train, test in StratifiedKFold(10, shuffle=True, random_state=1).split(rows, inside):
        scores[test] = score(rows[test], _fit(rows[train], inside[train], weights[train]))
    is_tuning = weights > 1
    for name, part in (("tuning questions", is_tuning), ("own lists", ~is_tuning)):
        for threshold in THRESHOLDS:
            caught, refused = scores[part & ~inside] < threshold, scores[part & inside] < threshold
            print(  # noqa: T201
                f"{name}, in scope from {threshold:.1f}: caught {caught.mean():.1%} of {caught.size}, "
                f"refused {refused.mean():.1%} of {refused.size}"
            )
    coefficients = _fit(rows, inside, weights)
    for name, value in zip(("INTERCEPT", *FEATURES), coefficients, strict=True):
        print(f"{name:16} {value:8.2f}")  # noqa: T201


def score(rows: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the log-odds of being in scope."""
    return rows @ weights[1:] + weights[0]


def _fit(rows: NDArray[np.float64], inside: NDArray[np.bool_], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    model = LogisticRegression(C=300.0, max_iter=5000).fit(rows, inside, weights)
    return np.r_[model.intercept_, model.coef_[0]]


def _questions(bench: Bench) -> tuple[list[str], NDArray[np.bool_], NDArray[np.float64]]:
    chooser = random.Random(1)  # noqa: S311 - a choice, no secret
    asked = [json.loads(line) for path in TUNING for line in path.read_text(encoding="utf-8").splitlines()]
    asked = [row for row in asked if not row.get("history")]
    ours = [row["question"] for row in asked if row.get("expect")]
    others = [row["question"] for row in asked if row["kind"] == "out_of_scope"]
    asks = [entry.text for entry in bench.search.entries if entry.kind == "ask"]
    listed_in = chooser.sample(asks, SAMPLE)
    listed_out = chooser.sample(bench.outside_examples, min(SAMPLE, len(bench.outside_examples)))
    texts = [*ours, *others, *listed_in, *listed_out]
    inside = np.array([True] * len(ours) + [False] * len(others) + [True] * len(listed_in) + [False] * len(listed_out))
    weights = np.array([TUNING_WEIGHT] * (len(ours) + len(others)) + [1.0] * (len(listed_in) + len(listed_out)))
    return texts, inside, weights


if __name__ == "__main__":
    main()
