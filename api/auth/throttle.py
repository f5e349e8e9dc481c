"""How often something may be tried: sign-in and codes counted for all workers, questions for each.

Counters of sign-in live in our database under digests, so that neither names nor addresses are kept.
Counting happens in a transaction of its own: do it before the request's transaction begins.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage, Storage
from limits.strategies import FixedWindowRateLimiter, MovingWindowRateLimiter
from sqlalchemy import delete, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from api.auth.keys import Keys
from api.db import Database
from api.store import RateCounter


class Rate(StrEnum):
    """What is counted."""

    SIGN_IN_HERE = "sign_in_here"  # one account from one address
    SIGN_IN_NAME = "sign_in_name"  # one account from anywhere
    SIGN_IN_ADDRESS = "sign_in_address"  # any account from one address
    SECOND_FACTOR = "second_factor"
    CODE = "code"
    UPLOAD = "upload"
    FEEDBACK = "feedback"
    ASK = "ask"
    SEARCH = "search"


SHARED: Mapping[Rate, str] = {
    Rate.SIGN_IN_HERE: "10/15 minutes",
    Rate.SIGN_IN_NAME: "50/15 minutes",
    Rate.SIGN_IN_ADDRESS: "200/15 minutes",
    Rate.SECOND_FACTOR: "10/15 minutes",
    Rate.CODE: "30/15 minutes",
    Rate.UPLOAD: "120/15 minutes",
    Rate.FEEDBACK: "60/15 minutes",
}
WHOLE_ADDRESS = 4  # many people may share one address: it gets this many times a person's share


class TooOften(Exception):
    """Something was tried too often. ``seconds`` says when to come back."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"too often, again in {seconds} s")


class CountersInDatabase(Storage):
    """Counters of fixed windows in our database, for `limits`."""

    STORAGE_SCHEME = None

    def __init__(self, database: Database, keys: Keys, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._database = database
        self._keys = keys
        self._now = now

    @property
    def base_exceptions(self) -> type[Exception]:
        """What a broken database raises."""
        return SQLAlchemyError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count, and return the count of the present window."""
        now = self._now()
        with self._database.writing() as session:
            session.execute(delete(RateCounter).where(RateCounter.expires_at <= now))
            counter = session.scalars(
                select(RateCounter).where(RateCounter.key == self.hashed(key)).with_for_update()
            ).first()
            if counter is None:
                counter = RateCounter(key=self.hashed(key), count=0, expires_at=now + timedelta(seconds=expiry))
                session.add(counter)
            counter.count += amount
            return counter.count

    def get(self, key: str) -> int:
        """Return the count of the present window."""
        counter = self._find(key)
        return counter.count if counter else 0

    def get_expiry(self, key: str) -> float:
        """Return when the present window ends, in seconds since 1970."""
        counter = self._find(key)
        return (counter.expires_at if counter else self._now()).timestamp()

    def check(self) -> bool:
        """Whether the database answers."""
        self.get("")
        return True

    def reset(self) -> int:
        """Forget every counter."""
        with self._database.writing() as session:
            return int(session.execute(delete(RateCounter)).rowcount)  # type: ignore[attr-defined]

    def clear(self, key: str) -> None:
        """Forget one counter."""
        with self._database.writing() as session:
            session.execute(delete(RateCounter).where(RateCounter.key == self.hashed(key)))

    def hashed(self, key: str) -> str:
        """Return the digest under which a key is stored."""
        return self._keys.digest("rate", key)

    def _find(self, key: str) -> RateCounter | None:
        with self._database.reading() as session:
            statement = select(RateCounter).where(RateCounter.key == self.hashed(key))
            return session.scalars(statement.where(RateCounter.expires_at > self._now())).first()


class Throttle:
    """Counts attempts and says when it is too many."""

    def __init__(self, database: Database, keys: Keys, now: Callable[[], datetime], ask: str, search: str) -> None:
        self._counters = CountersInDatabase(database, keys, now)
        self._shared = FixedWindowRateLimiter(self._counters)
        self._own = MovingWindowRateLimiter(MemoryStorage())
        self._now = now
        self._items = {rate: parse(text) for rate, text in SHARED.items()}
        self._person = {Rate.ASK: parse(ask), Rate.SEARCH: parse(search)}
        self._address = {rate: _times(item, WHOLE_ADDRESS) for rate, item in self._person.items()}

    def count(self, rate: Rate, *who: str) -> None:
        """Count an attempt at something guarded. Raises `TooOften`."""
        item = self._items[rate]
        if not self._shared.hit(item, rate, *who):
            ends = self._shared.get_window_stats(item, rate, *who).reset_time
            raise TooOften(max(1, math.ceil(ends - self._now().timestamp())))

    def forget(self, session: Session, rate: Rate, *who: str) -> None:
        """Start a count anew within the caller's transaction: the attempt was right."""
        key = self._counters.hashed(self._items[rate].key_for(rate, *who))
        session.execute(delete(RateCounter).where(RateCounter.key == key))

    def count_use(self, rate: Rate, account_id: str, address: str) -> None:
        """Count a question or a search by person and by address. Raises `TooOften`."""
        if account_id:
            self._hit(self._person[rate], rate, "account", account_id)
        self._hit(self._address[rate], rate, "address", address)

    def _hit(self, item: RateLimitItem, *who: str) -> None:
        if not self._own.hit(item, *who):
            reset = self._own.get_window_stats(item, *who).reset_time
            raise TooOften(max(1, math.ceil(reset - time.time())))


def _times(item: RateLimitItem, factor: int) -> RateLimitItem:
    return type(item)(item.amount * factor, item.multiples, item.namespace)
