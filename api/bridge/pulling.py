"""Pull messages of WeCom customer service: wanted by a callback, done by one process per service account.

The callback is answered at once; where the pull ended is written together with the messages it brought, so that
a process that dies in between pulls them again and the inbox knows them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from api.bridge import leases
from api.bridge.accounts import ChannelAccount
from api.bridge.adapters.base import Pull
from api.bridge.adapters.wecom_kf import Pulled, WecomCustomerService
from api.bridge.inbox import Inbox
from api.bridge.model import SendOutcome
from api.db import Database
from api.store import ChannelLease
from api.store.once import insert_once

PULLING = timedelta(seconds=30)
WORD_GOOD_FOR = timedelta(minutes=10)
MOST_REQUESTS = 20


def want_pull(session: Session, account: ChannelAccount, pull: Pull, now: datetime) -> None:
    """Note that messages lie ready; the word of the platform is kept beside, it is good for ten minutes."""
    name = lease_name(account, pull.place)
    insert_once(session, ChannelLease, {"name": name, "position": ""})
    session.execute(update(ChannelLease).where(ChannelLease.name == name).values(wanted_at=now))
    word = f"{name}:word"
    insert_once(session, ChannelLease, {"name": word, "position": ""})
    session.execute(update(ChannelLease).where(ChannelLease.name == word).values(position=pull.word, until=now))


def lease_name(account: ChannelAccount, place: str) -> str:
    """Return the name under which a service account's pulls are known."""
    return f"pull:{account.account}:{place}"[:150]


class Puller:
    """Pulls for one customer service account, on one worker."""

    def __init__(
        self,
        adapter: WecomCustomerService,
        database: Database,
        inbox: Inbox,
        now: Callable[[], datetime],
    ) -> None:
        self._adapter = adapter
        self._database = database
        self._inbox = inbox
        self._now = now
        self._prefix = lease_name(adapter.account, "")

    def pull_wanted(self) -> int:
        """Pull wherever messages lie ready and nobody pulls; return how many new messages came."""
        with self._database.reading() as session:
            wanted = session.scalars(
                select(ChannelLease.name).where(
                    ChannelLease.wanted_at.is_not(None), ChannelLease.name.startswith(self._prefix, autoescape=True)
                )
            ).all()
        return sum(self._pull(name) for name in wanted)

    def _pull(self, name: str) -> int:
        with self._database.writing() as session:
            now = self._now()
            if not leases.take(session, name, self._inbox.owner, now, PULLING):
                return 0
            row = session.get_one(ChannelLease, name, populate_existing=True)
            wanted_at, cursor = row.wanted_at, row.position
            word = session.get(ChannelLease, f"{name}:word", populate_existing=True)
            fresh = word is not None and word.until is not None and now - word.until < WORD_GOOD_FOR
            spoken = word.position if word is not None and fresh else ""
        place, count = name.removeprefix(self._prefix), 0
        for _ in range(MOST_REQUESTS):
            pulled = self._adapter.pull(place, cursor, spoken, self._now())
            if pulled.outcome is not SendOutcome.SENT:
                break
            stored = self._store(name, pulled)
            if stored is None:
                return count  # the lease was lost: whoever has it goes on
            count, cursor = count + stored, pulled.cursor
            if not pulled.more:
                break
        self._end(name, wanted_at, done=pulled.outcome is not SendOutcome.LATER)
        return count

    def _store(self, name: str, pulled: Pulled) -> int | None:
        with self._database.writing() as session:
            now = self._now()
            if not leases.move(session, name, self._inbox.owner, pulled.cursor):
                return None
            new = 0
            for inbound in pulled.inbounds:
                standing = self._inbox.accept(session, inbound, now, take=False, passive=False)
                new += standing.new
            return new

    def _end(self, name: str, wanted_at: datetime | None, *, done: bool) -> None:
        with self._database.writing() as session:
            if done:  # unless a callback came meanwhile
                statement = update(ChannelLease).where(ChannelLease.name == name, ChannelLease.wanted_at == wanted_at)
                session.execute(statement.values(wanted_at=None))
            leases.give_up(session, name, self._inbox.owner)
