"""POST /api/v1/ask and its stream."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from sse_starlette import EventSourceResponse, ServerSentEvent

from api.routes.problems import problems
from api.usecases.answer import AnswerOut, answer_out, as_json
from api.usecases.ask import ask
from api.usecases.question import QuestionIn
from assistant.answering import Assistant

REFUSALS = problems(HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNPROCESSABLE_ENTITY)

router = APIRouter(prefix="/api/v1", tags=["ask"], responses=REFUSALS)


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
def post_ask(asked: QuestionIn, assistant: AssistantDep, today: TodayDep) -> AnswerOut:
    """Answer a question with proof, for a day."""
    return answer_out(ask(assistant, asked, today))


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
