"""Where an enterprise's people land: level, next deadline, what to do next, the assistant at hand."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from api.auth.access import open_to
from api.auth.identity import Kind
from api.records import rules
from api.routes.assessment_desk import DeskDep
from api.usecases.home import read_home
from web.record_words import record_words
from web.views import page

router = APIRouter(include_in_schema=False)


@router.get("/home", dependencies=[open_to(Kind.ENTERPRISE)])
def show(request: Request, desk: DeskDep) -> HTMLResponse:
    """The home of the enterprise the person acts for."""
    if not desk.work.who.uscc:
        return page(request, "status/unbound.html", {})
    values = {"home": read_home(desk), "rules": rules.RULES, "review_rules": rules.review_rules}
    return page(request, "home.html", {**record_words(request), **values})
