"""Measure proof: true sentences that stand, false ones that pass (docs/model.md)."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.usecases.evaluate import FOLDER, Metric, Report
from assistant.citations import Proof
from assistant.model_faults import Drafted, Fault
from assistant.model_proof import Judge
from knowledge.models import Provision
from knowledge.terms import Terms

PAIRS = FOLDER / "proof_pairs.jsonl"
# Kinds of falsehood of which none may pass.
NEVER = ("number", "period", "percent", "amount", "unit", "date", "article", "item", "level", "document", "swap")


@dataclass(frozen=True)
class Judged:
    """One pair and what proof said to it."""

    row: dict[str, Any]
    fault: Fault | None
    ms: float

    @property
    def right(self) -> bool:
        """Whether a true sentence stood or a false one fell."""
        return (self.fault is None) is self.row["true"]


def read_pairs() -> list[dict[str, Any]]:
    """Return the pairs."""
    return [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]


def judged(
    rows: Sequence[dict[str, Any]], judge: Judge, provisions: Mapping[str, Provision], today: date
) -> list[Judged]:
    """Judge every pair."""
    results = []
    for row in rows:
        passages = {n: provisions[name] for n, name in enumerate(row["passages"], 1)}
        started = time.perf_counter()
        drafted = Drafted(row["sentence"], tuple(passages))
        fault = judge.fault(drafted, passages, date.fromisoformat(row["on"]) if row["on"] else today, row["language"])
        results.append(Judged(row, fault, (time.perf_counter() - started) * 1000))
    return results


def evaluate_proof(
    terms: Terms, provisions: Mapping[str, Provision], today: date, progress: Callable[[int, int], None]
) -> Report:
    """Judge every pair and return recall, precision and what passed of each kind."""
    rows = read_pairs()
    results = judged(rows, Judge(terms, Proof()), provisions, today)
    progress(len(rows), len(rows))
    true = [r for r in results if r.row["true"]]
    false = [r for r in results if not r.row["true"]]
    stood, passed = sum(r.right for r in true), [r for r in false if not r.right]
    grave = [r for r in passed if r.row["why"] in NEVER]
    times = sorted(r.ms for r in results)
    metrics = (
        Metric("true_stand", stood / len(true), len(true), "≥ 95%"),
        Metric("precision", stood / (stood + len(passed)), stood + len(passed), ""),
        Metric("false_pass", len(passed), len(false), "", False),
        Metric("wrong_figure_place_or_level_pass", len(grave), len(false), "0", False),
        Metric("ms_p50", round(times[len(times) // 2], 2), len(times), "", False),
    )
    failures = tuple(
        {"id": r.row["id"], "question": r.row["sentence"], "why": r.fault.why if r.fault else f"passed: {r.row['why']}"}
        for r in results
        if not r.right
    )
    return Report("proof", len(results), metrics, failures)
