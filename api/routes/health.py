"""GET /healthz (the process lives) and /readyz (it can answer)."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

router = APIRouter(tags=["health"])


@router.get("/healthz")
def healthz() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@router.get("/readyz")
def readyz(request: Request) -> JSONResponse:
    """The index is open and questions can be answered."""
    ready = request.app.state.assistant is not None
    return JSONResponse({"status": "ready" if ready else "starting"}, status_code=200 if ready else 503)
