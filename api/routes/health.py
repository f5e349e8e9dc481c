"""GET /healthz (the process lives) and /readyz (it can answer)."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter, Request

from api.auth.access import EVERYONE, open_to
from api.errors import NotReady
from api.routes.problems import problems

router = APIRouter(tags=["health"], dependencies=[open_to(*EVERYONE)])


@router.get("/healthz")
def healthz() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@router.get("/readyz", responses=problems(HTTPStatus.SERVICE_UNAVAILABLE))
def readyz(request: Request) -> dict[str, str]:
    """The index is open and questions can be answered."""
    if request.app.state.library is None:
        raise NotReady("还没有准备好回答问题，请稍后。", "Not ready to answer questions yet.")
    return {"status": "ready"}
