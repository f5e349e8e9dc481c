"""A signed webhook: any other channel, through a small program of its own.

In: POST with JSON `{"id", "from", "text", "kind"?, "time"?, "chat"?}` and the header
`x-credit-signature: t=SECONDS,v1=HMAC-SHA256 of "SECONDS.BODY" with the account's secret, hexadecimal`.
Answer: `{"text", "choices", "link"}`, or `{}` where it comes later, as the same JSON with `{"id", "to"}` to `send_url`.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256

import httpx2

from api.bridge.accounts import ChannelAccount
from api.bridge.adapters.base import Body, Callback, Opened, check_time
from api.bridge.calls import WHOLE_CALL, Called, exchanged
from api.bridge.errors import BadEnvelope, BadMessage
from api.bridge.media import NOT_HERE, FetchedMedia
from api.bridge.model import (
    Address,
    Capability,
    Channel,
    Inbound,
    MessageKind,
    Outbound,
    ReplyHandle,
    SendOutcome,
    SendResult,
)
from api.bridge.rendering import harmless
from api.bridge.xmlio import LARGEST

SIGNATURE = "x-credit-signature"
JSON = "application/json"
LONGEST_NAME = 128


class Webhook:
    """One signed webhook."""

    def __init__(self, account: ChannelAccount, client: httpx2.Client, now: Callable[[], datetime]) -> None:
        self.account = account
        self.capability = Capability(
            max_bytes=20480, markdown=True, passive_seconds=account.passive_seconds, dedupes=True
        )
        self._client = client
        self._now = now
        self._secret = account.secret.get_secret_value().encode()

    def fetch(self, inbound: Inbound, now: datetime) -> FetchedMedia:  # noqa: ARG002 - a webhook carries texts
        """A webhook carries no files."""
        return NOT_HERE

    def verify(self, callback: Callback, now: datetime) -> str:
        """Return ``ok`` for a signed question whether somebody is there."""
        self._check(callback, now)
        return "ok"

    def open(self, callback: Callback, now: datetime) -> Opened:
        """Return the message sent."""
        self._check(callback, now)
        if len(callback.body) > LARGEST:
            raise BadMessage("the message is too large")
        try:
            told = json.loads(callback.body)
        except (ValueError, RecursionError) as error:
            raise BadMessage("the message is not JSON") from error
        if not isinstance(told, dict):
            raise BadMessage("the message is not an object")
        number, peer, text = (told.get(name) for name in ("id", "from", "text"))
        if not (isinstance(number, str) and number and isinstance(peer, str) and peer and len(peer) <= LONGEST_NAME):
            raise BadMessage("id and from are needed")
        return Opened(
            (
                Inbound(
                    address=Address(Channel.WEBHOOK, self.account.account, peer),
                    dedupe_key=f"w:{number}"[:120],
                    kind=MessageKind.TEXT if isinstance(text, str) and text.strip() else MessageKind.UNKNOWN,
                    occurred_at=now,
                    text=text.strip() if isinstance(text, str) else "",
                    chat=str(told.get("chat") or "")[:LONGEST_NAME],
                ),
            )
        )

    def passive(self, inbound: Inbound, said: Outbound, now: datetime) -> Body:  # noqa: ARG002 - the same for every message
        """Return what is said as JSON."""
        return Body(json.dumps(_as_json(said), ensure_ascii=False).encode("utf-8", "replace"), JSON)

    def acknowledgement(self) -> Body:
        """Return an empty object."""
        return Body(b"{}", JSON)

    def send(self, address: Address, said: Outbound, handle: ReplyHandle | None, key: str) -> SendResult:  # noqa: ARG002 - nothing to answer with
        """Send to the program behind the webhook; it shows the same ``id`` once."""
        if not self.account.send_url:
            return SendResult(SendOutcome.UNDELIVERABLE, "no send_url")
        told = {"id": key, "to": address.peer, **_as_json(said)}
        body = json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")
        seconds = str(int(self._now().timestamp()))
        headers = {SIGNATURE: f"t={seconds},v1={self._signature(seconds, body)}", "content-type": JSON}
        url = self.account.send_url
        wanted = self._client.build_request("POST", url, content=body, headers=headers, timeout=WHOLE_CALL)
        answer = exchanged(self._client, wanted)
        if isinstance(answer, Called):
            return answer.as_result()
        if answer.status_code >= 300:  # it has moved: the address in the file is to be changed
            return SendResult(SendOutcome.WRONG_CONFIG, f"HTTP {answer.status_code}")
        return SendResult(SendOutcome.SENT)

    def _check(self, callback: Callback, now: datetime) -> None:
        given = dict(part.partition("=")[::2] for part in callback.headers.get(SIGNATURE, "").split(",")[:4])
        seconds = given.get("t", "")
        check_time(seconds, now, self.account.clock_window)
        if not hmac.compare_digest(given.get("v1", "").encode(), self._signature(seconds, callback.body).encode()):
            raise BadEnvelope("the signature does not fit")

    def _signature(self, seconds: str, body: bytes) -> str:
        return hmac.new(self._secret, seconds.encode() + b"." + body, sha256).hexdigest()


def _as_json(said: Outbound) -> dict[str, object]:
    return {"text": harmless(said.text), "choices": list(said.choices), "link": said.link}
