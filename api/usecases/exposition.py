"""What the software counts, as Prometheus reads it (text format 0.0.4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy.orm import Session

from api.usecases.model_counts import total_counts
from api.usecases.quality import totals

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
Sample = tuple[dict[str, str], float]
_FAILED, _DROPPED = "failed_", "dropped_"
_GROUPS = {
    "answers": ("credit_answers_total", "kind", "Answers given.", "counter"),
    "ratings": ("credit_ratings_total", "rating", "What people said of answers.", "counter"),
    "board": ("credit_board_questions", "state", "Groups of questions on the board.", "gauge"),
    "guides": ("credit_guides", "state", "Guides.", "gauge"),
}


def exposition(session: Session, left_alone: bool | None) -> str:
    """Return all metrics, counted over all workers; ``left_alone`` is this worker's breaker, None without a model."""
    lines: list[str] = []
    counted = totals(session)
    for group, (name, label, what, kind) in _GROUPS.items():
        samples = [({label: value}, float(n)) for (of, value), n in sorted(counted.items()) if of == group]
        lines += _metric(name, what, kind, samples)
    lines += _of_model(total_counts(session))
    if left_alone is not None:
        state: list[Sample] = [({}, float(left_alone))]
        lines += _metric("credit_model_left_alone", "Whether this worker does not ask the model now.", "gauge", state)
    return "\n".join(lines) + "\n"


def _of_model(counts: Mapping[str, float]) -> Iterator[str]:
    def one(name: str) -> list[Sample]:
        return [({}, counts.get(name, 0.0))]

    def each(label: str, prefix: str) -> list[Sample]:
        return [({label: name.removeprefix(prefix)}, n) for name, n in counts.items() if name.startswith(prefix)]

    yield from _metric("credit_model_calls_total", "Calls of the language model.", "counter", one("calls"))
    yield from _metric("credit_model_failures_total", "Calls that failed.", "counter", each("reason", _FAILED))
    yield from _metric("credit_model_fallbacks_total", "Answers composed instead.", "counter", one("fallbacks"))
    tokens: list[Sample] = [({"direction": way}, counts.get(f"tokens_{way}", 0.0)) for way in ("in", "out")]
    yield from _metric("credit_model_tokens_total", "Tokens.", "counter", tokens)
    yield from _metric("credit_model_cost_total", "Cost in the currency of the prices set.", "counter", one("cost"))
    kept = one("sentences_kept")
    yield from _metric("credit_model_sentences_kept_total", "Drafted sentences that were proved.", "counter", kept)
    dropped = each("why", _DROPPED)
    yield from _metric("credit_model_sentences_dropped_total", "Drafted sentences dropped.", "counter", dropped)


def _metric(name: str, what: str, kind: str, samples: Iterable[Sample]) -> Iterator[str]:
    yield f"# HELP {name} {what}"
    yield f"# TYPE {name} {kind}"
    for labels, value in samples:
        written = ",".join(f'{label}="{_escaped(of)}"' for label, of in labels.items())
        yield f"{name}{{{written}}} {value:g}" if written else f"{name} {value:g}"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
