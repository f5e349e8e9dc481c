"""Messages that came in: accepted once, computed by whoever holds the lease, delivered once.

Every change is one conditional UPDATE, so that it makes no difference which worker a delivery, a repetition or
the sweeper runs on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, Row, Table, and_, func, or_, select, update
from sqlalchemy.orm import Session

from api.auth.keys import Keys
from api.bridge.errors import SealBroken
from api.bridge.model import DeliveryState, Inbound, Outbound
from api.bridge.packing import pack_inbound, pack_outbound, unpack_inbound, unpack_outbound
from api.store import ChannelMessage
from api.store.once import insert_each_once

SWEPT_AT_ONCE = 20
# The table itself, not its objects: this is the path every callback takes.
MESSAGE = cast(Table, ChannelMessage.__table__)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a message stands. ``mine`` says that this worker has to compute the answer now."""

    id: str
    new: bool = False
    mine: bool = False
    answered: bool = False
    reply: Outbound | None = None
    delivery: DeliveryState | None = None
    acknowledged: bool = False


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message as it came in; ``take`` and ``passive`` as in `Inbox.accept`."""

    inbound: Inbound
    at: datetime
    take: bool
    passive: bool


class Inbox:
    """The inbox as one worker sees it. ``owner`` names the worker."""

    def __init__(self, keys: Keys, owner: str, lease: timedelta) -> None:
        self._keys = keys
        self.owner = owner
        self._lease = lease

    def accept(
        self, session: Session, inbound: Inbound, now: datetime, *, take: bool = True, passive: bool = True
    ) -> Standing:
        """Store a message unless it is there already, and say where it stands; ``take`` it if it is free.

        Without ``passive`` nobody waits for the answer: it is always sent.
        """
        return self.accept_all(session, [Arrival(inbound, now, take, passive)])[0]

    def accept_all(self, session: Session, arrivals: list[Arrival]) -> list[Standing]:
        """Store messages that came in at the same time, each as `accept` does."""
        ordered = sorted(arrivals, key=lambda arrival: arrival.inbound.dedupe_key)
        new = insert_each_once(session, ChannelMessage, [self._row(arrival) for arrival in ordered])
        return [
            Standing(arrival.inbound.id, new=True, mine=arrival.take, acknowledged=not arrival.passive)
            if arrival.inbound.id in new
            else self._known(session, arrival)
            for arrival in arrivals
        ]

    def _row(self, arrival: Arrival) -> dict[str, object]:
        inbound, now, take = arrival.inbound, arrival.at, arrival.take
        return {
            "id": inbound.id,
            "channel": inbound.address.channel,
            "account": inbound.address.account,
            "dedupe_key": inbound.dedupe_key,
            "peer": inbound.address.peer,
            "content": self._keys.seal(pack_inbound(inbound)),
            "received_at": now,
            "attempts": 1 if take else 0,
            "lease_owner": self.owner if take else None,
            "lease_until": now + self._lease if take else None,
            "acknowledged_at": None if arrival.passive else now,
        }

    def _known(self, session: Session, arrival: Arrival) -> Standing:
        row = session.execute(select(*MESSAGE.c).where(_same(arrival.inbound))).one()
        return self._standing(session, row, arrival.at, take=arrival.take)

    def look(self, session: Session, message_id: str, now: datetime, *, take: bool = False) -> Standing:
        """Say where a message stands; ``take`` it if nobody computes it."""
        row = session.execute(select(*MESSAGE.c).where(MESSAGE.c.id == message_id)).first()
        if row is None:  # erased meanwhile, with the person it came from
            return Standing(message_id, answered=True, delivery=DeliveryState.NONE)
        return self._standing(session, row, now, take=take)

    def take(self, session: Session, message_id: str, now: datetime) -> bool:
        """Take the lease of a message that is to be computed and that nobody holds."""
        taken = session.execute(
            update(MESSAGE)
            .where(MESSAGE.c.id == message_id, MESSAGE.c.answered_at.is_(None), _is_free(now))
            .values(lease_owner=self.owner, lease_until=now + self._lease, attempts=MESSAGE.c.attempts + 1)
        )
        return bool(taken.rowcount)  # type: ignore[attr-defined]

    def renew(self, session: Session, message_ids: Iterable[str], now: datetime) -> None:
        """Keep the leases of messages that are still being computed."""
        session.execute(
            update(MESSAGE)
            .where(MESSAGE.c.id.in_(list(message_ids)), self._is_mine())
            .values(lease_until=now + self._lease)
        )

    def hold(self, session: Session, message_id: str) -> bool:
        """Whether the answer may still be written by this worker; nobody else can until the end of the transaction."""
        held = session.execute(
            update(MESSAGE).where(MESSAGE.c.id == message_id, self._is_mine()).values(lease_owner=self.owner)
        )
        return bool(held.rowcount)  # type: ignore[attr-defined]

    def put_off(self, session: Session, message_id: str, until: datetime, now: datetime) -> Standing:
        """Leave a message of ours until later, to whoever is free then; it does not count as an attempt."""
        put_off = (
            update(MESSAGE)
            .where(MESSAGE.c.id == message_id, self._is_mine())
            .values(lease_owner=None, lease_until=until, attempts=0, acknowledged_at=now)
        )
        session.execute(put_off)
        return Standing(message_id, acknowledged=True)

    def answer(
        self, session: Session, message_id: str, reply: Outbound | None, account_id: str | None, now: datetime
    ) -> Standing:
        """Store the answer of a message held; return where it stands, so that it can be delivered."""
        values: dict[str, object] = {"answered_at": now, "account_id": account_id}
        values["reply"] = self._keys.seal(pack_outbound(reply))
        if reply is None:
            values |= {"delivery": DeliveryState.NONE, "delivered_at": now}
        answered = update(MESSAGE).where(MESSAGE.c.id == message_id).values(**values)
        acknowledged_at = session.execute(answered.returning(MESSAGE.c.acknowledged_at)).scalar_one()
        delivery = DeliveryState.NONE if reply is None else None
        acknowledged = acknowledged_at is not None
        return Standing(message_id, answered=True, reply=reply, delivery=delivery, acknowledged=acknowledged)

    def claim(self, session: Session, message_id: str, state: DeliveryState, now: datetime) -> bool:
        """Deliver an answer: True for exactly one caller."""
        claimed = session.execute(
            update(MESSAGE)
            .where(
                MESSAGE.c.id == message_id,
                MESSAGE.c.delivery.is_(None),
                MESSAGE.c.answered_at.is_not(None),
            )
            .values(delivery=state, delivered_at=now)
        )
        return bool(claimed.rowcount)  # type: ignore[attr-defined]

    def claim_all(self, session: Session, claims: list[tuple[str, datetime]]) -> list[bool]:
        """Deliver answers with their callbacks, each as `claim` does."""
        claimed = session.scalars(
            update(MESSAGE)
            .where(
                MESSAGE.c.id.in_([message_id for message_id, _ in claims]),
                MESSAGE.c.delivery.is_(None),
                MESSAGE.c.answered_at.is_not(None),
            )
            .values(delivery=DeliveryState.PASSIVE, delivered_at=max(at for _, at in claims))
            .returning(MESSAGE.c.id)
        )
        won = set(claimed)
        return [message_id in won for message_id, _ in claims]

    def acknowledge(self, session: Session, message_id: str, now: datetime) -> Standing:
        """Note that the platform is told to wait no longer; with the answer, where it came just now."""
        session.execute(
            update(MESSAGE)
            .where(MESSAGE.c.id == message_id, MESSAGE.c.answered_at.is_(None))
            .values(acknowledged_at=now)
        )
        return self.look(session, message_id, now)

    def list_free(self, session: Session, now: datetime, most: int = SWEPT_AT_ONCE) -> list[tuple[Inbound, int]]:
        """Return messages nobody computes, the oldest first, and how often each was tried."""
        statement = (
            select(*MESSAGE.c)
            .where(MESSAGE.c.delivery.is_(None), MESSAGE.c.answered_at.is_(None), _is_free(now))
            .order_by(MESSAGE.c.received_at)
            .limit(most)
        )
        return [(self._inbound(row), row.attempts) for row in session.execute(statement)]

    def list_undelivered(self, session: Session, now: datetime, after: timedelta) -> list[tuple[Inbound, Standing]]:
        """Return answered messages that no repetition fetched within ``after``, or that were acknowledged."""
        statement = (
            select(*MESSAGE.c)
            .where(
                MESSAGE.c.delivery.is_(None),
                MESSAGE.c.answered_at.is_not(None),
                or_(MESSAGE.c.acknowledged_at.is_not(None), MESSAGE.c.received_at < now - after),
            )
            .order_by(MESSAGE.c.received_at)
            .limit(SWEPT_AT_ONCE)
        )
        return [
            (self._inbound(row), self._standing(session, row, now, take=False)) for row in session.execute(statement)
        ]

    def last_received(self, session: Session, channel: str, account: str) -> datetime | None:
        """Return when an account's last message came in."""
        mine = and_(MESSAGE.c.channel == channel, MESSAGE.c.account == account)
        latest: datetime | None = session.scalar(select(func.max(MESSAGE.c.received_at)).where(mine))
        return latest

    def _standing(self, session: Session, row: Row[Any], now: datetime, *, take: bool) -> Standing:
        if row.answered_at is None:
            mine = take and self.take(session, row.id, now)
            return Standing(row.id, mine=mine, acknowledged=row.acknowledged_at is not None)
        reply = unpack_outbound(self._unsealed(row.reply))[0]
        delivery = DeliveryState(row.delivery) if row.delivery else None
        return Standing(
            row.id, answered=True, reply=reply, delivery=delivery, acknowledged=row.acknowledged_at is not None
        )

    def _inbound(self, row: Row[Any]) -> Inbound:
        return unpack_inbound(self._unsealed(row.content))

    def _unsealed(self, sealed: str | None) -> str:
        opened = self._keys.unseal(sealed or "")
        if opened is None:
            raise SealBroken("a stored message cannot be opened: was CREDIT_SECRET_KEY changed?")
        return opened

    def _is_mine(self) -> ColumnElement[bool]:
        return and_(MESSAGE.c.lease_owner == self.owner, MESSAGE.c.answered_at.is_(None))


def _is_free(now: datetime) -> ColumnElement[bool]:
    return or_(MESSAGE.c.lease_until.is_(None), MESSAGE.c.lease_until <= now)


def _same(inbound: Inbound) -> ColumnElement[bool]:
    address = inbound.address
    return and_(
        MESSAGE.c.channel == address.channel,
        MESSAGE.c.account == address.account,
        MESSAGE.c.dedupe_key == inbound.dedupe_key,
    )
