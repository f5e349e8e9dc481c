"""Measure the assistant on question sets: right source, scope, honesty, speed.

A question set is a JSONL file of {id, question, kind, expect, …} (docs/evaluation.md). Every figure
is computed from the answer as it is sent out, not from the assistant's inside.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from api.usecases.ask import ask
from api.usecases.question import QuestionIn
from assistant.answering import Assistant
from assistant.models import Answer, Citation, Statement
from knowledge.facts import facts_of, unproven
from knowledge.text import simplify

SETS = ("answers", "tuning")
FILES = {"answers": ("test.jsonl",), "tuning": tuple(f"tune{n}.jsonl" for n in ("", 2, 3, 4, 5))}
FOLDER = Path(__file__).parents[2] / "tests" / "eval"
_SAID_OLD = re.compile(
    r"旧规|旧|已废止|已于|到期|以前|当时|20[0-9]{2}年(?:标准|版)|old rule|old|expired|repealed|ended|until", re.I
)


@dataclass(frozen=True)
class Metric:
    """A figure, how many cases it is from, and what it should be."""

    name: str
    value: float
    n: int
    goal: str
    percent: bool = True

    @property
    def shown(self) -> str:
        """The figure as printed."""
        return f"{self.value:.1%}" if self.percent else f"{self.value:g}"


@dataclass(frozen=True)
class Report:
    """The figures of one set."""

    set: str
    n: int
    metrics: tuple[Metric, ...]
    failures: tuple[dict[str, Any], ...] = field(default_factory=tuple)

    def as_json(self) -> dict[str, Any]:
        """The form of the contract: set, n, metrics by name, failures."""
        return {
            "set": self.set,
            "n": self.n,
            "metrics": {metric.name: metric.value for metric in self.metrics},
            "cases": {metric.name: metric.n for metric in self.metrics},
            "failures": list(self.failures),
        }


@dataclass(frozen=True)
class _Case:
    row: dict[str, Any]
    answer: Answer

    @property
    def kinds(self) -> tuple[str, ...]:
        kind = self.row["kind"]
        return (kind,) if isinstance(kind, str) else tuple(kind)

    @property
    def expected(self) -> frozenset[str]:
        return frozenset(self.row.get("expect") or ())

    @property
    def cited(self) -> list[str]:
        return [c.url.removeprefix("/documents/") for c in self.answer.citations]


def evaluate(
    assistant: Assistant,
    name: str,
    today: date,
    questions: Path | None = None,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Report:
    """Ask every question of a set and return the figures."""
    paths = [questions] if questions else [FOLDER / file for file in FILES[name] if (FOLDER / file).is_file()]
    rows = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line]
    cases = []
    for number, row in enumerate(rows, 1):
        asked = QuestionIn(question=row["question"], on=row.get("on"), history=row.get("history") or [])
        cases.append(_Case(row, ask(assistant, asked, today)))
        progress(number, len(rows))
    return Report(name, len(cases), tuple(_metrics(cases)), tuple(_failures(cases)))


def _metrics(cases: Sequence[_Case]) -> list[Metric]:
    sourced = [c for c in cases if c.expected]
    outside = [c for c in cases if c.kinds == ("out_of_scope",)]
    unknown = [c for c in cases if c.kinds == ("unknown",)]
    worded = [c for c in cases if c.row.get("must")]
    statements = [(c, s) for c in cases if not _calculated(c.answer) for s in c.answer.statements]
    latencies = sorted(c.answer.latency_ms for c in cases)
    return [
        _share("right_source_first", [_first(c) for c in sourced], "≥ 85%"),
        _share("right_source_cited", [_among(c) for c in sourced], "≥ 95%"),
        _share("out_of_scope_caught", [c.answer.kind == "out_of_scope" for c in outside], "≥ 95%"),
        _share("in_scope_refused", [c.answer.kind in {"out_of_scope", "refused"} for c in sourced], "≤ 4%"),
        _share("unknown_as_unknown", [_honest(c) for c in unknown], "100%"),
        _share("kind_right", [c.answer.kind in c.kinds for c in cases], ""),
        _share("key_words_present", [not _missing_words(c) for c in worded], ""),
        Metric("unproven_statements", sum(_unproven(c, s) for c, s in statements), len(statements), "0", False),
        Metric("old_law_as_current", sum(_old_as_current(c, s) for c, s in statements), len(statements), "0", False),
        Metric("latency_p50_ms", _percentile(latencies, 0.5), len(latencies), "≤ 20", False),
        Metric("latency_p95_ms", _percentile(latencies, 0.95), len(latencies), "≤ 60", False),
    ]


def _share(name: str, hits: Sequence[bool], goal: str) -> Metric:
    return Metric(name, sum(hits) / len(hits) if hits else 0.0, len(hits), goal)


def _percentile(values: Sequence[float], share: float) -> float:
    return values[min(len(values) - 1, int(len(values) * share))] if values else 0.0


def _first(case: _Case) -> bool:
    return bool(case.cited) and case.cited[0] in case.expected


def _among(case: _Case) -> bool:
    return bool(case.expected & set(case.cited))


def _honest(case: _Case) -> bool:
    """An unknown matter is answered as unknown; `partial` also says what is not known."""
    return case.answer.kind in {"unknown", "partial"} and bool(case.answer.missing)


def _missing_words(case: _Case) -> list[str]:
    return [word for word in case.row.get("must") or () if not re.search(word, case.answer.text)]


def _calculated(answer: Answer) -> bool:
    return any(caveat.code == "calculated" for caveat in answer.caveats)


def _unproven(case: _Case, statement: Statement) -> bool:
    """Whether a number, date, level or article of a statement is not in the sources shown with it."""
    shown = [_as_shown(c) for c in case.answer.citations if c.n in statement.citations]
    return bool(unproven(statement.text, frozenset().union(*map(facts_of, shown))))


def _as_shown(citation: Citation) -> str:
    days = f"{citation.effective_from or ''} {citation.effective_to or ''}"
    return f"{citation.number} {citation.title} {citation.anchor} {days} {citation.excerpt}"


def _old_as_current(case: _Case, statement: Statement) -> bool:
    """Whether a statement rests on a rule that is not in force on the answer's day and does not say so."""
    cited = [c for c in case.answer.citations if c.n in statement.citations]
    return any(not c.in_force for c in cited) and not _SAID_OLD.search(simplify(statement.text))


def _failures(cases: Sequence[_Case]) -> list[dict[str, Any]]:
    failures = []
    for case in cases:
        why = []
        if case.answer.kind not in case.kinds:
            why.append(f"kind {case.answer.kind}, expected {' or '.join(case.kinds)}")
        if case.expected and not _first(case):
            why.append(f"cited {case.cited[:3]}, expected one of {sorted(case.expected)[:3]}")
        if words := _missing_words(case):
            why.append(f"without {words}")
        if why:
            failures.append({"id": case.row["id"], "question": case.row["question"], "why": "; ".join(why)})
    return failures
