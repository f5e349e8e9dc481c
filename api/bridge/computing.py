"""Compute answers: a few at a time, one worker per message, written together with their delivery.

hold the message -> begin (commands, self-assessment) -> ask the assistant, outside of any transaction
-> hold the message again -> write answer, conversation and, where nobody waits any more, the sending
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Generic, Protocol, TypeVar

import structlog
from sqlalchemy.orm import Session

from api.bridge import allowances
from api.bridge.accounts import ChannelAccount
from api.bridge.cards import card_of
from api.bridge.inbox import Inbox, Standing
from api.bridge.model import DeliveryState, Happening, Inbound, Outbound
from api.bridge.outbox import Outbox
from api.bridge.writing import Writing

AT_ONCE = 2
MOST = 10  # more than this is left in the database, to whichever worker is free
SOON = 0.4  # seconds: nobody is kept waiting for an answer that will take longer to be computed
MOST_ATTEMPTS = 3
CARD_PREFIX = "card:"
CARD_FOLLOWS = timedelta(seconds=1)
PAUSE_SECONDS = 1.0
LATELY = 4  # answers over which the time they take is averaged
SORRY = Outbound("这个问题暂时没能处理，请稍后再发一次；急事请拨打12360。")
log = structlog.get_logger("bridge")

A = TypeVar("A")
R = TypeVar("R")
Q_co = TypeVar("Q_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Said:
    """What a message is answered with, and whose it was; None says nothing."""

    outbound: Outbound | None
    account_id: str | None = None


@dataclass(frozen=True, slots=True)
class Asked(Generic[Q_co]):
    """A message that is a question: what to ask."""

    question: Q_co


class NotYet(Exception):
    """A question cannot be answered now, and can be later; ``until`` says when to try again."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__("try again later")


class Answerer(Protocol[A, R]):
    """The use case behind all channels."""

    def begin(self, session: Session, inbound: Inbound) -> Said | Asked[A]:
        """Answer a command or a step of self-assessment, or say what to ask."""

    def ask(self, question: A) -> R:
        """Ask; may take long, no transaction is open. Raises `NotYet`."""

    def end(self, session: Session, inbound: Inbound, asked: Asked[A], answer: R) -> Said:
        """Write the answer into the conversation and say it."""


class Computing(Generic[A, R]):
    """The answers one worker is computing."""

    def __init__(
        self,
        writing: Writing,
        inbox: Inbox,
        outbox: Outbox,
        answerer: Answerer[A, R],
        now: Callable[[], datetime],
        done: Callable[[], None],
        accounts: Mapping[tuple[str, str], ChannelAccount],
        cards: Collection[tuple[str, str]] = (),
    ) -> None:
        self._writing = writing
        self._inbox = inbox
        self._outbox = outbox
        self._answerer = answerer
        self._now = now
        self._done = done
        self._accounts = accounts
        self._cards = cards
        self._paused_until = 0.0
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="bridge-computing")
        self._running: dict[str, Future[Standing | None]] = {}
        self._reserved = 0
        self._takes = 0.0  # seconds an answer took lately
        self._lock = threading.Lock()

    @property
    def has_room(self) -> bool:
        """Whether one more can be taken."""
        return self.room > 0

    @property
    def room(self) -> int:
        """How many more can be taken."""
        if self.is_paused:
            return 0
        soon = int(AT_ONCE * SOON / self._takes) if self._takes else MOST
        return max(0, min(MOST, max(AT_ONCE, soon)) - len(self._running) - self._reserved)

    def reserve(self) -> bool:
        """Keep a place for a message that is about to be stored; False where there is none."""
        if not self.has_room:
            return False
        self._reserved += 1
        return True

    def give_back(self) -> None:
        """Give a reserved place back, or use it: what is started right afterwards takes it."""
        self._reserved -= 1

    @property
    def is_paused(self) -> bool:
        """Whether storing was slow a moment ago."""
        return time.monotonic() < self._paused_until

    def pause(self) -> None:
        """Take nothing new for a moment: messages come in faster than they can be accepted, and that comes first."""
        self._paused_until = time.monotonic() + PAUSE_SECONDS

    def start(self, inbound: Inbound) -> Future[Standing | None]:
        """Compute the answer to a message whose lease is held."""
        ended: Future[Standing | None] = Future()
        with self._lock:
            self._running[inbound.id] = ended
        self._pool.submit(self._compute, inbound).add_done_callback(
            lambda future: self._ended(inbound.id, future, ended)
        )
        return ended

    def running(self, message_id: str) -> Future[Standing | None] | None:
        """Return what ends with the computation of a message, if it is ours: with where the message then stands.

        None where it was another's in the end, or failed; a failure is only logged.
        """
        return self._running.get(message_id)

    def renew(self) -> None:
        """Keep the leases of everything that is being computed."""
        running = list(self._running)
        if running:
            self._writing.alone(lambda session: self._inbox.renew(session, running, self._now()))

    def give_up(self, inbound: Inbound) -> None:
        """Say sorry for a message that failed again and again; its lease is held."""

        def write(session: Session) -> None:
            if self._inbox.hold(session, inbound.id):
                self._finish(session, inbound, Said(SORRY))

        self._writing.alone(write)

    def close(self) -> None:
        """Wait for what is being computed."""
        self._pool.shutdown()

    def _compute(self, inbound: Inbound) -> Standing | None:
        started = time.monotonic()
        try:
            return self._computed(inbound)
        finally:
            self._takes += (time.monotonic() - started - self._takes) / LATELY

    def _computed(self, inbound: Inbound) -> Standing | None:
        begun = self._writing.alone(lambda session: self._begun(session, inbound))
        if not isinstance(begun, Asked):
            return begun
        try:
            answer = self._answerer.ask(begun.question)
        except NotYet as later:
            until = later.until
            return self._writing.alone(lambda session: self._inbox.put_off(session, inbound.id, until, self._now()))

        def write(session: Session) -> Standing | None:
            if not self._inbox.hold(session, inbound.id):
                return None
            return self._finish(session, inbound, self._answerer.end(session, inbound, begun, answer))

        return self._writing.alone(write)

    def _begun(self, session: Session, inbound: Inbound) -> Asked[A] | Standing | None:
        """What is to be asked, or where a message stands that is answered by now; None where it is not ours."""
        if not self._inbox.hold(session, inbound.id):
            return None
        account = self._accounts.get((inbound.address.channel, inbound.address.account))
        if account is not None:
            allowances.open_window(session, inbound, account, self._now())
        begun = self._answerer.begin(session, inbound)
        return self._finish(session, inbound, begun) if isinstance(begun, Said) else begun

    def _finish(self, session: Session, inbound: Inbound, said: Said) -> Standing:
        standing = self._inbox.answer(session, inbound.id, said.outbound, said.account_id, self._now())
        clicked = inbound.event is Happening.CARD_ACTION  # answered by a message, so that the card can change as well
        if said.outbound is not None and (standing.acknowledged or clicked):
            self.queue(session, inbound, standing, said.account_id)
            standing = replace(standing, acknowledged=True)
        if said.outbound is not None and (inbound.address.channel, inbound.address.account) in self._cards:
            self._add_card(session, inbound, said.outbound, said.account_id)
        return standing

    def _add_card(self, session: Session, inbound: Inbound, said: Outbound, account_id: str | None) -> None:
        """Leave the choices to the outbox as a card that follows the text."""
        card = None if inbound.chat else card_of(said)
        if card is not None:
            due, key = self._now() + CARD_FOLLOWS, f"{CARD_PREFIX}{inbound.id}"
            shown = Outbound(card.line, card=card)
            self._outbox.add(session, key, inbound.address, shown, self._now(), account_id=account_id, due_at=due)

    def queue(self, session: Session, inbound: Inbound, standing: Standing, account_id: str | None = None) -> None:
        """Leave an answer to the outbox, unless it is delivered already."""
        now = self._now()
        if standing.reply is not None and self._inbox.claim(session, standing.id, DeliveryState.QUEUED, now):
            key, handle = f"reply:{standing.id}", inbound.handle
            self._outbox.add(session, key, inbound.address, standing.reply, now, handle=handle, account_id=account_id)

    def _ended(self, message_id: str, future: Future[Standing | None], ended: Future[Standing | None]) -> None:
        with self._lock:
            self._running.pop(message_id, None)
        error = future.exception()
        if error is not None:
            # The lease ends by itself; another attempt follows, and after some an apology.
            log.error("answer_failed", message=message_id, error=type(error).__name__, exc_info=error)
        ended.set_result(None if error is not None else future.result())
        self._done()
