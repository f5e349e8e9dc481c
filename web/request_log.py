"""A line in the log per request: what was asked for and how it went, never with whose data."""

from __future__ import annotations

import time

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.auth.identity import Identity

UNLOGGED = ("/static/", "/healthz", "/readyz")
log = structlog.get_logger("request")


class RequestLog:
    """Writes method, route, status, time and the account's id. The path itself may hold codes and is left out."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and note how it ended."""
        if scope["type"] != "http" or scope["path"].startswith(UNLOGGED):
            await self.app(scope, receive, send)
            return
        started, status = time.perf_counter(), 500

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noted)
        finally:
            who = scope.get("state", {}).get("identity")
            log.info(
                "request",
                method=scope["method"],
                route=getattr(scope.get("route"), "path", "none"),
                status=status,
                milliseconds=round((time.perf_counter() - started) * 1000, 1),
                account=who.account_id if isinstance(who, Identity) else "",
            )
