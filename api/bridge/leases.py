"""Work that one process does at a time: pulling messages, holding a bot's connection, what the clock asks for."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from api.store import ChannelLease
from api.store.once import insert_once


def take(session: Session, name: str, owner: str, now: datetime, length: timedelta) -> bool:
    """Take or keep a lease; False while another process holds it."""
    insert_once(session, ChannelLease, {"name": name, "position": ""})
    taken = session.execute(
        update(ChannelLease)
        .where(
            ChannelLease.name == name,
            or_(ChannelLease.until.is_(None), ChannelLease.until <= now, ChannelLease.owner == owner),
        )
        .values(owner=owner, until=now + length)
    )
    return bool(taken.rowcount)  # type: ignore[attr-defined]


def give_up(session: Session, name: str, owner: str, until: datetime | None = None) -> None:
    """Give a lease back; with ``until`` nobody takes it before."""
    session.execute(
        update(ChannelLease)
        .where(ChannelLease.name == name, ChannelLease.owner == owner)
        .values(owner=None, until=until)
    )


def position(session: Session, name: str) -> str:
    """Return how far the work has come."""
    row = session.get(ChannelLease, name, populate_existing=True)
    return row.position if row else ""


def move(session: Session, name: str, owner: str, to: str) -> bool:
    """Note how far the work has come; False where the lease was lost meanwhile."""
    moved = session.execute(
        update(ChannelLease).where(ChannelLease.name == name, ChannelLease.owner == owner).values(position=to)
    )
    return bool(moved.rowcount)  # type: ignore[attr-defined]
