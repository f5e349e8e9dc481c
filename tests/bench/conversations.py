"""How well follow-ups are understood: conversations of five turns, each turn scored for its right source.

    python -m tests.bench.conversations

Reads `tests/eval/conversations.jsonl` (docs/model.md). Without a model the earlier questions go through
`assistant/dialogue.py`; with one, a scripted endpoint over a real wire gives the honest reading that stands
in the file, and words answers by copying its passages. ``alone`` asks each turn as it reads alone: what
follow-ups could reach at best.
"""

from __future__ import annotations

import time
from datetime import date

from rich.console import Console
from rich.table import Table

from api.bootstrap import Parts
from api.settings import read_settings
from api.usecases.evaluate_conversations import Scored, read_conversations, scored
from assistant.answering import Assistant
from assistant.llm import Endpoint, LanguageModel
from assistant.model_counters import ModelCounters
from tests.wire.endpoint import running
from tests.wire.scripts import honest, over_the_wire

TODAY = date(2026, 11, 22)


def main() -> None:
    """Print right sources by half and turn, with and without a model, and the turns that fail without."""
    screen = Console(highlight=False)
    parts = Parts(read_settings())
    conversations = read_conversations()
    plain = Assistant(parts.search, parts.intents)
    readings = {turn["question"]: turn["standalone"] for c in conversations for turn in c["turns"]}
    runs = {
        "without a model": scored(plain, conversations, TODAY),
        "alone": scored(plain, conversations, TODAY, alone=True),
    }
    with running(over_the_wire(honest(readings))) as endpoint:
        model = LanguageModel(Endpoint(endpoint.url, "scripted", seconds=5), ModelCounters())
        started = time.perf_counter()
        runs["with a model"] = scored(Assistant(parts.search, parts.intents, model), conversations, TODAY)
        seconds = time.perf_counter() - started
    for measure in ("first", "cited"):
        screen.print(_table(runs, measure))
    turns = len(runs["with a model"])
    screen.print(
        f"{len(conversations)} conversations, {turns} turns; with the model {seconds / turns * 1000:.0f} ms a turn"
    )
    screen.print(str(model.counters.snapshot()), markup=False)
    for name in ("without a model", "with a model"):
        for result in runs[name]:
            if not result.cited and result.conversation["half"] == "tuned":
                where = f"{result.conversation['id']}.{result.position + 1}"
                cited = [c.url.removeprefix("/documents/") for c in result.answer.citations][:2]
                screen.print(f"{name} {where} {result.answer.kind} {result.turn['question']} -> {cited}", markup=False)


def _table(runs: dict[str, list[Scored]], measure: str) -> Table:
    table = Table(title=f"right source {measure}", box=None, pad_edge=False)
    for heading in ("", "tuned", "held", "all", "turn 1", "turns 2-5"):
        table.add_column(heading, justify="left" if not heading else "right")
    for name, results in runs.items():
        groups = [
            [r for r in results if r.conversation["half"] == "tuned"],
            [r for r in results if r.conversation["half"] == "held"],
            results,
            [r for r in results if r.position == 0],
            [r for r in results if r.position > 0],
        ]
        table.add_row(name, *(f"{sum(getattr(r, measure) for r in g) / len(g):.1%}" for g in groups))
    return table


if __name__ == "__main__":
    main()
