"""How rows of the records become one table of facts for self-assessment: its source, its time, what it covers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol, TypeVar

from api.records.gateway.rating import Enterprise
from api.records.gateway.source import Source
from api.records.reader import Reader, Rows
from api.records.scope import Scope
from selfassess.facts import Row, Table

Tables = dict[str, Table[Any] | None]


class Sourced(Protocol):
    """A value that says which record it was read from."""

    @property
    def source(self) -> Source:
        """Its record."""
        ...


R = TypeVar("R", bound=Sourced)


@dataclass(frozen=True, slots=True)
class Subject:
    """The enterprise, read within the scope, and the days its records are read for.

    Nobody gets a zero for what they may not see: there is no subject out of reach.
    """

    reader: Reader
    scope: Scope
    enterprise: Enterprise
    first: date
    day: date
    read_at: datetime

    @property
    def uscc(self) -> str:
        """The credit code of the enterprise."""
        return self.enterprise.uscc


def as_table(
    subject: Subject,
    rows: Rows[R],
    fact: Callable[[R], Row | None],
    *,
    name: str,
    since: Callable[[R], date] | None = None,
) -> Table[Any] | None:
    """Return the rows as facts, under the name of their contract table.

    ``fact`` gives None for a row that says nothing here. ``since`` gives the day a row is ordered by, newest
    first: where the row cap cut old rows off, the table is complete from the day after the oldest one kept.
    Rows cut off without such an order leave no table: an incomplete one would read as a clean record.
    Its time is when the newest row was written; of no rows, when they were looked for.
    """
    if rows.truncated and since is None:
        return None
    complete_from = subject.first
    if rows.truncated and since is not None:
        complete_from = max(complete_from, since(rows[-1]) + timedelta(days=1))
    facts = tuple(found for found in map(fact, rows) if found is not None)
    written = max((row.source.as_of for row in rows), default=subject.read_at)
    return Table(name, written, facts, complete_from)
