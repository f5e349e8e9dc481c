"""What an answer looks like when it leaves: the same from the command line, the API and a stream's last event."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from assistant.models import Answer, Kind
from assistant.origin import By
from knowledge.text import Language

PRODUCER = "customs-credit-assistant"


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


class SentOut(_Out):
    """A passage as a model was given it."""

    n: int
    provision: str
    digest: str


class OriginOut(_Out):
    """How a language model drafted the answer; each sentence was checked."""

    by: By
    model: str
    prompt: str = Field(description="digest of what the model was told")
    passages: list[SentOut]
    aigc: dict[str, str] = Field(description="the implicit mark of generated content (GB 45438-2025)")


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
    origin: OriginOut | None = Field(
        default=None, exclude_if=lambda value: value is None, description="only where a model drafted the answer"
    )
    latency_ms: float
    trace_id: str


def answer_out(answer: Answer) -> AnswerOut:
    """Return an answer in the form every door sends."""
    shown = {name: getattr(answer, name) for name in AnswerOut.model_fields if name != "origin"}
    return AnswerOut.model_validate({**shown, "origin": _origin_out(answer)})


def _origin_out(answer: Answer) -> OriginOut | None:
    mark = aigc_mark(answer)
    if mark is None:
        return None
    sent = [SentOut.model_validate(each) for each in answer.origin.passages]
    origin = answer.origin
    return OriginOut(by=origin.by, model=origin.model, prompt=origin.prompt, passages=sent, aigc=mark)


def aigc_mark(answer: Answer) -> dict[str, str] | None:
    """Return the implicit mark of an answer that a model drafted (GB 45438-2025, docs/model.md), else None."""
    if answer.origin.by != "model":
        return None
    return {
        "Label": "1",
        "ContentProducer": PRODUCER,
        "ProduceID": answer.trace_id,
        "ReservedCode1": "",
        "ContentPropagator": PRODUCER,
        "PropagateID": answer.trace_id,
        "ReservedCode2": "",
    }


def as_json(answer: Answer) -> dict[str, Any]:
    """Return an answer as plain JSON values; days as YYYY-MM-DD."""
    return answer_out(answer).model_dump(mode="json")
