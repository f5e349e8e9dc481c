"""WeCom customer service (微信客服): a callback only says that messages lie ready; they are pulled and answered.

Source: developer.work.weixin.qq.com, paths 94670 (receiving) and 94677 (sending).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2

from api.bridge.accounts import ChannelAccount
from api.bridge.adapters.base import Body, Callback, Opened, Pull, kept_media
from api.bridge.adapters.wecom import EMPTY, WecomCallbacks, wecom_platform
from api.bridge.incoming import HAPPENINGS, KINDS
from api.bridge.media import FetchedMedia
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
from api.bridge.tokens import TokenStore

READY = "kf_msg_or_event"
FROM_CUSTOMER = 3
FROM_SYSTEM = 4
AT_ONCE = 1000
CODE_SECONDS = 20
BETWEEN = ":"  # our name of a person: which service account, which customer


@dataclass(frozen=True, slots=True)
class Pulled:
    """What one request brought: messages, where to go on, and whether more lie ready."""

    inbounds: tuple[Inbound, ...]
    cursor: str
    more: bool
    outcome: SendOutcome
    code: str = ""


class WecomCustomerService:
    """The customer service of one enterprise."""

    def __init__(self, account: ChannelAccount, client: httpx2.Client, tokens: TokenStore) -> None:
        self.account = account
        self.capability = Capability(
            max_bytes=account.text_bytes, after_message=account.messages_per_window, dedupes=True
        )
        self._callbacks = WecomCallbacks(account)
        self.platform = wecom_platform(account, client, tokens)

    def verify(self, callback: Callback, now: datetime) -> str:
        """Return the decrypted text the platform sent."""
        return self._callbacks.verify(callback, now)

    def open(self, callback: Callback, now: datetime) -> Opened:
        """Return where messages lie ready; other events are taken and left alone."""
        fields = self._callbacks.fields(callback, now)
        if str(fields.get("Event", "")).lower() != READY:
            return Opened()
        return Opened(pull=Pull(str(fields.get("OpenKfId", "")), str(fields.get("Token", ""))))

    def pull(self, place: str, cursor: str, word: str, now: datetime) -> Pulled:
        """Fetch messages from a service account, beginning where the last request ended."""
        body: dict[str, object] = {"open_kfid": place, "limit": AT_ONCE, "cursor": cursor}
        if word:
            body["token"] = word
        called = self.platform.post("/cgi-bin/kf/sync_msg", body)
        if called.outcome is not SendOutcome.SENT:
            return Pulled((), cursor, more=False, outcome=called.outcome, code=called.code)
        listed = called.body.get("msg_list")
        told = [entry for entry in listed if isinstance(entry, dict)] if isinstance(listed, list) else []
        read = [self._inbound(entry, place, now) for entry in told]
        following = str(called.body.get("next_cursor") or cursor)
        more = called.body.get("has_more") == 1 and following != cursor
        return Pulled(tuple(one for one in read if one is not None), following, more, called.outcome)

    def passive(self, inbound: Inbound, said: Outbound, now: datetime) -> Body:  # noqa: ARG002 - nothing is answered passively here
        """Return nothing: answers are always sent."""
        return EMPTY

    def acknowledgement(self) -> Body:
        """Return nothing, with status 200."""
        return EMPTY

    def send(self, address: Address, said: Outbound, handle: ReplyHandle | None, key: str) -> SendResult:
        """Send a text to a customer; the platform shows the same ``msgid`` once."""
        text, msgid = {"content": rendered(said, self.capability)}, key.replace(":", "-")[-32:]
        if handle is not None and handle.kind == "welcome_code":
            body: dict[str, object] = {"code": handle.value, "msgid": msgid, "msgtype": "text", "text": text}
            return self.platform.post("/cgi-bin/kf/send_msg_on_event", body).as_result(msgid)
        place, _, customer = address.peer.partition(BETWEEN)
        body = {"touser": customer, "open_kfid": place, "msgid": msgid, "msgtype": "text", "text": text}
        return self.platform.post("/cgi-bin/kf/send_msg", body).as_result(msgid)

    def fetch(self, inbound: Inbound, now: datetime) -> FetchedMedia:
        """Return a picture or file that was sent to us."""
        return kept_media(self.platform, inbound, now)

    def _inbound(self, told: Mapping[str, Any], place: str, now: datetime) -> Inbound | None:
        """One pulled message; None for what our side or a colleague said."""
        if told.get("origin") not in (FROM_CUSTOMER, FROM_SYSTEM):
            return None
        type_ = str(told.get("msgtype", ""))
        inside = told.get(type_)
        content: Mapping[str, Any] = inside if isinstance(inside, dict) else {}
        customer = str(told.get("external_userid") or content.get("external_userid") or "")
        if not customer:
            return None
        kind = KINDS.get(type_, MessageKind.UNKNOWN)
        occurred = told.get("send_time")
        return Inbound(
            address=Address(Channel.WECOM_KF, self.account.account, f"{place}{BETWEEN}{customer}"),
            dedupe_key=f"k:{told.get('msgid', '')}"[:120],
            kind=kind,
            occurred_at=datetime.fromtimestamp(occurred, UTC) if isinstance(occurred, int) else now,
            text=str(content.get("content", "")).strip() if kind is MessageKind.TEXT else "",
            event=_event(content) if kind is MessageKind.EVENT else None,
            event_key=str(content.get("scene", ""))[:120],
            media=Media(str(content["media_id"])) if content.get("media_id") else None,
            handle=_handle(content, now),
        )


def _event(content: Mapping[str, Any]) -> Happening:
    return HAPPENINGS.get(str(content.get("event_type", "")).lower(), Happening.OTHER)


def _handle(content: Mapping[str, Any], now: datetime) -> ReplyHandle | None:
    code = content.get("welcome_code")
    return ReplyHandle("welcome_code", str(code), now + timedelta(seconds=CODE_SECONDS)) if code else None
