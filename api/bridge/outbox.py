"""What is to be sent: written with the answer in one transaction, sent by one worker, in state known or unknown."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, and_, delete, or_, select, tuple_, update
from sqlalchemy.orm import Session

from api.auth.keys import Keys
from api.bridge.errors import SealBroken
from api.bridge.model import Address, Channel, Outbound, ReplyHandle, SendOutcome, SendResult
from api.bridge.packing import pack_outbound, unpack_outbound
from api.store import ChannelSending
from api.store.base import new_id
from api.store.once import insert_once

KEPT_FOR = timedelta(hours=24)
# After so many attempts a sending that failed for a passing reason is given up.
BACKOFF = (timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=3), timedelta(minutes=10))
CLAIMED_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Sending:
    """One thing to be sent."""

    id: str
    key: str
    address: Address
    said: Outbound
    handle: ReplyHandle | None
    account_id: str | None
    attempts: int
    expires_at: datetime
    was_written: bool = False  # by a worker that died before it noted how it ended


class Outbox:
    """The outbox as one worker sees it."""

    def __init__(self, keys: Keys, owner: str, lease: timedelta) -> None:
        self._keys = keys
        self._owner = owner
        self._lease = lease

    def add(
        self,
        session: Session,
        key: str,
        address: Address,
        said: Outbound,
        now: datetime,
        *,
        handle: ReplyHandle | None = None,
        account_id: str | None = None,
        due_at: datetime | None = None,
    ) -> bool:
        """Write something to be sent; False where the same ``key`` was written before."""
        values = {
            "id": new_id(),
            "idempotency_key": key,
            "channel": address.channel,
            "account": address.account,
            "peer": address.peer,
            "account_id": account_id,
            "content": self._keys.seal(pack_outbound(said, handle)),
            "created_at": now,
            "due_at": due_at or now,
            "expires_at": (due_at or now) + KEPT_FOR,
            "attempts": 0,
            "state": "waiting",
            "code": "",
            "platform_id": "",
        }
        return insert_once(session, ChannelSending, values)

    def is_due(self, session: Session, accounts: Collection[tuple[str, str]], now: datetime) -> bool:
        """Whether anything is due on these accounts."""
        return session.scalars(_due(accounts, now).limit(1)).first() is not None

    def claim(self, session: Session, accounts: Collection[tuple[str, str]], now: datetime) -> list[Sending]:
        """Take what is due on these accounts; nobody else sends it while the lease holds."""
        due = _due(accounts, now).limit(CLAIMED_AT_ONCE).with_for_update(skip_locked=True)
        rows = list(session.scalars(due))
        for row in rows:
            row.lease_owner, row.lease_until = self._owner, now + self._lease
            row.attempts += 1
        session.flush()
        return [self._sending(row) for row in rows]

    def note_writing(self, session: Session, sending: Sending) -> bool:
        """Note that the sending is about to be written to the platform; False where the lease was lost."""
        noted = session.execute(
            update(ChannelSending)
            .where(
                ChannelSending.id == sending.id,
                ChannelSending.lease_owner == self._owner,
                ChannelSending.state == "waiting",
            )
            .values(code=_WRITTEN)
        )
        return bool(noted.rowcount)  # type: ignore[attr-defined]

    def finish(self, session: Session, sending: Sending, result: SendResult, now: datetime) -> bool:
        """Note how the attempt ended; False where it will be tried again."""
        retry = result.outcome is SendOutcome.LATER and sending.attempts <= len(BACKOFF) and sending.expires_at > now
        if retry:
            self.put_off(session, sending, now + BACKOFF[sending.attempts - 1], result.code)
            return False
        done = result.outcome is SendOutcome.SENT
        values = {
            "state": "sent" if done else "unknown" if result.outcome is SendOutcome.UNKNOWN else "failed",
            "code": result.code[:40],
            "platform_id": result.message_id[:64],
            "sent_at": now if done else None,
            "lease_owner": None,
            "lease_until": None,
        }
        session.execute(update(ChannelSending).where(ChannelSending.id == sending.id).values(**values))
        return True

    def put_off(self, session: Session, sending: Sending, until: datetime, code: str = "") -> None:
        """Try again later."""
        values = {"due_at": until, "code": code[:40], "lease_owner": None, "lease_until": None}
        session.execute(update(ChannelSending).where(ChannelSending.id == sending.id).values(**values))

    def drop(self, session: Session, address: Address) -> None:
        """Send nothing more of what waits for a person."""
        session.execute(
            delete(ChannelSending).where(
                and_(
                    ChannelSending.channel == address.channel,
                    ChannelSending.account == address.account,
                    ChannelSending.peer == address.peer,
                    ChannelSending.state == "waiting",
                )
            )
        )

    def _sending(self, row: ChannelSending) -> Sending:
        opened = self._keys.unseal(row.content)
        if opened is None:
            raise SealBroken("a stored message cannot be opened: was CREDIT_SECRET_KEY changed?")
        said, handle = unpack_outbound(opened)
        address = Address(Channel(row.channel), row.account, row.peer)
        return Sending(
            row.id,
            row.idempotency_key,
            address,
            said or Outbound(""),
            handle,
            row.account_id,
            row.attempts,
            row.expires_at,
            row.code == _WRITTEN,
        )


_WRITTEN = "written"


def _due(accounts: Collection[tuple[str, str]], now: datetime) -> Select[ChannelSending]:
    return (
        select(ChannelSending)
        .where(
            ChannelSending.state == "waiting",
            ChannelSending.due_at <= now,
            or_(ChannelSending.lease_until.is_(None), ChannelSending.lease_until <= now),
            tuple_(ChannelSending.channel, ChannelSending.account).in_(list(accounts)),
        )
        .order_by(ChannelSending.due_at)
    )
