"""Who acts for the own enterprise: colleagues, invitations, deletion of everything held for it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.background import BackgroundTask
from starlette.responses import Response

from api.auth.access import About, open_to, own_origin
from api.auth.identity import Kind
from api.auth.throttle import Rate
from api.deps import ServicesDep, WorkDep, counted_attempt
from api.errors import NotAllowed
from api.usecases.enterprise_users import (
    invite,
    list_colleagues,
    list_invitations,
    remove_colleague,
    withdraw_invitation,
)
from api.usecases.erase_enterprise import erase_enterprise
from api.usecases.own_account import check_own_password
from web.forms import see
from web.views import page

router = APIRouter(prefix="/colleagues", include_in_schema=False)
ENTERPRISE = open_to(Kind.ENTERPRISE)
COUNTED = counted_attempt(Rate.SECOND_FACTOR, lambda who, _: who.account_id)


@router.get("", dependencies=[ENTERPRISE])
def show(request: Request, work: WorkDep) -> Response:
    """Colleagues and open invitations."""
    return _shown(request, work)


@router.post("/invitations", dependencies=[ENTERPRISE])
def post_invite(request: Request, work: WorkDep) -> Response:
    """Make an invitation and show its link once."""
    return _shown(request, work, code=invite(work))


@router.post("/invitations/{invitation_id}/withdraw", dependencies=[open_to(Kind.ENTERPRISE, about=About.INVITATION)])
def post_withdraw(work: WorkDep, invitation_id: str) -> Response:
    """Take an invitation back."""
    withdraw_invitation(work, invitation_id)
    return see("/colleagues")


@router.post("/{account_id}/remove", dependencies=[open_to(Kind.ENTERPRISE, about=About.ACCOUNT)])
def post_remove(work: WorkDep, account_id: str) -> Response:
    """End that a colleague acts for the enterprise."""
    remove_colleague(work, account_id)
    return see("/colleagues")


@router.post("/erase", dependencies=[ENTERPRISE, COUNTED])
def post_erase(
    request: Request,
    work: WorkDep,
    services: ServicesDep,
    password: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Delete everything this software holds for the enterprise, the accounts of its people included."""
    if not work.who.may_invite:
        raise NotAllowed
    check_own_password(work, password)
    erase_enterprise(work, services, work.who.uscc)
    response = page(request, "erased.html", {})
    response.background = BackgroundTask(services.database.shrink)  # once the transaction is committed
    return response


def _shown(request: Request, work: WorkDep, code: str = "") -> Response:
    values = {
        "colleagues": list_colleagues(work),
        "invitations": list_invitations(work),
        "code": code,
        "link": f"{own_origin(request)}/join?code={code}" if code else "",
    }
    return page(request, "colleagues.html", values)
