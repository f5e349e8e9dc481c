"""Send what is due: within the platform's limits, once, and by another way where the channel does not carry it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import structlog
from sqlalchemy.orm import Session

from api.bridge import allowances
from api.bridge.adapters.base import Adapter
from api.bridge.model import SendOutcome, SendResult
from api.bridge.outbox import Outbox, Sending
from api.bridge.writing import Writing

AT_ONCE = 4
RATE_WAITS = timedelta(seconds=60)
CONFIG_WAITS = timedelta(minutes=10)
log = structlog.get_logger("bridge")

Fallback = Callable[[Session, Sending, str], None]
Served = Callable[[], Mapping[tuple[str, str], Adapter]]


class Delivery:
    """Sends on one worker. ``served`` gives the accounts it can send on now."""

    def __init__(
        self, writing: Writing, outbox: Outbox, served: Served, fallback: Fallback, now: Callable[[], datetime]
    ) -> None:
        self._writing = writing
        self._reading = writing.reading
        self._outbox = outbox
        self._served = served
        self._fallback = fallback
        self._now = now
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="bridge-sending")

    def send_due(self) -> int:
        """Send what is due; return how many were tried."""
        served = self._served()
        if not served:
            return 0
        if not self._is_due(list(served)):
            return 0
        claimed = self._writing.alone(lambda session: self._outbox.claim(session, list(served), self._now()))
        # One after the other for one person: messages arrive in the order in which they were said.
        by_person: dict[object, list[Sending]] = {}
        for sending in claimed:
            by_person.setdefault(sending.address, []).append(sending)
        for done in [self._pool.submit(self._send_all, served, sendings) for sendings in by_person.values()]:
            done.result()
        return len(claimed)

    def close(self) -> None:
        """Wait for what is being sent."""
        self._pool.shutdown()

    def _send_all(self, served: Mapping[tuple[str, str], Adapter], sendings: list[Sending]) -> None:
        for sending in sendings:
            self._send(served[(sending.address.channel, sending.address.account)], sending)

    def _send(self, adapter: Adapter, sending: Sending) -> None:
        now = self._now()
        stopped = self._prepared(adapter, sending, now)
        if stopped is not None:
            if stopped.outcome is not SendOutcome.LATER:
                self._finish(adapter, sending, stopped)
            return
        handle = sending.handle
        if handle is not None and handle.expires_at is not None and handle.expires_at <= now:
            handle = None
        self._finish(adapter, sending, adapter.send(sending.address, sending.said, handle, sending.key))

    def _prepared(self, adapter: Adapter, sending: Sending, now: datetime) -> SendResult | None:
        """Count the message and note that it is written now; or say why it is not."""
        if sending.expires_at <= now:
            return SendResult(SendOutcome.UNDELIVERABLE, "expired")
        if sending.was_written and not adapter.capability.dedupes:
            return SendResult(SendOutcome.UNKNOWN, "worker died")
        return self._writing.submit(lambda session: self._counted(session, adapter, sending, now)).result()

    def _counted(self, session: Session, adapter: Adapter, sending: Sending, now: datetime) -> SendResult | None:
        if not self._outbox.note_writing(session, sending):
            return SendResult(SendOutcome.LATER, "lease lost")
        if _is_free_of_charge(adapter, sending):
            return None
        reason = allowances.spend(session, sending.address, adapter.capability, now)
        if reason == "rate":
            self._outbox.put_off(session, sending, now + RATE_WAITS, "rate")
            return SendResult(SendOutcome.LATER, "rate")
        return SendResult(SendOutcome.UNDELIVERABLE, "window closed") if reason else None

    def _finish(self, adapter: Adapter, sending: Sending, result: SendResult) -> None:
        if result.outcome is SendOutcome.SENT:
            self._writing.submit(lambda session: self._outbox.finish(session, sending, result, self._now())).result()
        else:
            self._writing.alone(lambda session: self._ended(session, adapter, sending, result))
        log.info(
            "channel_sent",
            channel=sending.address.channel,
            account=sending.address.account,
            outcome=result.outcome,
            error=result.code,
            attempts=sending.attempts,
        )

    def _ended(self, session: Session, adapter: Adapter, sending: Sending, result: SendResult) -> None:
        """Note how an attempt ended, and take another way where this one is closed."""
        now = self._now()
        if result.outcome is SendOutcome.WRONG_CONFIG and sending.expires_at > now + CONFIG_WAITS:
            self._outbox.put_off(session, sending, now + CONFIG_WAITS, result.code)
            self._fallback(session, sending, result.code)
        elif self._outbox.finish(session, sending, result, now):
            if result.outcome is SendOutcome.UNDELIVERABLE and adapter.capability.after_message is not None:
                allowances.close_window(session, sending.address)
            self._fallback(session, sending, result.code)

    def _is_due(self, accounts: list[tuple[str, str]]) -> bool:
        """Look before asking for the one place of the writer: most of the time nothing waits."""
        with self._reading() as session:
            return self._outbox.is_due(session, accounts, self._now())


def _is_free_of_charge(adapter: Adapter, sending: Sending) -> bool:
    """What is not counted: a notice by its template, and the answer to a welcome code."""
    if sending.handle is not None and sending.handle.kind == "welcome_code":
        return True
    return sending.said.notice is not None and sending.said.notice.kind in adapter.account.notices
