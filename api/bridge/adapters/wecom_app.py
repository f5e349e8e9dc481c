"""A WeCom application: callbacks with passive answers, messages to members of the own enterprise.

Source: developer.work.weixin.qq.com, paths 90236 (sending), 90238 (callbacks), 90239 to 90241 (messages).
"""

from __future__ import annotations

from datetime import datetime

import httpx2

from api.bridge.accounts import ChannelAccount
from api.bridge.adapters.base import Body, Callback, Opened, kept_media
from api.bridge.adapters.pushed import sealed_body, text_message
from api.bridge.adapters.wecom import EMPTY, WecomCallbacks, wecom_platform
from api.bridge.cards import CHOSEN, template_card
from api.bridge.incoming import read_message
from api.bridge.media import FetchedMedia
from api.bridge.model import Address, Capability, Channel, Inbound, Outbound, ReplyHandle, SendOutcome, SendResult
from api.bridge.rendering import rendered
from api.bridge.tokens import TokenStore

SAME_FOR = 1800  # seconds in which the platform shows the same message once
PER_MINUTE, PER_HOUR = 30, 1000  # above it drops messages without a word
LEFT_OUT = ("invaliduser", "unlicenseduser")


class WecomApplication:
    """One application."""

    def __init__(self, account: ChannelAccount, client: httpx2.Client, tokens: TokenStore) -> None:
        self.account = account
        self.capability = Capability(
            max_bytes=account.text_bytes,
            anchors=True,
            passive_seconds=account.passive_seconds,
            per_minute=PER_MINUTE,
            per_hour=PER_HOUR,
            dedupes=True,
            cards=True,
        )
        self._callbacks = WecomCallbacks(account)
        self.platform = wecom_platform(account, client, tokens)

    def verify(self, callback: Callback, now: datetime) -> str:
        """Return the decrypted text the platform sent."""
        return self._callbacks.verify(callback, now)

    def open(self, callback: Callback, now: datetime) -> Opened:
        """Return the message pushed."""
        fields = self._callbacks.fields(callback, now)
        return Opened((read_message(fields, Channel.WECOM_APP, self.account.account, now),))

    def passive(self, inbound: Inbound, said: Outbound, now: datetime) -> Body:
        """Return a text message from the application to the member."""
        message = text_message(inbound, rendered(said, self.capability), now)
        return sealed_body(self._callbacks.envelopes, message, now)

    def acknowledgement(self) -> Body:
        """Return nothing, with status 200."""
        return EMPTY

    def send(self, address: Address, said: Outbound, handle: ReplyHandle | None, key: str) -> SendResult:  # noqa: ARG002 - the platform compares contents itself
        """Send a text or a card; who cannot be reached is told in lists beside a code that says success."""
        if handle is not None and handle.kind == "response_code":
            self._note_chosen(address, handle)
        content: dict[str, object]
        if said.card is not None:
            content = {"msgtype": "template_card", "template_card": template_card(said.card)}
        else:
            content = {"msgtype": "text", "text": {"content": rendered(_told(said), self.capability)}}
        called = self.platform.post(
            "/cgi-bin/message/send",
            {
                "touser": address.peer,
                "agentid": self.account.agent_id,
                **content,
                "enable_duplicate_check": 1,
                "duplicate_check_interval": SAME_FOR,
            },
        )
        for name in LEFT_OUT:
            if called.outcome is SendOutcome.SENT and called.body.get(name):
                return SendResult(SendOutcome.UNDELIVERABLE, name)
        return called.as_result(str(called.body.get("msgid", "")))

    def _note_chosen(self, address: Address, handle: ReplyHandle) -> None:
        """Let the card that was clicked say so; where that fails its buttons stay, and say so when they are clicked."""
        told = {"userids": [address.peer], "agentid": self.account.agent_id, "response_code": handle.value}
        self.platform.post("/cgi-bin/message/update_template_card", {**told, "button": {"replace_name": CHOSEN}})

    def fetch(self, inbound: Inbound, now: datetime) -> FetchedMedia:
        """Return a picture or file that was sent to us."""
        return kept_media(self.platform, inbound, now)


def _told(said: Outbound) -> Outbound:
    """A notice is an ordinary text here."""
    return Outbound(f"{said.text}\n{said.link}".strip()) if said.notice is not None else said
