"""GET /metrics: counters for Prometheus, to administrators and to this machine itself."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter
from starlette.responses import PlainTextResponse

from api.auth.access import open_to
from api.auth.identity import Kind
from api.deps import AssistantDep, SessionDep
from api.routes.problems import problems
from api.usecases.exposition import CONTENT_TYPE, exposition

REFUSALS = problems(HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)

router = APIRouter(tags=["health"], responses=REFUSALS)


@router.get("/metrics", dependencies=[open_to(Kind.ADMINISTRATOR, loopback=True)], response_class=PlainTextResponse)
def metrics(session: SessionDep, assistant: AssistantDep) -> PlainTextResponse:
    """Answers, ratings, the board, and what the use of a language model came to, over all workers."""
    left_alone = assistant.writer.is_left_alone if assistant.writer else None
    return PlainTextResponse(exposition(session, left_alone), media_type=CONTENT_TYPE)
