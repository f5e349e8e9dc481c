"""What every page shows of the person who looks at it, and the token its forms carry."""

from __future__ import annotations

from functools import cache, partial
from typing import Any

from fastapi import Request
from markupsafe import Markup
from starlette.responses import Response

from api.auth.access import bound_to, is_https, visit_cookie, who_is
from api.auth.csrf import FIELD, new_csrf
from api.auth.identity import KIND_NAMES
from api.auth.keys import new_token
from api.services import Services
from api.usecases.enterprise_names import enterprise_names


def person_values(request: Request) -> dict[str, Any]:
    """Return what templates may ask about the person."""
    return {
        "who": who_is(request),
        "kind_name": KIND_NAMES.get,
        "enterprise": cache(partial(current_enterprise, request)),
        "csrf_field": lambda: csrf_field(request),
    }


def csrf_field(request: Request) -> Markup:
    """Return the hidden field that every form of ours carries."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, csrf_token(request))


def csrf_token(request: Request) -> str:
    """Return a token for this browser; a visitor gets the cookie it is bound to with the page."""
    services: Services = request.app.state.services
    bound = bound_to(request)
    if not bound:
        bound = request.state.visit = getattr(request.state, "visit", "") or new_token()
    return new_csrf(services.keys, bound)


def keep_visit(request: Request, response: Response) -> None:
    """Send the cookie that a visitor's form tokens are bound to, if one was just made."""
    visit = getattr(request.state, "visit", "")
    if visit:
        secure = is_https(request)
        response.set_cookie(visit_cookie(request), visit, path="/", httponly=True, samesite="lax", secure=secure)


def current_enterprise(request: Request) -> str:
    """Return the name of the enterprise a person acts for, or its credit code where the records are away."""
    who = who_is(request)
    if not who.uscc or not who.complete:
        return ""
    services: Services = request.app.state.services
    return enterprise_names(services.records, [who.uscc])[who.uscc]
