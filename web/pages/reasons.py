"""Why a record is read: asked of coordinators and officers once per enterprise and session."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import Response

from api.auth.access import About, open_to
from api.auth.identity import Kind
from api.deps import IdentityDep, ReaderDep, ScopeDep, WorkDep
from api.records.gateway.rating import Enterprise
from api.usecases.record_reading import REASON_NAMES, enterprise_in_reach, give_reason
from web.forms import local, see, tried
from web.views import page

router = APIRouter(
    prefix="/reasons",
    include_in_schema=False,
    dependencies=[open_to(Kind.COORDINATOR, Kind.OFFICER, about=About.ENTERPRISE)],
)


@router.get("/{uscc}")
def show(
    request: Request,
    who: IdentityDep,
    reader: ReaderDep,
    scope: ScopeDep,
    uscc: str,
    next_page: Annotated[str, Query(alias="next")] = "/",
) -> Response:
    """Ask for the reason."""
    return _shown(request, enterprise_in_reach(reader, scope, who, uscc), local(next_page))


@router.post("/{uscc}")
def post(
    request: Request,
    work: WorkDep,
    reader: ReaderDep,
    scope: ScopeDep,
    uscc: str,
    reason: Annotated[str, Form(max_length=20)] = "",
    note: Annotated[str, Form(max_length=2000)] = "",
    next_page: Annotated[str, Form(alias="next")] = "/",
) -> Response:
    """Store the reason and go on to the record."""
    outcome = tried(lambda: give_reason(work, reader, scope, uscc, reason, note), work.session)
    if outcome.problem is None:
        return see(local(next_page))
    enterprise = enterprise_in_reach(reader, scope, work.who, uscc)
    problem, status = outcome.problem, outcome.status
    return _shown(request, enterprise, local(next_page), reason=reason, note=note, problem=problem, status=status)


def _shown(
    request: Request,
    enterprise: Enterprise,
    next_page: str,
    *,
    reason: str = "",
    note: str = "",
    problem: object = None,
    status: int = 200,
) -> Response:
    values = {
        "subject": enterprise,
        "reasons": REASON_NAMES,
        "reason": reason,
        "note": note,
        "next": next_page,
        "problem": problem,
    }
    return page(request, "reason.html", values, status_code=status)
