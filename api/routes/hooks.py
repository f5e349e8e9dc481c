"""GET and POST /hooks/{channel}/{account}: the callbacks of WeChat, WeCom and webhooks.

Whatever is wrong with the envelope is answered in the same way, so that nobody learns what. What is answered is
no JSON of ours but what the platform expects.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from fastapi import APIRouter, Request
from starlette.responses import Response

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
    body = await request.body()
    if len(body) > LARGEST:
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


def _bridge(request: Request) -> Bridge:
    bridge: Bridge | None = request.app.state.bridge
    if bridge is None:
        raise BadEnvelope("no channel is connected")
    return bridge


def _refused(channel: str, account: str, status: int) -> Response:
    log.info("callback_refused", channel=channel[:20], account=account[:40], status=status)
    return Response(status_code=status, media_type=TEXT)
