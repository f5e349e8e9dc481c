"""Tell a person something without being asked: kept in the site's inbox, sent in a channel where one carries it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from api.bridge.model import Address, Channel, Notice, Outbound
from api.bridge.outbox import Outbox
from api.store import ChannelBinding
from api.store import Notice as NoticeRow
from api.store.base import new_id
from api.store.once import insert_once
from api.usecases.channels.ground import after_quiet_hours

SENT_AT_ONCE = 50
LONGEST = 900


def notify(
    session: Session,
    account_id: str,
    key: str,
    kind: str,
    text: str,
    now: datetime,
    *,
    uscc: str | None = None,
    link: str = "",
    urgent: bool = False,
    due: datetime | None = None,
    by_channel: bool = True,
) -> bool:
    """Tell a person something once; ``key`` names it. Quiet hours are kept unless it is urgent.

    With ``due`` it is written ahead, and told from then on. Without ``by_channel`` it stays in the site's inbox.
    """
    values = {
        "id": new_id(),
        "account_id": account_id,
        "uscc": uscc,
        "key": key[:120],
        "kind": kind,
        "text": text[:LONGEST],
        "link": link[:300],
        "created_at": due or now,
        "due_at": due or (now if urgent else after_quiet_hours(now)),
        "sent_at": None if by_channel else now,
    }
    return insert_once(session, NoticeRow, values)


def send_notices(session: Session, outbox: Outbox, now: datetime) -> int:
    """Leave the notices that are due to the outbox, each to one channel of its person; return how many."""
    due = (
        select(NoticeRow)
        .where(NoticeRow.sent_at.is_(None), NoticeRow.due_at <= now)
        .order_by(NoticeRow.created_at)
        .limit(SENT_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    rows = list(session.scalars(due))
    for row in rows:
        row.sent_at = now
        address = reached_at(session, row.account_id)
        if address is not None:
            notice = Notice(row.kind, {"text": row.text, "time": f"{now:%Y-%m-%d}"})
            link = row.link if "://" in row.link else ""  # an address on this site leads nowhere from a channel
            said = Outbound(row.text, link=link, notice=notice)
            outbox.add(session, f"notice:{row.id}", address, said, now, account_id=row.account_id)
    session.flush()
    return len(rows)


def reached_at(session: Session, account_id: str) -> Address | None:
    """Return where a person is reached in a channel: the binding made last that is not cut off."""
    statement = (
        select(ChannelBinding)
        .where(ChannelBinding.account_id == account_id, ChannelBinding.unreachable_at.is_(None))
        .order_by(ChannelBinding.bound_at.desc(), ChannelBinding.id)
        .limit(1)
    )
    binding = session.scalars(statement).first()
    return Address(Channel(binding.channel), binding.account, binding.peer) if binding else None


def list_notices(session: Session, account_id: str, now: datetime, most: int = 50) -> Sequence[NoticeRow]:
    """Return a person's notices, the latest first."""
    statement = select(NoticeRow).where(NoticeRow.account_id == account_id, NoticeRow.created_at <= now)
    return session.scalars(statement.order_by(NoticeRow.created_at.desc(), NoticeRow.id).limit(most)).all()


def count_unread(session: Session, account_id: str, now: datetime) -> int:
    """Return how many notices a person has not read."""
    unread = (NoticeRow.account_id == account_id, NoticeRow.read_at.is_(None), NoticeRow.created_at <= now)
    return session.scalars(select(func.count()).select_from(NoticeRow).where(*unread)).one()


def note_read(session: Session, account_id: str, now: datetime) -> None:
    """Note that a person has read everything so far."""
    unread = (NoticeRow.account_id == account_id, NoticeRow.read_at.is_(None), NoticeRow.created_at <= now)
    session.execute(update(NoticeRow).where(*unread).values(read_at=now))
