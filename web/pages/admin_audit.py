"""The audit log for administrators: search, check of the chain, and a table to take away."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.responses import Response, StreamingResponse

from api.auth.access import open_to
from api.auth.audit import Verdict
from api.auth.identity import Kind
from api.deps import IdentityDep, ServicesDep
from api.usecases.audit_search import Filter, export_audit, list_actions, search_audit, verify_chain
from web.act_names import ACT_NAMES, ACTORS, named_detail
from web.views import page

router = APIRouter(prefix="/admin/audit", include_in_schema=False, dependencies=[open_to(Kind.ADMINISTRATOR)])
Text = Annotated[str, Query(max_length=80)]
EARLIEST, LATEST = date(2000, 1, 1), date(2999, 12, 31)


@router.get("")
def show(
    request: Request,
    services: ServicesDep,
    who: IdentityDep,
    since: Text = "",
    until: Text = "",
    actor: Text = "",
    action: Text = "",
    subject: Text = "",
    before: Annotated[int, Query(ge=0, le=2**31)] = 0,
) -> Response:
    """A page of the log."""
    return _shown(request, services, who, _filter(since, until, actor, action, subject), before)


@router.get("/export.csv")
def show_csv(
    services: ServicesDep,
    who: IdentityDep,
    since: Text = "",
    until: Text = "",
    actor: Text = "",
    action: Text = "",
    subject: Text = "",
) -> Response:
    """The matching rows as a table."""
    lines = export_audit(services, who, _filter(since, until, actor, action, subject))
    headers = {"Content-Disposition": 'attachment; filename="audit.csv"'}
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=headers)


@router.post("/verify")
def post_verify(request: Request, services: ServicesDep, who: IdentityDep) -> Response:
    """Follow the whole chain."""
    verdict = verify_chain(services, who)
    return _shown(request, services, who, Filter(), 0, verdict)


def _shown(
    request: Request,
    services: ServicesDep,
    who: IdentityDep,
    wanted: Filter,
    before: int,
    verdict: Verdict | None = None,
) -> Response:
    found = search_audit(services, who, wanted, before)
    asked = {name: str(value) for name, value in vars(wanted).items() if value}
    values = {
        "found": found,
        "wanted": wanted,
        "actions": list_actions(services),
        "act_names": ACT_NAMES,
        "actors": ACTORS,
        "named_detail": named_detail,
        "older": urlencode({**asked, "before": found.before}) if found.before else "",
        "query": urlencode(asked),
        "verdict": verdict,
        "broken": [row.entry.number for row in found.rows if not row.fits],
    }
    return page(request, "admin/audit.html", values)


def _filter(since: str, until: str, actor: str, action: str, subject: str) -> Filter:
    actor, action, subject = (text.replace("\0", "").strip() for text in (actor, action, subject))
    return Filter(_day(since), _day(until), actor, action, subject)


def _day(written: str) -> date | None:
    """A day that is none is not looked for."""
    try:
        day = date.fromisoformat(written.strip())
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None
