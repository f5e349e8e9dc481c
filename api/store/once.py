"""Insert a row unless one with the same key is there: whoever was first is told so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, cast

from sqlalchemy import Executable, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from api.store.base import Base


def insert_once(session: Session, model: type[Base], values: Mapping[str, Any]) -> bool:
    """Insert a row; False where its key, or another unique value of it, is there already."""
    statement = _statement(session.get_bind().dialect.name, cast(Table, model.__table__))
    return session.execute(statement, values).first() is not None


def insert_each_once(session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> set[Any]:
    """Insert rows in one statement; return the primary keys of those that were not there yet.

    Rows are best sorted by their unique value: two workers that insert the same ones wait for each other in one
    direction only.
    """
    statement = _statement(session.get_bind().dialect.name, cast(Table, model.__table__))
    return set(session.scalars(statement, list(rows)))


@cache
def _statement(dialect: str, table: Table) -> Executable:
    """An insert that ends in a row where there was none.

    Not an error to be caught: that would end the whole transaction on PostgreSQL. Not the number of rows either:
    the driver does not know it there.
    """
    made = sqlite if dialect == "sqlite" else postgresql
    statement: Executable = made.insert(table).on_conflict_do_nothing().returning(*table.primary_key)
    return statement
