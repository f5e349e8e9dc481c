"""GET /api/v1/records/…: what the shared records say about one enterprise, with sources and rules."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter

from api.auth.access import About, open_to
from api.auth.identity import Kind
from api.deps import IdentityDep, ReaderDep, ScopeDep, ServicesDep, TodayDep
from api.errors import NotFound
from api.routes.problems import problems
from api.usecases.record_status import read_status
from api.usecases.status_out import StatusOut, status_out

REFUSALS = problems(HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE)
STAFF_TOO = (Kind.ENTERPRISE, Kind.COORDINATOR, Kind.OFFICER)

router = APIRouter(prefix="/api/v1/records", tags=["records"], responses=REFUSALS)


@router.get("/status", dependencies=[open_to(Kind.ENTERPRISE)])
def get_own_status(
    services: ServicesDep, who: IdentityDep, reader: ReaderDep, scope: ScopeDep, today: TodayDep
) -> StatusOut:
    """The record of the enterprise the person acts for."""
    if not who.uscc:
        raise NotFound("您还没有绑定企业。", "You are not bound to an enterprise yet.")
    return status_out(read_status(services, reader, scope, who, who.uscc, today))


@router.get("/{uscc}/status", dependencies=[open_to(*STAFF_TOO, about=About.ENTERPRISE)])
def get_status(
    services: ServicesDep, who: IdentityDep, reader: ReaderDep, scope: ScopeDep, today: TodayDep, uscc: str
) -> StatusOut:
    """The record of an enterprise in reach; coordinators and officers give a reason first (403 `reason_needed`)."""
    return status_out(read_status(services, reader, scope, who, uscc, today))
