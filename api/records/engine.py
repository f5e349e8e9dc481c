"""An engine on the shared records that cannot write, cannot run long and cannot return without end.

Two locks keep it read-only. The database itself refuses (SQLite: ``mode=ro`` and ``PRAGMA query_only``;
PostgreSQL: ``default_transaction_read_only`` and, in an installation, a role with SELECT only), and a hook
refuses to send anything but a SELECT built with SQLAlchemy.
"""

from __future__ import annotations

import sqlite3
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from weakref import WeakSet

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool
from sqlalchemy.sql import visitors
from sqlalchemy.sql.selectable import SelectBase

from api.records.errors import RecordsError, WriteRefused

STEPS_BETWEEN_CHECKS = 20_000  # SQLite virtual-machine steps, a fraction of a millisecond
DEADLINE = "records_deadline"
_ALLOWED: WeakSet[Any] = WeakSet()  # compiled statements already looked through; SQLAlchemy keeps them


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may cost."""

    seconds: float = 2.0
    rows: int = 1000
    connect_seconds: int = 5


@dataclass(slots=True)
class Deadline:
    """When the statement running on one SQLite connection has to stop."""

    at: float = float("inf")

    def passed(self) -> bool:
        """Whether SQLite should interrupt the statement."""
        return time.monotonic() > self.at


def readonly_engine(url: str, limits: Limits) -> Engine:
    """Return an engine with both locks and the time limit. Raises `RecordsError` for an unknown kind of database."""
    engine = inspecting_engine(url, limits)
    event.listen(engine, "before_cursor_execute", _refuse_anything_but_select)
    return engine


def inspecting_engine(url: str, limits: Limits) -> Engine:
    """Return an engine with the database's own lock only, for reading the catalogue (`check.py`)."""
    parsed = parse_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite_engine(parsed, limits)
    return _postgresql_engine(parsed, limits)


def parse_url(url: str) -> URL:
    """Return the address of a records database; ``postgresql://`` means psycopg."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise RecordsError("the records address is not a database address") from error
    backend = parsed.get_backend_name()
    if backend == "sqlite" and parsed.database:
        return parsed
    if backend == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    raise RecordsError(f"the records must be a SQLite file or PostgreSQL, not {backend}")


def _sqlite_engine(url: URL, limits: Limits) -> Engine:
    address = f"file:{quote(str(url.database))}?mode=ro"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(address, uri=True, timeout=limits.seconds, check_same_thread=False)

    engine = create_engine(
        "sqlite://",
        creator=connect,
        poolclass=QueuePool,
        isolation_level="AUTOCOMMIT",
        pool_timeout=limits.connect_seconds,
    )
    event.listen(engine, "connect", _lock_sqlite)

    def start_clock(connection: Connection, *_: object) -> None:
        connection.info[DEADLINE].at = time.monotonic() + limits.seconds

    event.listen(engine, "before_cursor_execute", start_clock)
    return engine


def _lock_sqlite(dbapi: sqlite3.Connection, record: Any) -> None:
    dbapi.execute("PRAGMA query_only = ON")
    dbapi.execute("PRAGMA mmap_size = 2000000000")  # a scan reads the page cache instead of copying it
    deadline = record.info[DEADLINE] = Deadline()
    dbapi.set_progress_handler(deadline.passed, STEPS_BETWEEN_CHECKS)


def _postgresql_engine(url: URL, limits: Limits) -> Engine:
    milliseconds = int(limits.seconds * 1000)
    # force_custom_plan: a plan made for any parameters reads a whole table for one enterprise (measured)
    settings = {
        "default_transaction_read_only": "on",
        "statement_timeout": milliseconds,
        "plan_cache_mode": "force_custom_plan",
    }
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())
    return create_engine(
        url,
        isolation_level="AUTOCOMMIT",
        pool_timeout=limits.connect_seconds,
        connect_args={
            "options": options,
            "connect_timeout": limits.connect_seconds,
            "tcp_user_timeout": milliseconds + 1000,
        },
    )


def _refuse_anything_but_select(*call: Any) -> None:
    _, _, statement, _, context, executemany = call
    compiled = context.compiled if context else None
    if compiled is None or executemany:
        raise WriteRefused(f"the shared records are read-only; refused: {statement[:80]}")
    if compiled not in _ALLOWED:
        if not isinstance(compiled.statement, SelectBase) or _changes_data(compiled.statement):
            raise WriteRefused(f"the shared records are read-only; refused: {statement[:80]}")
        _ALLOWED.add(compiled)


def _changes_data(statement: SelectBase) -> bool:
    return any(getattr(part, "is_dml", False) for part in visitors.iterate(statement))
