"""The compliance calendar: months, print, and a file for calendar programs."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.auth.access import EVERYONE, open_to, own_origin
from api.auth.identity import Kind
from api.auth.throttle import Rate
from api.deps import ServicesDep, SessionDep, TodayDep, counted_attempt, edition_of
from api.exports.agenda_file import write_agenda
from api.routes.assessment_desk import DeskDep
from api.usecases.assess import Desk
from api.usecases.calendar.agenda import read_agenda
from api.usecases.calendar.feed import end_feed, find_feed, make_feed, open_feed
from knowledge.text import Language
from web.agenda_lines import NAME, agenda_lines
from web.assess.downloads import ICS, download
from web.forms import see
from web.record_words import record_words
from web.views import LANGUAGES, language_of, page, translator

router = APIRouter(prefix="/calendar", include_in_schema=False)
ENTERPRISE = open_to(Kind.ENTERPRISE)
COUNTED = counted_attempt(Rate.CODE, lambda who, _: who.account_id)


@router.get("", dependencies=[ENTERPRISE])
def show(request: Request, desk: DeskDep) -> Response:
    """The months ahead, what is late, and what has no day."""
    return _shown(request, desk)


@router.get("/calendar.ics", dependencies=[ENTERPRISE])
def show_file(request: Request, desk: DeskDep) -> Response:
    """The same as a file."""
    return download(_file(request, desk, language_of(request)), ICS, "合规日历.ics", "calendar.ics")


@router.post("/feed", dependencies=[ENTERPRISE, COUNTED])
def post_feed(request: Request, desk: DeskDep) -> Response:
    """Make a private address for calendar programs and show it once; an earlier one ends."""
    token = make_feed(desk.work, language_of(request))
    return _shown(request, desk, address=f"{own_origin(request)}/calendar/feed/{token}.ics")


@router.post("/feed/end", dependencies=[ENTERPRISE])
def post_end(desk: DeskDep) -> Response:
    """Take the address back."""
    end_feed(desk.work)
    return see("/calendar#subscription")


@router.get("/feed/{token}.ics", dependencies=[open_to(*EVERYONE)])
def show_feed(request: Request, services: ServicesDep, session: SessionDep, today: TodayDep, token: str) -> Response:
    """The calendar behind a private address, for programs that cannot sign in."""
    opened = open_feed(services, session, token, today)
    language = next((one for one in LANGUAGES if one == opened.language), LANGUAGES[0])
    return Response(_file(request, opened.desk, language), media_type=ICS)


def _file(request: Request, desk: Desk, language: Language) -> bytes:
    lines = agenda_lines(read_agenda(desk), edition_of(request).by_id, language, own_origin(request))
    return write_agenda(lines, translator(language)(NAME), desk.work.now)


def _shown(request: Request, desk: Desk, address: str = "") -> Response:
    if not desk.work.who.uscc:
        return page(request, "status/unbound.html", {})
    values = {"agenda": read_agenda(desk), "feed": find_feed(desk.work), "address": address}
    return page(request, "calendar.html", {**record_words(request), **values})
