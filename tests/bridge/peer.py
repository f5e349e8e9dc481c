"""A stand-in for the platform's callbacks: signs, encrypts, pushes, repeats, and reads our answer as it would.

Three attempts with the same MsgId, each with a time and nonce of its own, each given up after a while. What it
reports is what the person sees.
"""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from api.bridge.adapters.base import Body, Callback
from api.bridge.bridge import Bridge
from api.bridge.crypto import Envelopes, signature_of
from api.bridge.errors import BridgeError
from api.bridge.xmlio import build, parse
from tests.bridge.vectors import KEY, TOKEN

_numbers = itertools.count(7_000_000_000_000_000_000)


@dataclass
class Seen:
    """What a person sees of one message: texts, the fault text, or nothing; and how often the platform tried."""

    texts: list[str] = field(default_factory=list)
    fault: bool = False
    attempts: int = 0


@dataclass
class Peer:
    """One account's platform. ``ours`` is the account's name there, ``receiver`` who encrypted messages are for."""

    channel: str
    account: str
    receiver: str
    now: Any
    mode: str = "safe"
    timeout: float = 5.0
    ours: str = "gh_0123456789ab"
    skew: float = 0.0
    key: str = KEY
    token: str = TOKEN

    @property
    def is_oa(self) -> bool:
        """Whether it plays an official account."""
        return self.channel == "wechat_oa"

    def text(self, content: str, person: str = "oPERSON", **more: Any) -> str:
        """A text message."""
        fields = {"MsgType": "text", "Content": content, "MsgId": str(next(_numbers))}
        return self.document(person, {**fields, **more})

    def event(self, name: str, person: str = "oPERSON", key: str = "", **more: Any) -> str:
        """An event."""
        return self.document(person, {"MsgType": "event", "Event": name, "EventKey": key, **more})

    def document(self, person: str, fields: dict[str, Any]) -> str:
        """A message with these fields."""
        moment = int(self.now().timestamp())
        return build({"ToUserName": self.ours, "FromUserName": person, "CreateTime": moment, **fields})

    def callback(self, document: str, **changes: Any) -> Callback:
        """A signed callback in the account's mode."""
        time = str(int((self.now() + timedelta(seconds=self.skew)).timestamp()))
        nonce = str(next(_numbers) % 10_000_000_000)
        sealed = Envelopes(self.token, [self.key], [self.receiver]).seal(document, time, nonce)
        query = {"timestamp": time, "nonce": nonce}
        if self.is_oa:
            query |= {"signature": signature_of(self.token, time, nonce), "openid": "oPERSON"}
        if self.mode != "plain":
            query |= {"msg_signature": sealed.signature}
            query |= {"encrypt_type": "aes"} if self.is_oa else {}
        encrypted = f"<Encrypt><![CDATA[{sealed.encrypt}]]></Encrypt>"
        bodies = {
            "plain": document,
            "safe": f"<xml><ToUserName><![CDATA[{self.ours}]]></ToUserName>{encrypted}</xml>",
            "compatible": document.replace("</xml>", f"{encrypted}</xml>"),
        }
        return Callback({**query, **changes}, bodies[self.mode].encode("utf-8", "replace"))

    def verification(self, echo: str = "5927782489442352469") -> Callback:
        """A question whether the address is ours."""
        time, nonce = str(int(self.now().timestamp())), "n0nce"
        if self.is_oa:
            signature = signature_of(self.token, time, nonce)
            return Callback({"signature": signature, "timestamp": time, "nonce": nonce, "echostr": echo})
        sealed = Envelopes(self.token, [self.key], [self.receiver]).seal(echo, time, nonce)
        query = {"msg_signature": sealed.signature, "timestamp": time, "nonce": nonce, "echostr": sealed.encrypt}
        return Callback(query)

    def push(self, document: str, *bridges: Bridge, hang_up: tuple[float, ...] = (), attempts: int = 3) -> Seen:
        """Push a message to the workers in turn, as often as the platform would; return what the person sees."""
        return asyncio.run(self.pushing(document, *bridges, hang_up=hang_up, attempts=attempts))

    async def pushing(
        self, document: str, *bridges: Bridge, hang_up: tuple[float, ...] = (), attempts: int = 3
    ) -> Seen:
        """The same within a loop. ``hang_up`` gives the seconds after which the first attempts are cut off."""
        seen = Seen()
        for number in range(attempts):
            seen.attempts += 1
            bridge = bridges[number % len(bridges)]
            patience = hang_up[number] if number < len(hang_up) else self.timeout
            answer = await self._attempt(bridge, self.callback(document), patience)
            if answer is None:
                continue
            if isinstance(answer, BridgeError):
                seen.fault = self.is_oa
                return seen
            self._read(answer, document, seen)
            return seen
        seen.fault = self.is_oa
        return seen

    async def _attempt(self, bridge: Bridge, callback: Callback, patience: float) -> Body | BridgeError | None:
        hung_up = asyncio.Event()

        async def gone() -> bool:
            return hung_up.is_set()

        receiving = asyncio.ensure_future(bridge.receive(self.channel, self.account, callback, gone))
        try:
            done, _ = await asyncio.wait([receiving], timeout=patience)
            if done:
                return receiving.result()
        except BridgeError as error:
            return error
        hung_up.set()  # the server notices when it looks; it is not interrupted
        self._left = receiving
        return None

    def _read(self, answer: Body, document: str, seen: Seen) -> None:
        """Read an answer as the platform would: anything but an answer of the right form is a fault."""
        if answer.content in (b"", b"success"):
            return
        fields = parse(answer.content)
        if self.mode != "plain":
            opened = Envelopes(self.token, [self.key], [self.receiver]).open(
                fields["Encrypt"], fields["MsgSignature"], fields["TimeStamp"], fields["Nonce"]
            )
            assert opened.count("<Content>") == 1
            assert opened.count("<ToUserName>") == 1
            fields = parse(opened.encode())
        asked = parse(document.encode())
        assert fields["ToUserName"] == asked["FromUserName"]
        assert fields["FromUserName"] == asked["ToUserName"]
        assert fields["CreateTime"].isdigit()
        assert fields["MsgType"] == "text"
        assert len(fields["Content"].encode()) <= 2048
        seen.texts.append(fields["Content"])


def moment(seconds: int, now: datetime) -> str:
    """A time of the platform."""
    return str(int((now + timedelta(seconds=seconds)).timestamp()))
