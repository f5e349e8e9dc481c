"""The page that a question to the assistant comes from."""

from __future__ import annotations

from fastapi import Request

from api.auth.access import who_is
from api.auth.identity import Kind
from api.deps import edition_of, scope_for, services_of, today_of
from api.usecases.enterprise_standing import read_standing
from api.usecases.page_context import PENALTY, PageContext, context_of_path, find_context, find_penalty
from selfassess.text import Text


def context_in(request: Request, about: str) -> PageContext | None:
    """Return what the id that came with a question stands for; of penalties only the person's own are known."""
    if about.startswith(PENALTY):
        return _penalty(request, about)
    return find_context(about, edition_of(request).by_id, edition_of(request).documents)


def asked_from(request: Request, about: str = "") -> dict[str, str | Text] | None:
    """Return id and name of what the page shown is about, for its question field; None where it has none."""
    found = context_in(request, about or context_of_path(request.url.path))
    return {"id": found.id, "title": found.title} if found else None


def _penalty(request: Request, about: str) -> PageContext | None:
    who = who_is(request)
    if who.kind is not Kind.ENTERPRISE or not who.complete or not who.uscc:
        return None
    records, today = services_of(request).records, today_of(request)
    standing = read_standing(records, scope_for(request), who.uscc, today)
    return find_penalty(about, standing.penalties or ())
