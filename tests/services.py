"""The shared parts of an application for tests: a real database in a folder, quick hashing, a clock that is set."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from httpx2 import Response
from pwdlib.hashers.argon2 import Argon2Hasher
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from api.auth.audit import Trail
from api.auth.csrf import HEADER, new_csrf
from api.auth.keys import Keys
from api.auth.oidc import OidcClient
from api.auth.passwords import Passwords
from api.auth.throttle import Throttle
from api.db import Database, open_database
from api.records.reader import Records
from api.services import Services
from api.store.schema import migrate

SECRET = "Zk3-tests-only-9fQm7xWv2LrB8nTyHc"
MANY = "100000/minute"
START = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)  # 09:30 in China on the day of the tests


@dataclass
class Clock:
    """A clock that moves when a test says so."""

    at: datetime = field(default=START)

    def __call__(self) -> datetime:
        return self.at

    def pass_(self, **time: float) -> None:
        """Let time go by."""
        self.at += timedelta(**time)


def quick_hasher() -> Argon2Hasher:
    """Argon2 with the least work: for tests only."""
    return Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1)


class VisitorClient(TestClient):
    """A visitor's browser whose every request carries the token of a page of ours, whatever happens to its cookies."""

    def __init__(self, app: ASGIApp, keys: Keys) -> None:
        super().__init__(app)
        self.headers[HEADER] = new_csrf(keys, "a-visit")

    def request(self, *arguments: Any, **options: Any) -> Response:
        """Send a request with the cookie that the token is bound to."""
        self.cookies.set("visit", "a-visit", domain="testserver.local", path="/")
        return super().request(*arguments, **options)


def make_services(
    folder: Path,
    clock: Clock | None = None,
    *,
    database: Database | None = None,
    records: Records | None = None,
    ask: str = MANY,
    public_url: str = "",
    oidc: OidcClient | None = None,
) -> Services:
    """Return services over a migrated database, by default SQLite in ``folder``."""
    clock = clock or Clock()
    if database is None:
        database = open_database(f"sqlite:///{folder / 'credit.db'}")
        migrate(database)
    keys = Keys(SECRET)
    return Services(
        database=database,
        records=records,
        keys=keys,
        trail=Trail(keys),
        passwords=Passwords(quick_hasher()),
        throttle=Throttle(database, keys, clock, ask, MANY),
        now=clock,
        files=folder / "enterprises",
        public_url=public_url,
        oidc=oidc,
    )
