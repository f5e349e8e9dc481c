"""How well follow-ups are understood: conversations of five turns, each turn scored for its right source.

    python -m tests.bench.conversations

Reads `tests/eval/conversations.jsonl` (docs/model.md). Without a model the earlier questions go through
`assistant/dialogue.py`; with one, a scripted endpoint over a real wire gives the honest reading that stands
in the file, and words answers by copying its passages. ``alone`` asks each turn as it reads alone: what
follow-ups could reach at best.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from api.bootstrap import Parts
from api.settings import read_settings
from assistant.answering import Assistant
from assistant.intents import open_intents, read_intents
from assistant.llm import Endpoint, LanguageModel
from assistant.model_counters import ModelCounters
from assistant.models import Answer, Question, Turn
from tests.wire.endpoint import running
from tests.wire.scripts import honest, over_the_wire

FILE = Path(__file__).parents[1] / "eval" / "conversations.jsonl"
TODAY = date(2026, 11, 22)


@dataclass(frozen=True)
class Scored:
    """One turn and its answer."""

    conversation: dict[str, Any]
    position: int
    answer: Answer

    @property
    def turn(self) -> dict[str, Any]:
        """The turn as it stands in the file."""
        turn: dict[str, Any] = self.conversation["turns"][self.position]
        return turn

    @property
    def first(self) -> bool:
        """Whether its first citation is right, or its kind where it asks for no rule."""
        return (
            self._is_kind
            if not self.turn["expect"]
            else self._cited()[:1] != [] and self._cited()[0] in self.turn["expect"]
        )

    @property
    def cited(self) -> bool:
        """Whether any citation is right, or its kind where it asks for no rule."""
        return self._is_kind if not self.turn["expect"] else bool(set(self._cited()) & set(self.turn["expect"]))

    @property
    def _is_kind(self) -> bool:
        return bool(self.answer.kind == self.turn["kind"])

    def _cited(self) -> list[str]:
        return [citation.url.removeprefix("/documents/") for citation in self.answer.citations]


def read_conversations() -> list[dict[str, Any]]:
    """Return the conversations."""
    return [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


def scored(assistant: Assistant, conversations: Sequence[dict[str, Any]], *, alone: bool = False) -> list[Scored]:
    """Ask every turn after the questions before it, or as it reads alone."""
    results = []
    for conversation in conversations:
        history: tuple[Turn, ...] = ()
        for position, turn in enumerate(conversation["turns"]):
            text = turn["standalone"] if alone else turn["question"]
            answer = assistant.answer(Question(text, TODAY, None, () if alone else history))
            history = (*history, Turn(turn["question"]))
            results.append(Scored(conversation, position, answer))
    return results


def main() -> None:
    """Print right sources by half and turn, with and without a model, and the turns that fail without."""
    screen = Console(highlight=False)
    parts = Parts(read_settings())
    intents = open_intents(read_intents(), parts.model, parts.store)
    conversations = read_conversations()
    plain = Assistant(parts.search, intents)
    readings = {turn["question"]: turn["standalone"] for c in conversations for turn in c["turns"]}
    runs = {"without a model": scored(plain, conversations), "alone": scored(plain, conversations, alone=True)}
    with running(over_the_wire(honest(readings))) as endpoint:
        model = LanguageModel(Endpoint(endpoint.url, "scripted", seconds=5), ModelCounters())
        started = time.perf_counter()
        runs["with a model"] = scored(Assistant(parts.search, intents, model), conversations)
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
