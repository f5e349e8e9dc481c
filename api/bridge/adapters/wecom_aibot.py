"""A WeCom AI bot (智能机器人): messages and answers over one websocket connection.

Source: developer.work.weixin.qq.com, path 101463. A frame is `{cmd, headers: {req_id}, body}`; an answer to a frame
of ours has no cmd and says `errcode`.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import httpx2

from api.bridge.accounts import ChannelAccount
from api.bridge.adapters.base import Body, Callback, Opened
from api.bridge.calls import WHOLE_CALL
from api.bridge.cards import chosen_card, template_card
from api.bridge.errcodes import outcome_of
from api.bridge.errors import BadEnvelope
from api.bridge.incoming import HAPPENINGS, KINDS
from api.bridge.media import (
    ADDRESS_GOOD_FOR,
    NOT_HERE,
    FetchedMedia,
    MediaOutcome,
    decrypted,
    download,
    is_platforms,
)
from api.bridge.model import (
    Address,
    Capability,
    Channel,
    Happening,
    Inbound,
    Media,
    MessageKind,
    Outbound,
    ReplyHandle,
    SendOutcome,
    SendResult,
)
from api.bridge.rendering import rendered
from api.store.base import new_id

MARKDOWN_BYTES = 20480
ANSWER_WITHIN = timedelta(hours=24)
SOON_WITHIN = timedelta(seconds=5)
ACK_SECONDS = 5.0
PER_MINUTE, PER_HOUR = 30, 1000
MESSAGE, EVENT, KICKED = "aibot_msg_callback", "aibot_event_callback", "disconnected_event"
_NOTHING = Body(b"")

Write = Callable[[str], None]


class WecomBot:
    """One bot. While it is connected, ``attach`` has given it a way to write."""

    def __init__(self, account: ChannelAccount, client: httpx2.Client) -> None:
        self.account = account
        self._client = client
        self.capability = Capability(
            max_bytes=MARKDOWN_BYTES, markdown=True, per_minute=PER_MINUTE, per_hour=PER_HOUR, cards=True
        )
        self._write: Write | None = None
        self._acks: dict[str, tuple[threading.Event, list[Mapping[str, Any]]]] = {}

    @property
    def connected(self) -> bool:
        """Whether messages can be sent through this process."""
        return self._write is not None

    def attach(self, write: Write | None) -> None:
        """Take the way to write of a connection, or None at its end."""
        self._write = write
        if write is None:
            for event, _ in list(self._acks.values()):
                event.set()

    def acknowledged(self, frame: Mapping[str, Any]) -> None:
        """Take the platform's answer to a frame of ours."""
        waiting = self._acks.get(request_of(frame))
        if waiting is not None:
            waiting[1].append(frame)
            waiting[0].set()

    def command(self, cmd: str, body: Mapping[str, Any], request: str = "") -> SendResult:
        """Send a frame and wait for the platform's answer to it."""
        write, request = self._write, request or new_id()
        if write is None:
            return SendResult(SendOutcome.LATER, "not connected")
        event, answers = self._acks.setdefault(request, (threading.Event(), []))
        try:
            write(frame(cmd, request, body))
        except OSError as error:
            return SendResult(SendOutcome.UNKNOWN, type(error).__name__)
        finally:
            answered = self._write is not None and event.wait(ACK_SECONDS)
            self._acks.pop(request, None)
        if not answered or not answers:
            return SendResult(SendOutcome.UNKNOWN, "not acknowledged")
        code = answers[0].get("errcode", 0)
        return SendResult(outcome_of(code), str(code) if code else "") if isinstance(code, int) else _NO_CODE

    def read(self, told: Mapping[str, Any], now: datetime) -> Inbound | None:
        """Return the message or event in a frame; None for what is about the connection."""
        body = told.get("body")
        if told.get("cmd") not in (MESSAGE, EVENT) or not isinstance(body, dict):
            return None
        sender = body.get("from")
        person = str(sender.get("userid", "")) if isinstance(sender, dict) else ""
        event = body.get("event")
        name = str(event.get("eventtype", "")).lower() if isinstance(event, dict) else ""
        if not person or name == KICKED:
            return None
        kind, media = _kind(told), _media(body)
        card = _card(event)
        return Inbound(
            address=Address(Channel.WECOM_AIBOT, self.account.account, person),
            dedupe_key=f"b:{body.get('msgid') or request_of(told)}"[:120],
            kind=MessageKind.TEXT if kind is MessageKind.VOICE else kind,
            occurred_at=now,
            text=_text(body),
            event=HAPPENINGS.get(name, Happening.OTHER) if kind is MessageKind.EVENT else None,
            event_key=str(card.get("event_key", ""))[:120],
            details={"TaskId": str(card["task_id"])[:120]} if card.get("task_id") else {},
            media=media,
            handle=_handle(told, name, now),
            chat=str(body.get("chatid", "")) if body.get("chattype") == "group" else "",
        )

    def send(self, address: Address, said: Outbound, handle: ReplyHandle | None, key: str) -> SendResult:
        """Answer the message itself where that is possible, else write to the person."""
        if said.card is not None:
            card = {"msgtype": "template_card", "template_card": template_card(said.card)}
            return self.command("aibot_send_msg", {"chatid": address.peer, "chat_type": 1, **card})
        text = rendered(said, self.capability)
        if handle is not None and handle.kind == "changed_card":
            request, _, mark = handle.value.partition(" ")
            changed = {"response_type": "update_template_card", "template_card": chosen_card(mark)}
            self.command("aibot_respond_update_msg", changed, request)
            handle = None  # the answer is a message of its own
        if handle is not None and handle.kind == "welcome":
            return self.command(
                "aibot_respond_welcome_msg", {"msgtype": "text", "text": {"content": text}}, handle.value
            )
        if handle is not None:
            stream = {"id": key[-32:], "finish": True, "content": text}
            return self.command("aibot_respond_msg", {"msgtype": "stream", "stream": stream}, handle.value)
        body = {"chatid": address.peer, "chat_type": 1, "msgtype": "markdown", "markdown": {"content": text}}
        return self.command("aibot_send_msg", body)

    def fetch(self, inbound: Inbound, now: datetime) -> FetchedMedia:
        """Return a picture or file in the clear; its address is good for five minutes."""
        media = inbound.media
        if media is None or not is_platforms(media.url, self.account.media_hosts):
            return NOT_HERE
        if now > inbound.occurred_at + ADDRESS_GOOD_FOR:
            return FetchedMedia(MediaOutcome.GONE, code="good for five minutes")
        fetched = download(self._client, self._client.build_request("GET", media.url, timeout=WHOLE_CALL))
        if fetched.outcome is not MediaOutcome.FETCHED or not media.aes_key:
            return fetched
        content = decrypted(fetched.content, media.aes_key)
        if content is None:
            return FetchedMedia(MediaOutcome.GONE, code="cannot be decrypted")
        return replace(fetched, content=content)

    def verify(self, callback: Callback, now: datetime) -> str:  # noqa: ARG002 - there are no callbacks
        """A bot has no callbacks."""
        raise BadEnvelope("a bot has no callbacks")

    def open(self, callback: Callback, now: datetime) -> Opened:  # noqa: ARG002 - there are no callbacks
        """A bot has no callbacks."""
        raise BadEnvelope("a bot has no callbacks")

    def passive(self, inbound: Inbound, said: Outbound, now: datetime) -> Body:  # noqa: ARG002 - there are no callbacks
        """A bot has no callbacks."""
        return _NOTHING

    def acknowledgement(self) -> Body:
        """A bot has no callbacks."""
        return _NOTHING


_NO_CODE = SendResult(SendOutcome.UNKNOWN, "no code")


def frame(cmd: str, request: str, body: Mapping[str, Any]) -> str:
    """Return a frame as it is written."""
    return json.dumps({"cmd": cmd, "headers": {"req_id": request}, "body": body}, ensure_ascii=False)


def is_kicked(told: Mapping[str, Any]) -> bool:
    """Whether the platform says that another connection took this one's place."""
    body = told.get("body")
    event = body.get("event") if isinstance(body, dict) else None
    return told.get("cmd") == EVENT and isinstance(event, dict) and event.get("eventtype") == KICKED


def request_of(told: Mapping[str, Any]) -> str:
    """Return the name of the request a frame belongs to."""
    headers = told.get("headers")
    return str(headers.get("req_id", "")) if isinstance(headers, dict) else ""


def _kind(told: Mapping[str, Any]) -> MessageKind:
    """What a frame brings; text and pictures in one count as the picture, or as the text where there is none."""
    if told["cmd"] == EVENT:
        return MessageKind.EVENT
    body: Mapping[str, Any] = told["body"]
    if body.get("msgtype") == "mixed":
        return MessageKind.TEXT if _media(body) is None else MessageKind.IMAGE
    return KINDS.get(str(body.get("msgtype")), MessageKind.UNKNOWN)


def _parts(body: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The parts of a message of text and pictures; else the message itself."""
    mixed = body.get("mixed")
    items = mixed.get("msg_item") if isinstance(mixed, dict) else None
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else [body]


def _text(body: Mapping[str, Any]) -> str:
    return "\n".join(filter(None, map(_words, _parts(body))))


def _words(body: Mapping[str, Any]) -> str:
    for name in ("text", "voice"):
        inside = body.get(name)
        if isinstance(inside, dict) and inside.get("content"):
            words = str(inside["content"]).strip()
            # In a group the bot is addressed by name first.
            return words.partition(" ")[2].strip() if words.startswith("@") and " " in words else words
    return ""


def _media(body: Mapping[str, Any]) -> Media | None:
    for part in _parts(body):
        for name in ("image", "file", "video"):
            inside = part.get(name)
            if isinstance(inside, dict) and inside.get("url"):
                return Media(key="", url=str(inside["url"]).strip(), aes_key=str(inside.get("aeskey", "")))
    return None


def _card(event: object) -> Mapping[str, Any]:
    """What an event says of a card that was clicked."""
    card = event.get("template_card_event") if isinstance(event, dict) else None
    return card if isinstance(card, dict) else {}


def _handle(told: Mapping[str, Any], event: str, now: datetime) -> ReplyHandle:
    """What a frame can be answered with: a welcome or a changed card soon, a message within a day."""
    kind = {"enter_chat": "welcome", "template_card_event": "changed_card"}.get(event, "req_id")
    value = request_of(told)
    if kind == "changed_card":
        value = f"{value} {_card(told['body'].get('event')).get('task_id', '')}"
    return ReplyHandle(kind, value, now + (ANSWER_WITHIN if kind == "req_id" else SOON_WITHIN))
