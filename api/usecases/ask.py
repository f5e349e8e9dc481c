"""Ask a question: from what came in at a door to an answer that can be sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from api.errors import BadInput
from assistant.answering import Assistant
from assistant.models import Answer, Question, Turn
from knowledge.text import Language

MAX_QUESTION = 2000
MAX_TURNS = 20


class TurnIn(BaseModel):
    """An earlier turn of the conversation."""

    model_config = ConfigDict(extra="ignore")

    question: str = Field(max_length=MAX_QUESTION)


class QuestionIn(BaseModel):
    """A question as it arrives."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(min_length=1, max_length=MAX_QUESTION)
    on: date | None = None
    language: Language | None = None
    history: list[TurnIn] = Field(default_factory=list, max_length=MAX_TURNS)

    @field_validator("history", mode="before")
    @classmethod
    def _turns(cls, value: object) -> object:
        """Accept turns as strings, as {question}, or as chat messages {role, content}."""
        return earlier_turns(value) if isinstance(value, list) else value


def earlier_turns(history: Sequence[object]) -> list[dict[str, object]]:
    """Bring a conversation's earlier turns into one shape; what an assistant said is left out."""
    turns: list[dict[str, object]] = []
    for turn in history:
        if isinstance(turn, str):
            turns.append({"question": turn})
        elif isinstance(turn, dict) and "role" in turn:
            if turn["role"] == "user":
                turns.append({"question": turn.get("content", "")})
        elif isinstance(turn, dict):
            turns.append({"question": turn.get("question", turn.get("q", ""))})
        else:
            turns.append({"question": turn})
    return turns


def problem_of(error: ValidationError) -> BadInput:
    """Say in a sentence what is wrong with a question as it arrived."""
    problem = error.errors()[0]
    field = str(problem["loc"][0]) if problem["loc"] else ""
    if field == "question" and problem["type"] == "string_too_long":
        return BadInput(
            f"问题太长，请缩短到{MAX_QUESTION}字以内。", f"The question is too long: at most {MAX_QUESTION} characters."
        )
    if field == "question":
        return BadInput("请输入问题。", "Please enter a question.")
    if field == "on":
        return BadInput("日期不正确，请写成 2026-04-01 这样的形式。", "The day is not valid: write it like 2026-04-01.")
    return BadInput(f"请求中的 {field} 不正确。", f"The field {field} is not valid: {problem['msg']}.")


def ask(assistant: Assistant, asked: QuestionIn, today: date) -> Answer:
    """Return the answer to a question asked today."""
    history = tuple(Turn(turn.question) for turn in asked.history)
    return assistant.answer(Question(asked.question, today, asked.on, history, asked.language))


# Kept out of the JSON: they only help a page to lay out what `text` says already.
_FOR_SHOWING = frozenset({"roles", "look_up", "label"})


def as_json(answer: Answer) -> dict[str, Any]:
    """Return an answer in the form every door sends (dates as YYYY-MM-DD)."""
    plain: dict[str, Any] = _plain(asdict(answer))
    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items() if key not in _FOR_SHOWING}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
