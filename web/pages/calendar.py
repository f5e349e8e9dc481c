"""The compliance calendar: months, print, and a file for calendar programs."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.auth.access import open_to, own_origin
from api.auth.identity import Kind
from api.exports.agenda_file import write_agenda
from api.routes.assessment_desk import DeskDep
from api.usecases.assess import Desk
from api.usecases.calendar.agenda import read_agenda
from web.agenda_lines import NAME, agenda_lines
from web.assess.downloads import ICS, download
from web.record_words import record_words
from web.views import language_of, page, translator

router = APIRouter(prefix="/calendar", include_in_schema=False)
ENTERPRISE = open_to(Kind.ENTERPRISE)


@router.get("", dependencies=[ENTERPRISE])
def show(request: Request, desk: DeskDep) -> Response:
    """The months ahead, what is late, and what has no day."""
    return _shown(request, desk)


@router.get("/calendar.ics", dependencies=[ENTERPRISE])
def show_file(request: Request, desk: DeskDep) -> Response:
    """The same as a file."""
    return download(_file(request, desk), ICS, "合规日历.ics", "calendar.ics")


def _file(request: Request, desk: Desk) -> bytes:
    language = language_of(request)
    lines = agenda_lines(read_agenda(desk), request.app.state.provisions_by_id, language, own_origin(request))
    return write_agenda(lines, translator(language)(NAME), desk.work.now)


def _shown(request: Request, desk: Desk) -> Response:
    if not desk.work.who.uscc:
        return page(request, "status/unbound.html", {})
    values = {"agenda": read_agenda(desk)}
    return page(request, "calendar.html", {**record_words(request), **values})
