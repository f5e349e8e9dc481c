"""Turn a session's cookie into the person behind the request, once, before anything else looks."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from api.auth import sessions
from api.auth.access import session_cookie
from api.auth.identity import VISITOR, Identity
from api.services import Services

WITHOUT_PERSON = ("/static/", "/healthz", "/readyz", "/hooks/")


class WhoIsAsking:
    """Sets ``request.state.identity``; the request's own transaction begins after this one ended."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with the person known."""
        if scope["type"] == "http" and not scope["path"].startswith(WITHOUT_PERSON):
            request = Request(scope)
            token = request.cookies.get(session_cookie(request))
            services: Services = scope["app"].state.services
            request.state.identity = await run_in_threadpool(_read, services, token) if token else VISITOR
        await self.app(scope, receive, send)


def _read(services: Services, token: str) -> Identity:
    now = services.now()
    with services.database.reading() as session:
        found = sessions.find(session, services.keys, token, now)
    if found is None:
        return VISITOR
    identity, should_note = found
    if should_note:
        with services.database.writing() as session:
            sessions.note_seen(session, identity.sign_in_id, now)
    return identity
