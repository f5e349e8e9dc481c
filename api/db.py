"""Our own database: how it is opened, and what one transaction is.

A reading transaction cannot write on either engine. A writing one takes SQLite's write lock at its first
statement: a transaction that begins by reading and writes later would fail as soon as another has
written in between, whatever the time-out.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session

BUSY_SECONDS = 10
WRITING = "credit_writing"
QUERY_ONLY = "credit_query_only"  # what was said last on a connection


class DatabaseError(Exception):
    """The address of the database cannot be used; the message says why."""


class KeepsWork(Exception):
    """An error after which the transaction is committed all the same: a refusal that leaves a trace."""


class Database:
    """Opens transactions. Made once per process."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._reading = engine.execution_options(**_reading_options(engine))
        self._writing = engine.execution_options(**{WRITING: True})

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that can read; it is rolled back at the end."""
        with Session(self._reading) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a session that is committed at the end, and rolled back by any error but `KeepsWork`."""
        with Session(self._writing, expire_on_commit=False) as session:
            try:
                yield session
            except KeepsWork:
                session.commit()
                raise
            session.commit()

    def shrink(self) -> None:
        """Empty SQLite's write-ahead log, so that what was deleted is not left in it."""
        if self.engine.dialect.name == "sqlite":
            with self.engine.connect() as connection:
                connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def open_database(url: str) -> Database:
    """Return the database at ``url``; nothing is connected yet. Raises `DatabaseError`."""
    parsed = parse_url(url)
    if parsed.get_backend_name() == "sqlite":
        return Database(_sqlite_engine(parsed))
    # Values never reach a log through an error message.
    return Database(create_engine(parsed, pool_pre_ping=True, hide_parameters=True))


def parse_url(url: str) -> URL:
    """Return the address of our database; ``postgresql://`` means psycopg. Raises `DatabaseError`."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise DatabaseError("the database address is not one: write sqlite:///FILE or postgresql://…") from error
    backend = parsed.get_backend_name()
    if backend == "sqlite" and parsed.database and parsed.database != ":memory:":
        return parsed
    if backend == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    raise DatabaseError(f"the database must be a SQLite file or PostgreSQL, not {backend}")


def _sqlite_engine(url: URL) -> Engine:
    Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS}, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(dbapi: Any, _: object) -> None:
    dbapi.isolation_level = None  # we say BEGIN ourselves
    for pragma in (
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
        "recursive_triggers = ON",  # otherwise REPLACE deletes an audit row without asking its trigger
        "secure_delete = ON",  # what is deleted is overwritten, not left in free pages
    ):
        dbapi.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    reading = "credit_reading" in options
    if connection.info.get(QUERY_ONLY) is not reading:
        connection.exec_driver_sql(f"PRAGMA query_only = {int(reading)}")
        connection.info[QUERY_ONLY] = reading
    connection.exec_driver_sql("BEGIN IMMEDIATE" if WRITING in options else "BEGIN")


def _reading_options(engine: Engine) -> dict[str, Any]:
    return {"postgresql_readonly": True} if engine.dialect.name == "postgresql" else {"credit_reading": True}
