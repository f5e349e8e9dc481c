"""Read what WeChat and WeCom push into one `Inbound`, whatever it is: nothing unknown is an error."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from api.bridge.errors import BadMessage
from api.bridge.model import Address, Channel, Happening, Inbound, Media, MessageKind, ReplyHandle

KINDS = {
    "text": MessageKind.TEXT,
    "image": MessageKind.IMAGE,
    "voice": MessageKind.VOICE,
    "video": MessageKind.VIDEO,
    "shortvideo": MessageKind.VIDEO,
    "location": MessageKind.LOCATION,
    "link": MessageKind.LINK,
    "file": MessageKind.FILE,
    "event": MessageKind.EVENT,
}
# Compared in small letters: the platforms do not write them the same way.
HAPPENINGS = {
    "subscribe": Happening.FOLLOW,
    "unsubscribe": Happening.UNFOLLOW,
    "scan": Happening.SCAN,
    "click": Happening.MENU_CLICK,
    "view": Happening.MENU_VIEW,
    "view_miniprogram": Happening.MENU_VIEW,
    "enter_agent": Happening.ENTER,
    "enter_chat": Happening.ENTER,
    "enter_session": Happening.ENTER,
    "template_card_event": Happening.CARD_ACTION,
    "template_card_menu_event": Happening.CARD_ACTION,
    "templatesendjobfinish": Happening.SEND_RESULT,
    "subscribe_msg_sent_event": Happening.SEND_RESULT,
    "subscribe_msg_popup_event": Happening.SUBSCRIBE_RESULT,
    "subscribe_msg_change_event": Happening.SUBSCRIBE_RESULT,
}
# What an official account sends as text where somebody sent what it cannot pass on.
NOT_PASSED_ON = "【收到不支持的消息类型，暂无法显示】"
SCENE = "qrscene_"
KEPT = (
    "AgentID",
    "Format",
    "Title",
    "FileKey",
    "Status",
    "MsgID",
    "TaskId",
    "Label",
    "Location_X",
    "Location_Y",
    "Url",
)
LONGEST_KEY = 120
CARD_HOURS = 72


def read_message(fields: Mapping[str, Any], channel: Channel, account: str, now: datetime) -> Inbound:
    """Return one pushed message or event. Raises `BadMessage` where it says neither who nor what."""
    kind = KINDS.get(_text(fields, "MsgType").lower(), MessageKind.UNKNOWN)
    peer = _text(fields, "FromUserName")
    if not _text(fields, "MsgType") or not (peer or kind is MessageKind.EVENT):
        raise BadMessage("the message does not say what it is or from whom")
    text = _text(fields, "Content") or _text(fields, "Recognition")
    if text.strip() == NOT_PASSED_ON:
        kind, text = MessageKind.UNKNOWN, ""
    event, event_key = _event(fields) if kind is MessageKind.EVENT else (None, "")
    return Inbound(
        address=Address(channel, account, peer),
        dedupe_key=dedupe_key(fields, kind),
        kind=kind,
        occurred_at=_moment(_text(fields, "CreateTime"), now),
        text=text.strip(),
        event=event,
        event_key=event_key,
        media=_media(fields, kind),
        handle=_handle(fields, now),
        details={
            "to": _text(fields, "ToUserName"),
            **{name: _text(fields, name) for name in KEPT if _text(fields, name)},
        },
    )


def dedupe_key(fields: Mapping[str, Any], kind: MessageKind) -> str:
    """Return the name under which a message is known, however often it is delivered.

    Two events of one person can fall into the same second: their names and keys belong to it. Events without
    a person are known by what else tells them apart.
    """
    number = _text(fields, "MsgId")
    if number and kind is not MessageKind.EVENT:
        return f"m:{number}"[:LONGEST_KEY]
    names = (
        "FromUserName", "CreateTime", "MsgType", "Event", "EventKey", "MsgID", "Token", "OpenKfId", "TaskId",
        "ResponseCode", "Content", "MediaId", "Ticket",
    )  # fmt: skip
    told = "\n".join(_text(fields, name) for name in names)
    return f"e:{sha256(told.encode('utf-8', 'replace')).hexdigest()}"


def _event(fields: Mapping[str, Any]) -> tuple[Happening, str]:
    event = HAPPENINGS.get(_text(fields, "Event").lower(), Happening.OTHER)
    key = _text(fields, "EventKey")
    if event is Happening.FOLLOW:
        key = key.removeprefix(SCENE)
    return event, key[:LONGEST_KEY]


def _media(fields: Mapping[str, Any], kind: MessageKind) -> Media | None:
    if kind not in (MessageKind.IMAGE, MessageKind.VOICE, MessageKind.VIDEO, MessageKind.FILE):
        return None
    return Media(
        key=_text(fields, "MediaId"),
        url=_text(fields, "PicUrl"),
        name=_text(fields, "Title"),
        format=_text(fields, "Format"),
    )


def _handle(fields: Mapping[str, Any], now: datetime) -> ReplyHandle | None:
    code = _text(fields, "ResponseCode")
    if not code:
        return None
    return ReplyHandle("response_code", code, datetime.fromtimestamp(now.timestamp() + CARD_HOURS * 3600, UTC))


def _moment(seconds: str, now: datetime) -> datetime:
    """When it happened as the platform says; now where it says nothing usable."""
    if not (seconds.isascii() and seconds.isdigit() and len(seconds) <= 10):
        return now
    return datetime.fromtimestamp(int(seconds), UTC)


def _text(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    return str(value) if isinstance(value, str | int) else ""
