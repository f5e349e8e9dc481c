"""Insert a row unless one with the same key is there: whoever was first is told so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from api.store.base import Base


def insert_once(session: Session, model: type[Base], values: Mapping[str, Any]) -> bool:
    """Insert a row; False where its key, or another unique value of it, is there already."""
    table = model.__table__
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    # Not an error to be caught: that would end the whole transaction on PostgreSQL. Not the number of rows either:
    # the driver does not know it there.
    statement = dialect.insert(table).values(**values).on_conflict_do_nothing().returning(*table.primary_key)
    return session.execute(statement).first() is not None
