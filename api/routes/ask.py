"""POST /api/v1/ask and its stream."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter
from sse_starlette import EventSourceResponse, ServerSentEvent

from api.auth.access import EVERYONE, open_to
from api.auth.throttle import Rate
from api.deps import AssistantDep, IdentityDep, ScopeDep, ServicesDep, TodayDep, counted_use
from api.records.scope import Scope
from api.routes.problems import problems
from api.services import Services
from api.usecases.answer import AnswerOut, answer_out, as_json
from api.usecases.ask import ask
from api.usecases.channels.for_programs import passed_on
from api.usecases.given import Asked, keep_answer
from api.usecases.question import QuestionIn
from assistant.answering import Assistant
from assistant.models import Answer

REFUSALS = problems(
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.TOO_MANY_REQUESTS,
)
API = "api"
OPEN = [open_to(*EVERYONE), counted_use(Rate.ASK)]

router = APIRouter(prefix="/api/v1", tags=["ask"], responses=REFUSALS)


@router.post("/ask", dependencies=OPEN)
def post_ask(
    asked: QuestionIn,
    assistant: AssistantDep,
    today: TodayDep,
    scope: ScopeDep,
    services: ServicesDep,
    who: IdentityDep,
) -> AnswerOut:
    """Answer a question with proof, for a day; about the own record only to people bound to an enterprise."""
    return answer_out(_answered(services, assistant, Asked(asked, who, API, today), scope))


@router.post("/ask/stream", dependencies=OPEN, response_class=EventSourceResponse)
def post_ask_stream(
    asked: QuestionIn,
    assistant: AssistantDep,
    today: TodayDep,
    scope: ScopeDep,
    services: ServicesDep,
    who: IdentityDep,
) -> EventSourceResponse:
    """Answer as server-sent events: `statement` and `citation` as they stand, then `final` with the whole answer."""
    return EventSourceResponse(_events(_answered(services, assistant, Asked(asked, who, API, today), scope)))


def _answered(services: Services, assistant: Assistant, asked: Asked, scope: Scope) -> Answer:
    told = passed_on(services, assistant, asked.who, asked.question, asked.today)
    if told is not None:
        return told
    guides = services.shelf.live(services.database)
    answer = ask(assistant, asked.question, asked.today, scope, services.records, guides)
    keep_answer(services, assistant, asked, answer)
    return answer


def _events(given: Answer) -> Iterator[ServerSentEvent]:
    answer = as_json(given)
    for citation in answer["citations"]:
        yield _event("citation", citation)
    for statement in answer["statements"]:
        yield _event("statement", statement)
    yield _event("final", answer)


def _event(name: str, data: Any) -> ServerSentEvent:
    return ServerSentEvent(json.dumps(data, ensure_ascii=False), event=name)
