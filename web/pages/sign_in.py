"""Sign in with a password, and sign out."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import Response

from api.auth.access import EVERYONE, SIGNED_IN, open_to
from api.deps import BrowserDep, IdentityDep, ServicesDep, WorkDep
from api.usecases.sign_in import SignedIn, sign_in, sign_out
from web.forms import give_session, local, see, take_session, tried
from web.places import first_page
from web.views import page

router = APIRouter(include_in_schema=False)


@router.get("/sign-in", dependencies=[open_to(*EVERYONE)])
def show(
    request: Request,
    services: ServicesDep,
    next_page: Annotated[str, Query(alias="next")] = "/",
    name: str = "",
) -> Response:
    """The form."""
    values = {"next": local(next_page), "name": name, "provider": services.oidc, "problem": None}
    return page(request, "sign_in.html", values)


@router.post("/sign-in", dependencies=[open_to(*EVERYONE)])
def post(
    request: Request,
    services: ServicesDep,
    who: IdentityDep,
    browser: BrowserDep,
    name: Annotated[str, Form(max_length=200)] = "",
    password: Annotated[str, Form(max_length=1000)] = "",
    next_page: Annotated[str, Form(alias="next")] = "/",
) -> Response:
    """Begin a session, or say that the pair is not right."""
    outcome = tried(lambda: sign_in(services, name, password, browser, who))
    if outcome.result is None:
        values = {"next": local(next_page), "name": name, "provider": services.oidc, "problem": outcome.problem}
        return page(request, "sign_in.html", values, status_code=outcome.status)
    return signed_in(request, outcome.result, local(next_page))


@router.post("/sign-out", dependencies=[open_to(*SIGNED_IN, half_way=True)])
def post_sign_out(request: Request, work: WorkDep) -> Response:
    """End the session."""
    sign_out(work)
    response = see("/")
    take_session(request, response)
    return response


def signed_in(request: Request, begun: SignedIn, next_page: str) -> Response:
    """Answer a sign-in: the cookie, and the page to go on to."""
    if next_page == "/":
        next_page = first_page(begun.who.kind)
    response = see(next_page if begun.who.complete else f"/second-factor?next={quote(next_page)}")
    give_session(request, response, begun.token)
    return response
