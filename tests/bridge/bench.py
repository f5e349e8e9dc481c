"""Two workers over one database, a fake platform around them, and an assistant that answers as the test wants it."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.auth.keys import Keys
from api.bridge.accounts import ChannelAccount
from api.bridge.bridge import Bridge, Fetch, Ground
from api.bridge.computing import Asked, Said
from api.bridge.model import Inbound, MessageKind, Outbound
from api.bridge.outbox import Outbox, Sending
from api.bridge.timing import Timing
from api.db import Database
from api.store import ChannelMessage, ChannelSending
from tests.bridge.peer import Peer
from tests.bridge.platform import FakePlatform
from tests.bridge.vectors import KEY, TOKEN
from tests.services import SECRET, Clock

BASE = "http://platform.test"
OA: dict[str, Any] = {
    "channel": "wechat_oa",
    "account": "service",
    "app_id": "wx0123456789abcdef",
    "secret": "app-secret-for-tests",
    "token": TOKEN,
    "encoding_aes_key": KEY,
    "api_base": f"{BASE}/oa",
    "open_base": f"{BASE}/open",
    "passive_seconds": 4.0,
}
APP: dict[str, Any] = {
    "channel": "wecom_app",
    "account": "coordinators",
    "corp_id": "ww0123456789abcdef",
    "agent_id": 1000002,
    "secret": "corp-secret-for-tests",
    "token": TOKEN,
    "encoding_aes_key": KEY,
    "api_base": f"{BASE}/qy",
    "passive_seconds": 4.0,
}
KF: dict[str, Any] = {**{k: v for k, v in APP.items() if k != "agent_id"}, "channel": "wecom_kf", "account": "desk"}
HASTY = {"passive_seconds": 0.15}  # for tests in which an answer comes too late
HOOK: dict[str, Any] = {
    "channel": "webhook",
    "account": "other",
    "secret": "a-webhook-secret-of-32-characters",
    "send_url": "http://hook.test/in",
    "passive_seconds": 4.0,
}
QUICK = Timing(
    lease=5, renew_every=0.05, sweep_every=0.05, look_every=0.01, repeats_for=20, bot_lease=30, ping_every=0.2,
    reconnect_least=0.01, reconnect_most=0.05, kicked_for=60, slow=60,
)  # fmt: skip


def account(values: dict[str, Any], **changes: Any) -> ChannelAccount:
    """One channel account."""
    return ChannelAccount.model_validate({**values, **changes})


@dataclass
class Script:
    """What the assistant does, on all workers: the answer, how long it takes, and what was computed how often."""

    answer: str = "高级认证企业每五年复核一次。"
    slow: threading.Event | None = None  # the answer waits until this is set
    fails: int = 0
    computed: Counter[str] = field(default_factory=Counter)
    undelivered: list[tuple[str, str]] = field(default_factory=list)
    ticks: int = 0

    def talk(self, _: Outbox, __: Fetch) -> ScriptedTalk:
        """The use case of one worker."""
        return ScriptedTalk(self)


@dataclass
class ScriptedTalk:
    """Answers every text with the script's answer."""

    script: Script

    def begin(self, session: Session, inbound: Inbound) -> Said | Asked[str]:
        """Answer texts, say nothing to events."""
        return Asked(inbound.text) if inbound.kind is MessageKind.TEXT else Said(None)

    def ask(self, question: str) -> str:
        """Take as long as the script says."""
        self.script.computed[question] += 1
        if self.script.fails > 0:
            self.script.fails -= 1
            raise RuntimeError("as the test wants it")
        if self.script.slow is not None:
            assert self.script.slow.wait(20)
        return self.script.answer

    def end(self, session: Session, inbound: Inbound, asked: Asked[str], answer: str) -> Said:
        """Say it."""
        return Said(Outbound(answer, link="https://credit.example.org/?q=1"))

    def undelivered(self, session: Session, sending: Sending, code: str) -> None:
        """Note what did not get through."""
        self.script.undelivered.append((sending.address.peer, code))

    def tick(self) -> None:
        """Note the tick."""
        self.script.ticks += 1


@dataclass
class Bench:
    """Everything around the bridge."""

    clock: Clock
    platform: FakePlatform
    script: Script
    open_database: Callable[[], Database]
    bridges: list[Bridge] = field(default_factory=list)
    databases: list[Database] = field(default_factory=list)

    def worker(self, *accounts: ChannelAccount, timing: Timing = QUICK, talk: Any = None) -> Bridge:
        """Start one more worker; it sweeps when a test says so."""
        database = self.open_database()
        ground = Ground(database, Keys(SECRET), self.clock, self.platform.client)
        chosen = accounts or (account(OA), account(APP), account(KF))
        name = f"worker-{len(self.bridges)}"
        bridge = Bridge(chosen, ground, talk or self.script.talk, timing, name)
        self.bridges.append(bridge)
        self.databases.append(database)
        return bridge

    def peer(self, values: dict[str, Any] = OA, **changes: Any) -> Peer:
        """The platform of one account."""
        receiver = values.get("app_id") or values.get("corp_id") or ""
        return Peer(values["channel"], values["account"], receiver, self.clock, timeout=5.0, **changes)

    def messages(self) -> list[ChannelMessage]:
        """The inbox."""
        with self.databases[0].reading() as session:
            return list(session.scalars(select(ChannelMessage).order_by(ChannelMessage.received_at)))

    def sendings(self) -> list[ChannelSending]:
        """The outbox."""
        with self.databases[0].reading() as session:
            return list(session.scalars(select(ChannelSending).order_by(ChannelSending.created_at)))

    def settle(self) -> None:
        """Let every worker finish what it computes, then sweep and send."""
        for bridge in self.bridges:
            for message in self.messages():
                running = bridge.computing.running(message.id)
                if running is not None:
                    running.result(20)
        for bridge in self.bridges:
            bridge.tick()

    def close(self) -> None:
        """Stop everything."""
        if self.script.slow is not None:
            self.script.slow.set()
        for bridge in self.bridges:
            bridge.stop()
        for database in self.databases:
            database.close()
