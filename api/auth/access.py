"""Who may use which address. Every route declares it; an application with an undeclared route does not start.

    @router.post("/officer/codes", dependencies=[open_to(Kind.OFFICER, about=About.ENTERPRISE)])

The declaration is also what the access matrix in the tests is made from.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from fastapi import Depends, FastAPI, Request
from fastapi.routing import iter_route_contexts
from starlette.routing import Mount

from api.auth.csrf import FIELD, HEADER, is_csrf
from api.auth.identity import VISITOR, Identity, Kind
from api.errors import FormExpired, NotAllowed, NotSignedIn, SecondFactorNeeded
from api.services import Services

LOOPBACK = frozenset({"127.0.0.1", "::1"})
READING = frozenset({"GET", "HEAD", "OPTIONS"})
EVERYONE = frozenset({None, *Kind})
SIGNED_IN = frozenset(Kind)
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class About(StrEnum):
    """The kind of object an address is about, where one person's is another's secret."""

    ENTERPRISE = "enterprise"
    ACCOUNT = "account"
    SESSION = "session"
    INVITATION = "invitation"
    BINDING_CODE = "binding_code"
    ASSESSMENT = "assessment"
    ASSESSMENT_TASK = "assessment_task"
    SUBMISSION = "submission"
    EVIDENCE = "evidence"
    CHANNEL_BINDING = "channel_binding"
    CENTRE_SESSION = "centre_session"
    CENTRE_BOOKING = "centre_booking"
    MANAGED_SESSION = "managed_session"
    ANSWER = "answer"
    BOARD_QUESTION = "board_question"
    GUIDE_ENTRY = "guide_entry"
    CONVERSATION = "conversation"
    SAVED_REPLY = "saved_reply"
    OFFICIAL_TEXT = "official_text"
    TEXT_DRAFT = "text_draft"


class Unclassified(Exception):
    """A route does not say whom it is open to."""


@dataclass(frozen=True, slots=True)
class Access:
    """Whom a route is open to, None standing for visitors.

    ``half_way`` opens it to people whose second factor is outstanding. ``signed`` is for machines that
    sign their calls: no form of ours is behind them. ``loopback`` also opens it to whoever asks from this
    machine itself, not through a proxy.
    """

    to: frozenset[Kind | None]
    about: About | None = None
    half_way: bool = False
    signed: bool = False
    loopback: bool = False

    async def __call__(self, request: Request) -> AsyncIterator[None]:
        """Refuse the request if it is not for this person, or if a change was not asked for by a page of ours."""
        who = who_is(request)
        if not (self.loopback and is_from_here(request)):
            self.check(who)
        try:
            if request.method not in READING and not self.signed:
                check_origin(request)
                if who.signed_in or not request.url.path.startswith("/api/"):
                    await check_form(request)
            yield
        finally:
            await request.close()  # the files of a form that was read for its token

    def check(self, who: Identity) -> None:
        """Raise what a person is told whom the route is not open to."""
        if who.kind not in self.to:
            raise NotAllowed if who.signed_in else NotSignedIn
        if who.signed_in and not who.complete and not self.half_way and None not in self.to:
            raise SecondFactorNeeded


def open_to(
    *to: Kind | None,
    about: About | None = None,
    half_way: bool = False,
    signed: bool = False,
    loopback: bool = False,
) -> Any:
    """Declare whom a route is open to; put it among the route's dependencies."""
    return Depends(Access(frozenset(to), about, half_way, signed, loopback))


def is_from_here(request: Request) -> bool:
    """Whether a request comes from this machine itself and was not passed on by a proxy."""
    address = request.client.host if request.client else ""
    passed_on = {"forwarded", "x-forwarded-for", "x-real-ip"} & set(request.headers)
    return address in LOOPBACK and not passed_on


def who_is(request: Request) -> Identity:
    """Return the person that the session's cookie stands for."""
    found = getattr(request.state, "identity", VISITOR)
    return found if isinstance(found, Identity) else VISITOR


def own_origin(request: Request) -> str:
    """Return scheme and host under which people reach us."""
    services: Services = request.app.state.services
    parts = urlsplit(services.public_url or str(request.base_url))
    return f"{parts.scheme}://{parts.netloc}"


def is_https(request: Request) -> bool:
    """Whether people reach us over an encrypted connection."""
    return own_origin(request).startswith("https://")


def check_origin(request: Request) -> None:
    """Refuse a change that a page of another site asked for."""
    origin = request.headers.get("origin")
    if origin is not None and origin != own_origin(request):
        raise FormExpired
    if origin is None and request.headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
        raise FormExpired


async def check_form(request: Request) -> None:
    """Refuse a form or call without the token of one of our pages."""
    token: object = request.headers.get(HEADER)
    if token is None and request.headers.get("content-type", "").startswith(FORMS):
        token = (await request.form()).get(FIELD)
    services: Services = request.app.state.services
    if not isinstance(token, str) or not is_csrf(services.keys, bound_to(request), token):
        raise FormExpired


def bound_to(request: Request) -> str:
    """Return what this browser's form tokens are bound to: its session, or the cookie given to visitors."""
    who = who_is(request)
    return who.sign_in_id if who.signed_in else request.cookies.get(visit_cookie(request), "")


def session_cookie(request: Request) -> str:
    """Return the name of the session's cookie; over https the browser enforces host, path and secure."""
    return "__Host-session" if is_https(request) else "session"


def visit_cookie(request: Request) -> str:
    """Return the name of the cookie that a visitor's form tokens are bound to."""
    return "__Host-visit" if is_https(request) else "visit"


@dataclass(frozen=True, slots=True)
class Door:
    """One address with one method, and whom it is open to."""

    method: str
    path: str
    access: Access


OPEN_MOUNTS = {"/static": "the style sheet, scripts and pictures of the pages"}
OPEN_ROUTES = {"/openapi.json": "the description of the JSON interface"}


def list_doors(app: FastAPI) -> list[Door]:
    """Return every address of the application. Raises `Unclassified` for one that is not declared."""
    doors: list[Door] = []
    for route in iter_route_contexts(app.routes):
        path = str(getattr(route, "path", ""))
        if path in OPEN_ROUTES or (isinstance(getattr(route, "original_route", None), Mount) and path in OPEN_MOUNTS):
            continue
        declared = _declared(getattr(route, "dependencies", ()) or ())
        if len(declared) != 1:
            raise Unclassified(f"{path}: declare once whom this route is open to, with open_to(…) in its dependencies")
        methods: Iterable[str] = getattr(route, "methods", None) or ("GET",)
        doors.extend(Door(method, path, declared[0]) for method in sorted(methods) if method != "HEAD")
    return doors


def _declared(dependencies: Iterable[Any]) -> list[Access]:
    return [d.dependency for d in dependencies if isinstance(d.dependency, Access)]
