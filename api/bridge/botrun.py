"""Keep the one connection a WeCom bot may have: one process at a time, back after a break, away when told so.

A second connection ends the first. So whoever is kicked waits until another process has had its chance, and
whoever is refused does not knock again. A normal close is a break like any other.
"""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import structlog
from sqlalchemy.exc import SQLAlchemyError
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidURI
from websockets.sync.client import ClientConnection, connect

from api.bridge import leases
from api.bridge.adapters.wecom_aibot import WecomBot, frame, is_kicked, request_of
from api.bridge.inbox import Inbox
from api.bridge.timing import Timing
from api.store.base import new_id

if TYPE_CHECKING:
    from api.bridge.bridge import Ground

log = structlog.get_logger("bridge")
MISSED_PINGS = 2
LOOK_EVERY = 0.2  # seconds at most until a stop is noticed


class Ended(StrEnum):
    """How a connection ended."""

    BROKEN = "broken"
    KICKED = "kicked"
    REFUSED = "refused"
    STOPPED = "stopped"


class BotRun:
    """One worker's share in one bot."""

    def __init__(self, bot: WecomBot, ground: Ground, inbox: Inbox, timing: Timing, wake: Callable[[], None]) -> None:
        self._bot = bot
        self._ground = ground
        self._inbox = inbox
        self._timing = timing
        self._wake = wake
        self._lease = f"bot:{bot.account.account}"
        self._stopping = threading.Event()
        self.refused = ""

    def run(self) -> None:
        """Connect whenever nobody else does, until stopped or refused."""
        breaks = 0
        while not self._stopping.is_set() and not self.refused:
            if not self._keep_lease():
                self._stopping.wait(self._timing.sweep_every)
                continue
            ended, lasted = self._connected()
            breaks = 0 if lasted else breaks + 1
            log.info("bot_connection_ended", account=self._bot.account.account, how=ended)
            if ended is Ended.KICKED:
                self._give_up(timedelta(seconds=self._timing.kicked_for))
            elif ended is Ended.BROKEN:
                self._stopping.wait(self._pause(breaks))
        self._give_up()

    def stop(self) -> None:
        """Leave the connection to others."""
        self._stopping.set()

    def _pause(self, breaks: int) -> float:
        longest = min(self._timing.reconnect_least * 2.0 ** min(breaks, 8), self._timing.reconnect_most)
        return longest / 2 + secrets.randbelow(1000) / 1000 * longest / 2

    def _connected(self) -> tuple[Ended, bool]:
        try:
            # The platform's own pings are frames of its protocol; those of the websocket stay off.
            with connect(self._bot.account.base, open_timeout=5, close_timeout=1, ping_interval=None) as socket:
                return self._spoken(socket)
        except (OSError, TimeoutError, InvalidHandshake, InvalidURI, ConnectionClosed) as error:
            log.info("bot_not_connected", account=self._bot.account.account, error=type(error).__name__)
            return Ended.BROKEN, False

    def _spoken(self, socket: ClientConnection) -> tuple[Ended, bool]:
        account = self._bot.account
        request = new_id()
        secret = account.secret.get_secret_value()
        socket.send(frame("aibot_subscribe", request, {"bot_id": account.bot_id, "secret": secret}))
        answer = read_frame(socket.recv(timeout=5))
        if answer.get("errcode", 0) != 0:
            self.refused = str(answer.get("errcode"))
            log.error("bot_refused", account=account.account, error=self.refused)
            return Ended.REFUSED, False
        self._bot.attach(socket.send)
        self._wake()
        try:
            return self._listening(socket), True
        except (ConnectionClosed, OSError, SQLAlchemyError) as error:
            log.info("bot_connection_broke", account=account.account, error=type(error).__name__)
            return Ended.BROKEN, True
        finally:
            self._bot.attach(None)

    def _listening(self, socket: ClientConnection) -> Ended:
        now = self._ground.now
        pinged, unanswered, ping = now(), 0, ""
        while not self._stopping.is_set():
            try:
                told = read_frame(socket.recv(timeout=min(LOOK_EVERY, self._timing.ping_every)))
            except TimeoutError:
                told = {}
            if ping and request_of(told) == ping:
                unanswered, ping = 0, ""
            elif told and (ended := self._heard(told)) is not None:
                return ended
            if (now() - pinged).total_seconds() >= self._timing.ping_every:
                if unanswered >= MISSED_PINGS or not self._keep_lease():
                    return Ended.BROKEN
                pinged, unanswered, ping = now(), unanswered + 1, new_id()
                socket.send(frame("ping", ping, {}))
        return Ended.STOPPED

    def _heard(self, told: dict[str, Any]) -> Ended | None:
        if is_kicked(told):
            return Ended.KICKED
        if "cmd" not in told:
            self._bot.acknowledged(told)
            return None
        moment = self._ground.now()
        inbound = self._bot.read(told, moment)
        if inbound is not None:
            with self._ground.database.writing() as session:
                self._inbox.accept(session, inbound, moment, take=False, passive=False)
            self._wake()
        return None

    def _keep_lease(self) -> bool:
        length = timedelta(seconds=max(self._timing.bot_lease, 2 * self._timing.ping_every))
        with self._ground.database.writing() as session:
            return leases.take(session, self._lease, self._inbox.owner, self._ground.now(), length)

    def _give_up(self, pause: timedelta | None = None) -> None:
        until: datetime | None = self._ground.now() + pause if pause else None
        with self._ground.database.writing() as session:
            leases.give_up(session, self._lease, self._inbox.owner, until)


def read_frame(told: str | bytes) -> dict[str, Any]:
    """Return a frame; what is none is like nothing."""
    try:
        found = json.loads(told)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
