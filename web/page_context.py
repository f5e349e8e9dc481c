"""The page that a question to the assistant comes from."""

from __future__ import annotations

from fastapi import Request

from api.usecases.page_context import PageContext, context_of_path, find_context
from selfassess.text import Text


def context_in(request: Request, about: str) -> PageContext | None:
    """Return what the id that came with a question stands for."""
    return find_context(about, request.app.state.provisions_by_id, request.app.state.documents)


def asked_from(request: Request, about: str = "") -> dict[str, str | Text] | None:
    """Return id and name of what the page shown is about, for its question field; None where it has none."""
    found = context_in(request, about or context_of_path(request.url.path))
    return {"id": found.id, "title": found.title} if found else None
