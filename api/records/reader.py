"""Read rows from the shared records: capped, timed, once more after a dropped connection, or not at all.

A `Records` is opened once per process; a `Reader` lives as long as one question and uses one connection.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from sqlalchemy import CompoundSelect, Connection, Engine, Row, Select
from sqlalchemy.exc import DBAPIError, ResourceClosedError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from api.records.engine import Limits, readonly_engine
from api.records.errors import NotHeld, QueryTooSlow, RecordsUnavailable
from api.records.mapping import Tables, load_tables

T = TypeVar("T")
Query = Select[Any] | CompoundSelect[Any]
QUERY_CANCELED = "57014"
UNDEFINED = {"42P01", "42703", "3F000"}  # table, column, schema


class Rows(tuple[T, ...]):
    """Rows of one query. ``truncated`` says that the cap cut some off."""

    truncated: bool

    def __new__(cls, items: Iterable[T] = (), *, truncated: bool = False) -> Rows[T]:
        """Return a tuple that remembers whether it is complete."""
        rows = super().__new__(cls, items)
        rows.truncated = truncated
        return rows


class Records:
    """The shared records database of this installation."""

    def __init__(self, engine: Engine, tables: Tables, limits: Limits) -> None:
        self.engine = engine
        self.tables = tables
        self.limits = limits
        self.name_index: bool | None = None  # learned at the first name search
        self.selects: dict[type, Select[Any]] = {}  # by kind of record, see `gateway/source.py`

    @contextmanager
    def reader(self) -> Iterator[Reader]:
        """Give a reader and return its connection to the pool afterwards."""
        reader = Reader(self)
        try:
            yield reader
        finally:
            reader.close()

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def open_records(url: str, mapping: Path | None = None, limits: Limits | None = None) -> Records:
    """Return the records at ``url``; nothing is connected before the first question."""
    limits = limits or Limits()
    return Records(readonly_engine(url, limits), load_tables(mapping), limits)


class Reader:
    """Runs the queries of one question. ``rows_read`` and ``seconds`` say what they cost."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self.tables = records.tables
        self.rows_read = 0
        self.seconds = 0.0
        self._connection: Connection | None = None

    def rows(self, statement: Query, *, cap: int | None = None) -> Rows[Row[Any]]:
        """Return at most ``cap`` rows (never more than the limit). Raises `RecordsUnavailable`."""
        cap = min(cap or self.records.limits.rows, self.records.limits.rows)
        started = time.perf_counter()
        try:
            found = self._once_more(statement.limit(cap + 1))
        finally:
            self.seconds += time.perf_counter() - started
        self.rows_read += min(len(found), cap)
        return Rows(found[:cap], truncated=len(found) > cap)

    def first(self, statement: Query) -> Row[Any] | None:
        """Return the first row or None."""
        found = self.rows(statement, cap=1)
        return found[0] if found else None

    def close(self) -> None:
        """Give the connection back."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _once_more(self, statement: Query) -> list[Row[Any]]:
        try:
            return self._fetch(statement)
        except (DBAPIError, ResourceClosedError, PoolTimeout) as error:
            self.close()
            if not _is_dropped(error):
                _raise_plainly(error)
        try:
            return self._fetch(statement)
        except (DBAPIError, PoolTimeout) as error:
            self.close()
            _raise_plainly(error)

    def _fetch(self, statement: Query) -> list[Row[Any]]:
        if self._connection is None:
            self._connection = self.records.engine.connect()
        return list(self._connection.execute(statement).all())


def _is_dropped(error: Exception) -> bool:
    """Whether a connection that once worked is gone. Who cannot connect at all is not made to wait twice."""
    return isinstance(error, ResourceClosedError) or (isinstance(error, DBAPIError) and error.connection_invalidated)


def _raise_plainly(error: Exception) -> NoReturn:
    original = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(original, "sqlstate", None) or ""
    text = str(original)
    if code == QUERY_CANCELED or text == "interrupted":
        raise QueryTooSlow("the records query passed its time limit") from error
    if code in UNDEFINED or text.startswith(("no such table", "no such column")):
        raise NotHeld(f"this installation does not hold what the question needs: {text.splitlines()[0]}") from error
    raise RecordsUnavailable("the shared records cannot be read at the moment") from error
