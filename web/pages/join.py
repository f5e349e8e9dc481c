"""Come in with a code from Customs, from a colleague or from an administrator."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from api.auth.access import EVERYONE, open_to
from api.auth.codes import Purpose
from api.auth.identity import Kind
from api.auth.throttle import Rate
from api.deps import BrowserDep, ServicesDep, WorkDep, counted_attempt
from api.services import Services
from api.usecases.enterprise_names import enterprise_names
from api.usecases.join import CodeUse, Newcomer, join, join_as, look_at_code
from web.forms import see, tried
from web.pages.sign_in import signed_in
from web.views import page

router = APIRouter(prefix="/join", include_in_schema=False)
OPEN = open_to(*EVERYONE)
COUNTED = counted_attempt(Rate.CODE, lambda _, browser: browser.address)
Code = Annotated[str, Form(max_length=40)]


@router.get("", dependencies=[OPEN])
def show(request: Request, code: str = "") -> Response:
    """Ask for the code; a link brings it along."""
    return page(request, "join.html", {"code": code[:40], "problem": None})


@router.post("", dependencies=[OPEN, COUNTED])
def post(request: Request, services: ServicesDep, code: Code = "") -> Response:
    """Look at the code and ask for what it needs."""
    outcome = tried(lambda: look_at_code(services, code))
    if outcome.result is None:
        return page(request, "join.html", {"code": code, "problem": outcome.problem}, status_code=outcome.status)
    values = {"code": code, "problem": None, "name": "", "display_name": ""}
    return page(request, "join_details.html", values | _about(services, outcome.result))


@router.post("/details", dependencies=[OPEN, COUNTED])
def post_details(
    request: Request,
    services: ServicesDep,
    browser: BrowserDep,
    code: Code = "",
    name: Annotated[str, Form(max_length=200)] = "",
    display_name: Annotated[str, Form(max_length=200)] = "",
    password: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Use the code up: a new account and its first session."""
    about = _about(services, look_at_code(services, code))
    outcome = tried(lambda: join(services, code, Newcomer(name, display_name, password), browser))
    if outcome.result is None:
        values = {"code": code, "problem": outcome.problem, "name": name, "display_name": display_name}
        return page(request, "join_details.html", values | about, status_code=outcome.status)
    return signed_in(request, outcome.result, "/account?done=joined")


@router.post("/enterprise", dependencies=[open_to(Kind.ENTERPRISE), COUNTED])
def post_enterprise(work: WorkDep, code: Code = "") -> Response:
    """Bind one more enterprise to the person who is signed in."""
    join_as(work, code)
    return see("/account?done=joined")


def _about(services: Services, use: CodeUse) -> dict[str, object]:
    joins = enterprise_names(services.records, [use.uscc])[use.uscc] if use.uscc else ""
    return {
        "set_up": use.purpose is Purpose.SET_UP,
        "first": use.purpose is Purpose.BINDING,
        "joins": joins,
        "uscc": use.uscc,
    }
