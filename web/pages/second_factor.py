"""The second step: give a code, or set the authenticator up."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

import segno
from fastapi import APIRouter, Form, Query, Request
from markupsafe import Markup
from starlette.responses import Response

from api.auth.access import SIGNED_IN, open_to
from api.auth.identity import NEED_SECOND_FACTOR
from api.auth.second_factor import enrolment_link
from api.auth.throttle import Rate
from api.deps import IdentityDep, WorkDep, counted_attempt
from api.usecases.own_account import (
    begin_enrolment,
    confirm_enrolment,
    enrolment_secret,
    remove_second_factor,
    renew_recovery_codes,
)
from api.usecases.sign_in import prove
from web.forms import give_session, local, see, tried
from web.views import page

router = APIRouter(prefix="/second-factor", include_in_schema=False)
HALF_WAY = open_to(*SIGNED_IN, half_way=True)
COUNTED = counted_attempt(Rate.SECOND_FACTOR, lambda who, _: who.account_id)
Next = Annotated[str, Form(alias="next")]


@router.get("", dependencies=[HALF_WAY])
def show(request: Request, who: IdentityDep, next_page: Annotated[str, Query(alias="next")] = "/") -> Response:
    """Ask for a code; without a second factor, go and set one up."""
    if who.complete:
        return see(local(next_page))
    if not who.has_second_factor:
        return see(f"/second-factor/enrol?next={quote(local(next_page))}")
    return page(request, "second_factor.html", {"next": local(next_page), "problem": None})


@router.post("", dependencies=[HALF_WAY, COUNTED])
def post(
    request: Request, work: WorkDep, code: Annotated[str, Form(max_length=40)] = "", next_page: Next = "/"
) -> Response:
    """Accept a code or a recovery code."""
    outcome = tried(lambda: prove(work, code), work.session)
    if outcome.result is None:
        values = {"next": local(next_page), "problem": outcome.problem}
        return page(request, "second_factor.html", values, status_code=outcome.status)
    response = see(local(next_page))
    give_session(request, response, outcome.result)
    return response


@router.get("/enrol", dependencies=[HALF_WAY])
def show_enrolment(request: Request, work: WorkDep, next_page: Annotated[str, Query(alias="next")] = "/") -> Response:
    """The secret as text, as a link and as a picture."""
    secret = enrolment_secret(work)
    if secret is None:
        return see("/account")
    return page(request, "enrol.html", _enrolment(secret, work.who.sign_in_name, local(next_page)))


@router.post("/enrol", dependencies=[HALF_WAY, COUNTED])
def post_enrolment(
    request: Request, work: WorkDep, code: Annotated[str, Form(max_length=40)] = "", next_page: Next = "/"
) -> Response:
    """Turn the second factor on with its first code, and show the recovery codes once."""
    outcome = tried(lambda: confirm_enrolment(work, code), work.session)
    if outcome.result is None:
        secret = enrolment_secret(work)
        if secret is None:
            return see("/account")
        values = _enrolment(secret, work.who.sign_in_name, local(next_page)) | {"problem": outcome.problem}
        return page(request, "enrol.html", values, status_code=outcome.status)
    token, codes = outcome.result
    response = page(request, "recovery_codes.html", {"codes": codes, "next": local(next_page)})
    give_session(request, response, token)
    return response


@router.post("/begin", dependencies=[open_to(*SIGNED_IN)])
def post_begin(work: WorkDep) -> Response:
    """Start setting the second factor up by choice."""
    begin_enrolment(work)
    return see("/second-factor/enrol?next=/account")


@router.post("/recovery-codes", dependencies=[open_to(*SIGNED_IN), COUNTED])
def post_recovery_codes(
    request: Request, work: WorkDep, password: Annotated[str, Form(max_length=1000)] = ""
) -> Response:
    """Make new recovery codes and show them once."""
    codes = renew_recovery_codes(work, password)
    return page(request, "recovery_codes.html", {"codes": codes, "next": "/account"})


@router.post("/remove", dependencies=[open_to(*SIGNED_IN - NEED_SECOND_FACTOR), COUNTED])
def post_remove(work: WorkDep, password: Annotated[str, Form(max_length=1000)] = "") -> Response:
    """Turn the second factor off where it is not required."""
    remove_second_factor(work, password)
    return see("/account?done=second_factor_removed")


def _enrolment(secret: str, name: str, next_page: str) -> dict[str, object]:
    link = enrolment_link(secret, name)
    picture = segno.make(link, error="m").svg_inline(scale=5, border=3, dark="#000", light="#fff", omitsize=True)
    groups = " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))
    return {"secret": groups, "link": link, "picture": Markup(picture), "next": next_page, "problem": None}  # noqa: S704 - segno's own drawing
