"""The enterprises a coordinator or officer looks after: find one, or leaf through them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from api.auth.access import open_to
from api.auth.identity import Kind
from api.auth.throttle import Rate
from api.deps import ReaderDep, ScopeDep, TodayDep, counted_use
from api.records.gateway.search import list_in_reach, search_enterprises
from web.record_words import record_words
from web.views import page

LONGEST = 100
router = APIRouter(prefix="/enterprises", include_in_schema=False)


@router.get("", dependencies=[open_to(Kind.COORDINATOR, Kind.OFFICER), counted_use(Rate.SEARCH, only_with="q")])
def show(
    request: Request,
    reader: ReaderDep,
    scope: ScopeDep,
    today: TodayDep,
    q: Annotated[str, Query()] = "",
    after: Annotated[str, Query()] = "",
) -> HTMLResponse:
    """Enterprises in reach whose name, credit code or customs code was typed, or a page of all of them."""
    typed, begin = q.strip()[:LONGEST], after[:LONGEST]
    found = (
        search_enterprises(reader, scope, typed, today) if typed else list_in_reach(reader, scope, today, after=begin)
    )
    values = {"found": found, "q": typed, "after": begin}
    return page(request, "enterprises.html", {**record_words(request), **values})
