"""Access tokens: one for all workers, fetched by one of them, refreshed once after a refusal, never in a loop.

A second token of an official account kills the first, the number of tokens a day is limited, and WeCom blocks
the address of whoever asks with a wrong secret again and again.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import or_, update

from api.auth.keys import Keys
from api.bridge.model import SendOutcome
from api.db import Database
from api.store import ChannelToken
from api.store.once import insert_once

FRESH = timedelta(seconds=300)  # before its end a token is replaced; both are good meanwhile
JITTER_SECONDS = 60
FETCHING = timedelta(seconds=10)
BROKEN_FOR = timedelta(minutes=10)
LOOK_EVERY = 0.05
LOOKS = 120


@dataclass(frozen=True, slots=True)
class Fetched:
    """A token as the platform gave it, or why it did not."""

    value: str = ""
    seconds: int = 0
    outcome: SendOutcome = SendOutcome.SENT
    code: str = ""


@dataclass(frozen=True, slots=True)
class TokenSource:
    """Where a token comes from. ``name`` tells apart account and secret, without telling either.

    ``fetch`` is given the token that was refused, if one was: the platform may have to be told to make another.
    """

    name: str
    fetch: Callable[[str], Fetched]


class TokenRefused(Exception):
    """There is no token now; ``outcome`` says whether to wait or to call an administrator."""

    def __init__(self, outcome: SendOutcome, code: str) -> None:
        self.outcome = outcome
        self.code = code
        super().__init__(f"no token: {code}")


def source_name(*parts: str) -> str:
    """Return the name of a source: another secret is another source, so that a mended one is tried at once."""
    return sha256("\n".join(parts).encode()).hexdigest()


class TokenStore:
    """The tokens of all accounts, in our database."""

    def __init__(self, database: Database, keys: Keys, now: Callable[[], datetime], owner: str) -> None:
        self._database = database
        self._keys = keys
        self._now = now
        self._owner = owner

    def get(self, source: TokenSource, refused: str = "") -> str:
        """Return a good token, another than ``refused``. Raises `TokenRefused`."""
        for _ in range(LOOKS):
            found = self._look(source, refused)
            if isinstance(found, str):
                return found
            if found:
                return self._fetch(source, refused)
            time.sleep(LOOK_EVERY)  # another worker is fetching
        raise TokenRefused(SendOutcome.LATER, "token awaited too long")

    def break_off(self, source: TokenSource, code: str) -> None:
        """Ask nothing more for a while: a new token was refused as well."""
        with self._database.writing() as session:
            session.execute(
                update(ChannelToken)
                .where(ChannelToken.name == source.name)
                .values(broken_until=self._now() + BROKEN_FOR, code=code, value=None, expires_at=None)
            )

    def _look(self, source: TokenSource, refused: str) -> str | bool:
        """The token, True for "fetch one", False for "wait"."""
        now = self._now()
        with self._database.reading() as session:
            row = session.get(ChannelToken, source.name)
        if row is not None and row.broken_until is not None and row.broken_until > now:
            raise TokenRefused(SendOutcome.WRONG_CONFIG, row.code)
        held = self._good(row, refused, now)
        if held and self._lasts(row, now):
            return held
        if self._take(source.name, now):
            return True
        return held or False

    def _good(self, row: ChannelToken | None, refused: str, now: datetime) -> str:
        if row is None or row.value is None or row.expires_at is None or row.expires_at <= now:
            return ""
        value = self._keys.unseal(row.value) or ""
        return "" if value == refused else value

    def _take(self, name: str, now: datetime) -> bool:
        with self._database.writing() as session:
            insert_once(session, ChannelToken, {"name": name, "code": ""})
            taken = session.execute(
                update(ChannelToken)
                .where(
                    ChannelToken.name == name, or_(ChannelToken.lease_until.is_(None), ChannelToken.lease_until <= now)
                )
                .values(lease_owner=self._owner, lease_until=now + FETCHING)
            )
            return bool(taken.rowcount)  # type: ignore[attr-defined]

    def _fetch(self, source: TokenSource, refused: str) -> str:
        """Fetch a token with the lease held, unless another worker did so just before."""
        now = self._now()
        with self._database.reading() as session:
            row = session.get(ChannelToken, source.name)
        held = self._good(row, refused, now)
        if held and self._lasts(row, now):
            self._keep(source.name, None, now)
            return held
        fetched = source.fetch(refused)
        self._keep(source.name, fetched, now)
        if fetched.value:
            return fetched.value
        if held:
            return held  # the old one is good for some minutes yet
        raise TokenRefused(fetched.outcome, fetched.code)

    def _keep(self, name: str, fetched: Fetched | None, now: datetime) -> None:
        values: dict[str, object] = {"lease_owner": None, "lease_until": None}
        if fetched is not None and fetched.value:
            until = now + timedelta(seconds=fetched.seconds)
            values |= {"value": self._keys.seal(fetched.value), "expires_at": until, "broken_until": None, "code": ""}
        elif fetched is not None and fetched.outcome is SendOutcome.WRONG_CONFIG:
            values |= {"broken_until": now + BROKEN_FOR, "code": fetched.code}
        with self._database.writing() as session:
            session.execute(
                update(ChannelToken)
                .where(ChannelToken.name == name, ChannelToken.lease_owner == self._owner)
                .values(**values)
            )

    @staticmethod
    def _lasts(row: ChannelToken | None, now: datetime) -> bool:
        """Whether a token need not be replaced yet; not all workers find so in the same second."""
        early = FRESH + timedelta(seconds=secrets.randbelow(JITTER_SECONDS))
        return row is not None and row.expires_at is not None and row.expires_at - now > early
