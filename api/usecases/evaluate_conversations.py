"""Measure follow-ups: conversations of five turns, each turn scored for its right source (docs/model.md)."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.usecases.evaluate import FOLDER, Metric, Report
from assistant.answering import Assistant
from assistant.models import Answer, Question, Turn

FILE = FOLDER / "conversations.jsonl"


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


def scored(
    assistant: Assistant, conversations: Sequence[dict[str, Any]], today: date, *, alone: bool = False
) -> list[Scored]:
    """Ask every turn after the questions before it, or as it reads alone."""
    results = []
    for conversation in conversations:
        history: tuple[Turn, ...] = ()
        for position, turn in enumerate(conversation["turns"]):
            text = turn["standalone"] if alone else turn["question"]
            answer = assistant.answer(Question(text, today, None, () if alone else history))
            history = (*history, Turn(turn["question"]))
            results.append(Scored(conversation, position, answer))
    return results


def evaluate_conversations(assistant: Assistant, today: date, progress: Callable[[int, int], None]) -> Report:
    """Ask every conversation and return the shares of right sources."""
    conversations = read_conversations()
    results: list[Scored] = []
    for number, conversation in enumerate(conversations, 1):
        results += scored(assistant, [conversation], today)
        progress(number, len(conversations))
    later = [r for r in results if r.position]
    metrics = (
        _share("right_source_first", [r.first for r in results]),
        _share("right_source_cited", [r.cited for r in results]),
        _share("follow_ups_first", [r.first for r in later]),
        _share("follow_ups_cited", [r.cited for r in later]),
        _share("held_half_cited", [r.cited for r in results if r.conversation["half"] == "held"]),
    )
    failures = tuple(
        {"id": f"{r.conversation['id']}.{r.position + 1}", "question": r.turn["question"], "why": r.answer.kind}
        for r in results
        if not r.cited and r.conversation["half"] == "tuned"
    )
    return Report("multiturn", len(results), metrics, failures)


def _share(name: str, hits: Sequence[bool]) -> Metric:
    return Metric(name, sum(hits) / len(hits), len(hits), "")
