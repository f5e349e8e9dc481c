"""GET and POST /hooks/{channel}/{account}: the callbacks of WeChat, WeCom and webhooks.

Whatever is wrong with the envelope is answered in the same way, so that nobody learns what. What is answered is
no JSON of ours but what the platform expects.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api.auth.access import EVERYONE, open_to
from api.bridge.adapters.base import Callback, parameters
from api.bridge.errors import BadEnvelope, BadMessage
from api.bridge.writing import WriteFailed
from api.bridge.xmlio import LARGEST

if TYPE_CHECKING:  # without channels nothing of them is loaded
    from api.bridge.bridge import Bridge

router = APIRouter(prefix="/hooks", include_in_schema=False, dependencies=[open_to(*EVERYONE, signed=True)])
log = structlog.get_logger("bridge")
TEXT = "text/plain; charset=utf-8"


@router.get("/{channel}/{account}")
async def verify(request: Request, channel: str, account: str) -> Response:
    """Prove to the platform that the address is ours."""
    try:
        echo = _bridge(request).verify(channel, account, Callback(parameters(request.scope["query_string"])))
    except BadEnvelope:
        return _refused(channel, account, 403)
    return Response(echo, media_type=TEXT)


@router.post("/{channel}/{account}")
async def receive(request: Request, channel: str, account: str) -> Response:
    """Take a message and answer it in time."""
    body = await _read(request)
    if body is None:
        return _refused(channel, account, 413)
    callback = Callback(parameters(request.scope["query_string"]), body, request.headers)
    try:
        answer = await _bridge(request).receive(channel, account, callback, request.is_disconnected)
    except BadEnvelope:
        return _refused(channel, account, 403)
    except BadMessage:
        return _refused(channel, account, 400)
    except WriteFailed:
        return _refused(channel, account, 503)
    if answer is None:
        return Response(status_code=499)
    return Response(answer.content, media_type=answer.media_type)


class CallbackDoor:
    """Leads callbacks straight to `receive`: at hundreds a second, finding the route takes longer than the message.

    Only what the route would do is done; everything else, and every other address, goes the usual way.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive_: Receive, send: Send) -> None:
        """Answer a callback, or pass the request on."""
        place = scope["path"].split("/") if scope["type"] == "http" and scope["method"] == "POST" else []
        if len(place) != len(PLACE) or place[1] != PLACE[1] or not (place[2] and place[3]):
            await self.app(scope, receive_, send)
            return
        scope["route"] = ROUTE
        answer = await receive(Request(scope, receive_), place[2], place[3])
        await answer(scope, receive_, send)


async def _read(request: Request) -> bytes | None:
    """The body, unless it is longer than any message."""
    read = b""
    try:
        async for piece in request.stream():
            read += piece
            if len(read) > LARGEST:
                return None
    except HTTPException:  # more than any address takes
        return None
    return read


def _bridge(request: Request) -> Bridge:
    bridge: Bridge | None = request.app.state.bridge
    if bridge is None:
        raise BadEnvelope("no channel is connected")
    return bridge


def _refused(channel: str, account: str, status: int) -> Response:
    log.info("callback_refused", channel=channel[:20], account=account[:40], status=status)
    return Response(status_code=status, media_type=TEXT)


PLACE = "/hooks/{channel}/{account}".split("/")
ROUTE = next(route for route in router.routes if "POST" in getattr(route, "methods", ()))
