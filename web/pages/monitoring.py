"""What coordinators and officers watch: changes, shared persons and telephones, counts."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from api.auth.access import open_to
from api.auth.identity import Kind
from api.auth.throttle import Rate
from api.deps import IdentityDep, ReaderDep, ScopeDep, ServicesDep, TodayDep, counted_use
from api.errors import BadInput
from api.records import rules
from api.records.gateway.cluster import KINDS
from api.usecases.watching import PERIODS, read_counts, read_sharing, read_watch, tables_for
from web.counts import counts_chart, table_of
from web.record_words import record_words
from web.views import language_of, page

router = APIRouter(
    prefix="/monitoring",
    include_in_schema=False,
    dependencies=[open_to(Kind.COORDINATOR, Kind.OFFICER), counted_use(Rate.SEARCH)],
)


@router.get("")
def show(
    request: Request,
    services: ServicesDep,
    who: IdentityDep,
    reader: ReaderDep,
    scope: ScopeDep,
    today: TodayDep,
    days: Annotated[int, Query()] = PERIODS[1],
) -> HTMLResponse:
    """What changed lately, and which reviews are due."""
    watch = read_watch(services, reader, scope, who, days, today)
    values = {"watch": watch, "days": days, "periods": PERIODS, "rules": rules.RULES}
    return page(request, "monitoring.html", {**record_words(request), **values})


@router.get("/shared")
def show_shared(
    request: Request,
    services: ServicesDep,
    who: IdentityDep,
    reader: ReaderDep,
    scope: ScopeDep,
    today: TodayDep,
    kind: Annotated[str, Query()] = "",
    after: Annotated[str, Query()] = "",
) -> HTMLResponse:
    """Enterprises that share a legal representative, investor, telephone or address with others."""
    if kind and kind not in KINDS:
        raise BadInput("没有这种关联。", "There is no such kind of connection.")
    found = read_sharing(services, reader, scope, who, kind, after, today)
    values = {"found": found, "kind": kind, "kinds": KINDS, "after": after, "rules": rules.RULES}
    return page(request, "monitoring/shared.html", {**record_words(request), **values})


@router.get("/statistics")
def show_statistics(
    request: Request,
    who: IdentityDep,
    reader: ReaderDep,
    scope: ScopeDep,
    today: TodayDep,
    by: Annotated[str, Query()] = "level",
) -> HTMLResponse:
    """How many enterprises there are, by district or office, level and type."""
    counts, language = read_counts(reader, scope, who, by, today), language_of(request)
    values = {
        "by": by,
        "tables": tables_for(who, scope),
        "counts": counts,
        "table": table_of(counts, language) if counts else None,
        "chart": counts_chart(counts, language) if counts else "",
        "in_full": scope.is_officer,
    }
    return page(request, "monitoring/statistics.html", {**record_words(request), **values})
