"""POST /api/v1/ask and its stream."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from sse_starlette import EventSourceResponse, ServerSentEvent

from api.usecases.ask import QuestionIn, as_json, ask
from assistant.answering import Assistant

router = APIRouter(prefix="/api/v1", tags=["ask"])


def assistant_of(request: Request) -> Assistant:
    """The assistant of this application."""
    assistant: Assistant = request.app.state.assistant
    return assistant


def today_of(request: Request) -> date:
    """The calendar day; tests set the clock."""
    day: date = request.app.state.clock()
    return day


AssistantDep = Annotated[Assistant, Depends(assistant_of)]
TodayDep = Annotated[date, Depends(today_of)]


@router.post("/ask")
def post_ask(asked: QuestionIn, assistant: AssistantDep, today: TodayDep) -> dict[str, Any]:
    """Answer a question with proof, for a day."""
    return as_json(ask(assistant, asked, today))


@router.post("/ask/stream", response_class=EventSourceResponse)
def post_ask_stream(asked: QuestionIn, assistant: AssistantDep, today: TodayDep) -> EventSourceResponse:
    """Answer as server-sent events: `statement` and `citation` as they stand, then `final` with the whole answer."""
    return EventSourceResponse(_events(asked, assistant, today))


def _events(asked: QuestionIn, assistant: Assistant, today: date) -> Iterator[ServerSentEvent]:
    answer = as_json(ask(assistant, asked, today))
    for citation in answer["citations"]:
        yield _event("citation", citation)
    for statement in answer["statements"]:
        yield _event("statement", statement)
    yield _event("final", answer)


def _event(name: str, data: Any) -> ServerSentEvent:
    return ServerSentEvent(json.dumps(data, ensure_ascii=False), event=name)
