"""A callback in, an answer in time: the message is stored first, then waited for, then acknowledged."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from api.bridge.adapters.base import Adapter, Body, Callback
from api.bridge.computing import Computing
from api.bridge.inbox import Arrival, Inbox, Standing
from api.bridge.model import DeliveryState, Inbound
from api.bridge.pulling import want_pull
from api.bridge.timing import Timing
from api.bridge.writing import Writing

T = TypeVar("T")
LOOK_AT_LEAST_EVERY = 0.5  # seconds
Gone = Callable[[], Awaitable[bool]]


class Reception:
    """Takes callbacks on one worker."""

    def __init__(
        self,
        writing: Writing,
        inbox: Inbox,
        computing: Computing[Any, Any],
        now: Callable[[], datetime],
        timing: Timing,
        wake: Callable[[], None],
    ) -> None:
        self._writing = writing
        self._inbox = inbox
        self._computing = computing
        self._now = now
        self._timing = timing
        self._wake = wake

    async def receive(self, adapter: Adapter, callback: Callback, gone: Gone) -> Body | None:
        """Return what the callback is answered with; None where nobody is there any more to hear it.

        Raises `BadEnvelope`, `BadMessage`, and `WriteFailed` where the message could not be stored: the platform
        repeats it.
        """
        now = self._now()
        opened = adapter.open(callback, now)
        pull = opened.pull
        if pull is not None:
            await self._write(lambda session: want_pull(session, adapter.account, pull, now))
            self._wake()
        for inbound in opened.inbounds:
            return await self._answered(adapter, inbound, gone)
        return adapter.acknowledgement()

    async def _answered(self, adapter: Adapter, inbound: Inbound, gone: Gone) -> Body | None:
        begun = asyncio.get_running_loop().time()
        ends = begun + (adapter.capability.passive_seconds or 0)
        standing = await self._accepted(inbound)
        if asyncio.get_running_loop().time() - begun > self._timing.slow:
            self._computing.pause()
        if standing.acknowledged and not standing.answered:  # more is coming in than can be computed at once
            if standing.mine:  # a repetition of what was left to whoever is free, and now that is us
                self._computing.start(replace(inbound, id=standing.id))
            self._wake()
            return adapter.acknowledgement()
        while not standing.answered:
            if standing.mine:
                self._computing.start(replace(inbound, id=standing.id))
            # While storing is slow nobody is kept waiting for an answer: it comes later.
            limit = min(ends, begun + 2 * self._timing.slow) if self._computing.is_paused else ends
            remaining = limit - asyncio.get_running_loop().time()
            if remaining <= 0:
                return await self._acknowledged(adapter, inbound, standing, gone)
            ours = await self._wait(standing.id, min(remaining, LOOK_AT_LEAST_EVERY))
            if await gone():
                return None
            standing = await self._settled(standing.id, ours)
            if standing.acknowledged and not standing.answered:  # left until later
                return adapter.acknowledgement()
        return await self._delivered(adapter, inbound, standing, gone)

    async def _accepted(self, inbound: Inbound) -> Standing:
        """Store a message, and take it where there is room to compute one more."""
        room = self._computing.reserve()
        arrival = Arrival(inbound, self._now(), take=room, passive=room)
        try:
            return await asyncio.wrap_future(self._writing.gather(self._inbox.accept_all, arrival))
        finally:
            if room:
                self._computing.give_back()

    async def _settled(self, message_id: str, ours: Standing | None) -> Standing:
        """Claim the answer for this very callback if it is there, and say where the message stands."""
        if ours is not None and ours.reply is not None and not ours.acknowledged:
            claim = self._writing.gather(self._inbox.claim_all, (message_id, self._now()))
            if await asyncio.wrap_future(claim):
                return replace(ours, delivery=DeliveryState.PASSIVE)
        return await self._write(self._settling(message_id))

    def _settling(self, message_id: str) -> Callable[[Session], Standing]:
        """Look, and claim the answer for this very callback if it is there."""

        def write(session: Session) -> Standing:
            now = self._now()
            standing = self._inbox.look(session, message_id, now, take=self._computing.has_room)
            if standing.reply is not None and standing.delivery is None:
                self._inbox.claim(session, message_id, DeliveryState.PASSIVE, now)
                return replace(standing, delivery=DeliveryState.PASSIVE)
            return standing

        return write

    async def _wait(self, message_id: str, remaining: float) -> Standing | None:
        """Wait for our own computation and return what came of it, or look again after a while at another worker's."""
        ours = self._computing.running(message_id)
        if ours is None:
            await asyncio.sleep(min(self._timing.look_every, remaining))
            return None
        await asyncio.wait([asyncio.wrap_future(ours)], timeout=remaining)
        return ours.result() if ours.done() else None

    async def _acknowledged(self, adapter: Adapter, inbound: Inbound, standing: Standing, gone: Gone) -> Body | None:
        """Say that nothing comes now, unless the answer came in this very moment."""
        now = self._now()
        standing = await self._write(lambda session: self._inbox.acknowledge(session, standing.id, now))
        if standing.answered:
            return await self._delivered(adapter, inbound, standing, gone)
        self._wake()
        return adapter.acknowledgement()

    async def _delivered(self, adapter: Adapter, inbound: Inbound, standing: Standing, gone: Gone) -> Body | None:
        """Answer passively if nobody delivered yet, or did so passively and was not heard."""
        if standing.delivery is None and standing.reply is not None:
            if await gone():
                return None  # not delivered: a repetition fetches the answer
            standing = await self._write(self._settling(standing.id))
        if standing.delivery is DeliveryState.PASSIVE and standing.reply is not None:
            return adapter.passive(inbound, standing.reply, self._now())
        return adapter.acknowledgement()

    async def _write(self, write: Callable[[Session], T]) -> T:
        return await asyncio.wrap_future(self._writing.submit(write))
