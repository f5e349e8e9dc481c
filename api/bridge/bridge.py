"""The bridge of one worker: its accounts, its threads, and what it does by itself every second."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

import httpx2
import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from api.auth.keys import Keys
from api.bridge.accounts import ChannelAccount
from api.bridge.adapters.base import Adapter, Body, Callback
from api.bridge.adapters.webhook import Webhook
from api.bridge.adapters.wechat_oa import WechatOfficialAccount
from api.bridge.adapters.wecom_aibot import WecomBot
from api.bridge.adapters.wecom_app import WecomApplication
from api.bridge.adapters.wecom_kf import WecomCustomerService
from api.bridge.botrun import BotRun
from api.bridge.computing import MOST_ATTEMPTS, Answerer, Computing
from api.bridge.delivery import Delivery
from api.bridge.errors import BadEnvelope
from api.bridge.inbox import Inbox, Standing
from api.bridge.media import NOT_HERE, FetchedMedia
from api.bridge.model import Channel, Inbound
from api.bridge.oauth import SignIns
from api.bridge.outbox import CLAIMED_AT_ONCE, Outbox, Sending
from api.bridge.pulling import Puller
from api.bridge.reception import Gone, Reception
from api.bridge.timing import Timing
from api.bridge.tokens import TokenStore
from api.bridge.writing import WriteFailed, Writing
from api.db import Database
from api.store.base import new_id

log = structlog.get_logger("bridge")
Fetch = Callable[[Inbound], FetchedMedia]


class Talk(Answerer[Any, Any], Protocol):
    """The use cases behind the bridge."""

    def undelivered(self, session: Session, sending: Sending, code: str) -> None:
        """A message did not get through: take another way, and let staff see it."""

    def tick(self) -> None:
        """Do what the clock asks for: notices that are due, conversations nobody answered."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a bridge stands on."""

    database: Database
    keys: Keys
    now: Callable[[], datetime]
    client: httpx2.Client


class Bridge:
    """All channel accounts on one worker."""

    def __init__(
        self,
        accounts: Sequence[ChannelAccount],
        ground: Ground,
        talk: Callable[[Outbox, Fetch], Talk],
        timing: Timing | None = None,
        owner: str = "",
    ) -> None:
        self.ground = ground
        self.timing = timing or Timing()
        self.owner = owner or new_id()
        self.inbox = Inbox(ground.keys, self.owner, self.timing.lease_length)
        self.outbox = Outbox(ground.keys, self.owner, self.timing.lease_length)
        self.tokens = TokenStore(ground.database, ground.keys, ground.now, self.owner)
        self.talk = talk(self.outbox, self.fetch)
        self.adapters: dict[tuple[str, str], Adapter] = {
            (account.channel, account.account): self._adapter(account) for account in accounts
        }
        self.sign_ins = {
            key: SignIns(adapter, ground.client)
            for key, adapter in self.adapters.items()
            if isinstance(adapter, WechatOfficialAccount | WecomApplication)
        }
        self.wake = threading.Event()
        self._stopping = threading.Event()
        self.writing = Writing(ground.database)
        self.computing: Computing[Any, Any] = Computing(
            self.writing,
            self.inbox,
            self.outbox,
            self.talk,
            ground.now,
            self.wake.set,
            {key: adapter.account for key, adapter in self.adapters.items()},
            frozenset(key for key, adapter in self.adapters.items() if adapter.capability.cards),
        )
        self.reception = Reception(self.writing, self.inbox, self.computing, ground.now, self.timing, self.wake.set)
        self.delivery = Delivery(self.writing, self.outbox, self._served, self.talk.undelivered, ground.now)
        self._pullers = [
            Puller(adapter, ground.database, self.inbox, ground.now)
            for adapter in self.adapters.values()
            if isinstance(adapter, WecomCustomerService)
        ]
        self.bots = [
            BotRun(adapter, ground, self.inbox, self.timing, self.wake.set)
            for adapter in self.adapters.values()
            if isinstance(adapter, WecomBot)
        ]
        self._threads: list[threading.Thread] = []
        self._clocked = float("-inf")

    def verify(self, channel: str, account: str, callback: Callback) -> str:
        """Return what proves that the address is ours. Raises `BadEnvelope`."""
        return self._known(channel, account).verify(callback, self.ground.now())

    async def receive(self, channel: str, account: str, callback: Callback, gone: Gone) -> Body | None:
        """Return what a callback is answered with. Raises `BadEnvelope`, `BadMessage`, `WriteFailed`."""
        return await self.reception.receive(self._known(channel, account), callback, gone)

    def fetch(self, inbound: Inbound) -> FetchedMedia:
        """Return the file of a message, or why it cannot be had."""
        adapter = self.adapters.get((inbound.address.channel, inbound.address.account))
        return NOT_HERE if adapter is None else adapter.fetch(inbound, self.ground.now())

    def tick(self) -> None:
        """Do what waits: pull, compute what nobody computes, queue what nobody fetched, send, notify."""
        for puller in self._pullers:
            puller.pull_wanted()
        self.sweep()
        if time.monotonic() - self._clocked >= self.timing.sweep_every:
            self._clocked = time.monotonic()
            self.talk.tick()
        # Sending steps back as computing does: what comes in is acknowledged first.
        if not self.computing.is_paused and self.delivery.send_due() >= CLAIMED_AT_ONCE:
            self.wake.set()  # more may be due: go on at once

    def sweep(self) -> None:
        """Take up what other workers left, and leave to the outbox what no repetition fetched."""
        now = self.ground.now()
        # Look before asking for the one place of the writer: most of the time nothing waits.
        with self.ground.database.reading() as session:
            free = self.inbox.list_free(session, now, self.computing.room)
            undelivered = self.inbox.list_undelivered(session, now, self.timing.repeats_length)
        if free:
            self._take_up(self.writing.alone(lambda session: self._taken(session, now, free)))
        if undelivered:
            self.writing.alone(lambda session: self._queued(session, undelivered))

    def _taken(self, session: Session, now: datetime, free: list[tuple[Inbound, int]]) -> list[tuple[Inbound, int]]:
        """Those of the free messages that no other worker took meanwhile."""
        return [(inbound, attempts) for inbound, attempts in free if self.inbox.take(session, inbound.id, now)]

    def _take_up(self, taken: list[tuple[Inbound, int]]) -> None:
        for inbound, attempts in taken:
            if attempts >= MOST_ATTEMPTS:
                self.computing.give_up(inbound)
            else:
                self.computing.start(inbound)

    def _queued(self, session: Session, undelivered: list[tuple[Inbound, Standing]]) -> None:
        for inbound, standing in undelivered:
            self.computing.queue(session, replace(inbound, id=standing.id), standing)

    def start(self) -> None:
        """Begin to work by itself."""
        self._threads = [
            threading.Thread(target=self._sweeping, name="bridge-sweeping", daemon=True),
            threading.Thread(target=self._renewing, name="bridge-renewing", daemon=True),
            *(threading.Thread(target=bot.run, name="bridge-bot", daemon=True) for bot in self.bots),
        ]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End all threads; what is under way is finished."""
        self._stopping.set()
        self.wake.set()
        for bot in self.bots:
            bot.stop()
        for thread in self._threads:
            thread.join()
        self.computing.close()
        self.delivery.close()
        self.writing.close()
        self.ground.client.close()

    def _sweeping(self) -> None:
        while not self._stopping.is_set():
            self.wake.wait(self.timing.sweep_every)
            self.wake.clear()
            try:
                self.tick()
            except (SQLAlchemyError, WriteFailed) as error:
                log.error("sweep_failed", error=type(error).__name__)
            self._stopping.wait(self.timing.sweep_least)

    def _renewing(self) -> None:
        while not self._stopping.wait(self.timing.renew_every):
            try:
                self.computing.renew()
            except SQLAlchemyError as error:
                log.error("renewal_failed", error=type(error).__name__)

    def _served(self) -> Mapping[tuple[str, str], Adapter]:
        """The accounts this worker can send on: a bot's messages go through the one connection it has."""
        return {
            key: adapter
            for key, adapter in self.adapters.items()
            if not isinstance(adapter, WecomBot) or adapter.connected
        }

    def _known(self, channel: str, account: str) -> Adapter:
        adapter = self.adapters.get((channel, account))
        if adapter is None:
            raise BadEnvelope("no such account")
        return adapter

    def _adapter(self, account: ChannelAccount) -> Adapter:
        ground = self.ground
        match account.channel:
            case Channel.WECHAT_OA:
                return WechatOfficialAccount(account, ground.client, self.tokens)
            case Channel.WECOM_APP:
                return WecomApplication(account, ground.client, self.tokens)
            case Channel.WECOM_KF:
                return WecomCustomerService(account, ground.client, self.tokens)
            case Channel.WECOM_AIBOT:
                return WecomBot(account, ground.client)
            case Channel.WEBHOOK:
                return Webhook(account, ground.client, ground.now)
