"""What every response carries and what no request may exceed."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY = 256 * 1024
MAX_DOCUMENT = 4 * 1024 * 1024  # an exported self-assessment with every note as long as it can be
MAX_UPLOAD = 21 * 1024 * 1024  # a file of evidence and the form around it
# No inline script or style, nothing from elsewhere.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class SecurityHeaders:
    """Adds the security headers to every response."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with headers added to the answer."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if not scope["path"].startswith("/static/"):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


class SizeLimit:
    """Refuses request bodies above what the address takes (`most_of`), whatever length they announce.

    FastAPI's own `max_body_size` answers in plain text; raised as an HTTP error while the body is read, the
    refusal looks like every other error.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; reading too large a body raises `HTTPException`."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        received, most = 0, most_of(scope["path"])
        announced = Headers(scope=scope).get("content-length", "")

        async def counted() -> Message:
            nonlocal received
            if announced.isdecimal() and int(announced) > most:
                raise HTTPException(413)
            message = await receive()
            received += len(message.get("body", b""))
            if received > most:
                raise HTTPException(413)
            return message

        await self.app(scope, counted, send)


def most_of(path: str) -> int:
    """Return how many bytes a request to this address may have: more where files or exports are sent."""
    parts = path.removeprefix("/api/v1").strip("/").split("/")
    if parts[:2] == ["admin", "documents"]:
        return MAX_UPLOAD if parts[2:] in ([], ["import"]) else MAX_DOCUMENT
    if parts[0] not in ("assessments", "evidence"):
        return MAX_BODY
    if "evidence" in parts or "statement" in parts:
        return MAX_UPLOAD
    return MAX_DOCUMENT if {"import", "answers"} & set(parts) else MAX_BODY
