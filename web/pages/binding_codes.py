"""The officer's codes, with which an enterprise's first user comes in."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from api.auth.access import About, open_to, own_origin
from api.auth.identity import Kind
from api.auth.throttle import Rate
from api.deps import ReaderDep, ScopeDep, ServicesDep, WorkDep, counted_use
from api.records.gateway.rating import Enterprise
from api.usecases.enterprise_names import enterprise_names
from api.usecases.enterprise_users import issue_binding_code, list_binding_codes, withdraw_binding_code
from web.forms import see, tried
from web.views import page

router = APIRouter(prefix="/officer/binding-codes", include_in_schema=False)


@router.get("", dependencies=[open_to(Kind.OFFICER)])
def show(request: Request, work: WorkDep, services: ServicesDep) -> Response:
    """The form and the codes that can still be used."""
    return _shown(request, work, services)


@router.post("", dependencies=[open_to(Kind.OFFICER, about=About.ENTERPRISE), counted_use(Rate.SEARCH)])
def post(
    request: Request,
    work: WorkDep,
    services: ServicesDep,
    reader: ReaderDep,
    scope: ScopeDep,
    uscc: Annotated[str, Form(max_length=40)] = "",
) -> Response:
    """Issue a code and show it once."""
    outcome = tried(lambda: issue_binding_code(work, reader, scope, uscc), work.session)
    if outcome.result is None:
        return _shown(request, work, services, uscc=uscc, problem=outcome.problem, status=outcome.status)
    return _shown(request, work, services, issued=outcome.result)


@router.post("/{code_id}/withdraw", dependencies=[open_to(Kind.OFFICER, about=About.BINDING_CODE)])
def post_withdraw(work: WorkDep, code_id: str) -> Response:
    """Take a code back."""
    withdraw_binding_code(work, code_id)
    return see("/officer/binding-codes")


def _shown(
    request: Request,
    work: WorkDep,
    services: ServicesDep,
    *,
    uscc: str = "",
    issued: tuple[str, Enterprise] | None = None,
    problem: object = None,
    status: int = 200,
) -> Response:
    codes = list_binding_codes(work)
    values = {
        "codes": codes,
        "names": enterprise_names(services.records, [code.uscc or "" for code in codes]),
        "uscc": uscc,
        "code": issued[0] if issued else "",
        "issued_for": issued[1] if issued else None,
        "link": f"{own_origin(request)}/join?code={issued[0]}" if issued else "",
        "problem": problem,
    }
    return page(request, "binding_codes.html", values, status_code=status)
