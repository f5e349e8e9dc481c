"""What an answer looks like when it leaves: the same from the command line, the API and a stream's last event."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from assistant.models import Answer, Kind
from knowledge.text import Language


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True, frozen=True)


class StatementOut(_Out):
    """A sentence or two with the numbers of the citations that prove it."""

    text: str
    citations: list[int]


class CitationOut(_Out):
    """One source: the exact provision, its period and how surely it is known."""

    n: int
    document_id: str
    number: str
    title: str
    anchor: str = Field(description="article or item, for example 第四条 or 13")
    effective_from: date | None = Field(description="null when it is not known")
    effective_to: date | None = Field(description="the last day in force; null while there is none")
    in_force: bool
    confidence: str
    excerpt: str
    url: str


class CaveatOut(_Out):
    """Something the reader must know about the answer's standing."""

    code: str
    text: str


class AnswerOut(_Out):
    """What is said, for which day, and why it may be said."""

    kind: Kind
    on: date
    question_language: Language
    text: str = Field(description="the answer, with [1] marks")
    statements: list[StatementOut]
    citations: list[CitationOut]
    caveats: list[CaveatOut]
    missing: str = Field(description="what could not be answered, and whom to ask")
    suggestions: list[str] = Field(description="follow-up questions")
    latency_ms: float
    trace_id: str


def answer_out(answer: Answer) -> AnswerOut:
    """Return an answer in the form every door sends."""
    return AnswerOut.model_validate(answer)


def as_json(answer: Answer) -> dict[str, Any]:
    """Return an answer as plain JSON values; days as YYYY-MM-DD."""
    return answer_out(answer).model_dump(mode="json")
