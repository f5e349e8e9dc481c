"""Published information: search, directories, and what is published about one enterprise. No login."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from api.auth.access import EVERYONE, open_to
from api.auth.throttle import Rate
from api.deps import ReaderDep, TodayDep, counted_use
from api.records import rules
from api.usecases.published import directories, read_directory, read_published, search
from web.record_words import record_words
from web.views import page

OPEN = open_to(*EVERYONE)
router = APIRouter(prefix="/published", include_in_schema=False)


@router.get("", dependencies=[OPEN, counted_use(Rate.SEARCH, only_with="q")])
def show(
    request: Request,
    reader: ReaderDep,
    today: TodayDep,
    q: Annotated[str, Query()] = "",
    directory: Annotated[str, Query()] = "",
) -> HTMLResponse:
    """The search form and the directories, or what was found."""
    found = search(reader, q, directory, today) if q.strip() else None
    values = {"q": q.strip(), "directory": directory, "directories": directories(), "found": found}
    return page(request, "published.html", {**record_words(request), **values, "rules": rules.RULES})


@router.get("/directories/{directory}", dependencies=[OPEN, counted_use(Rate.SEARCH)])
def show_directory(
    request: Request, reader: ReaderDep, today: TodayDep, directory: str, after: Annotated[str, Query()] = ""
) -> HTMLResponse:
    """A page of a directory."""
    listed = read_directory(reader, directory, today, after)
    values = {"directory": directory, "listed": listed, "after": after}
    return page(request, "published/directory.html", {**record_words(request), **values, "rules": rules.RULES})


@router.get("/{uscc}", dependencies=[OPEN, counted_use(Rate.SEARCH)])
def show_enterprise(request: Request, reader: ReaderDep, today: TodayDep, uscc: str) -> HTMLResponse:
    """What is published about one enterprise."""
    values = {"found": read_published(reader, uscc, today), "day_shown": today}
    return page(request, "published/enterprise.html", {**record_words(request), **values, "rules": rules.RULES})
