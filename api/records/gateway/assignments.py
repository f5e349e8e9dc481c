"""Which enterprises a person looks after, and who looks after an enterprise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from sqlalchemy import or_

from api.records.gateway.rating import Enterprise
from api.records.gateway.search import reach_of_enterprise
from api.records.gateway.source import Record, about, as_records, columns_of, table_of
from api.records.mapping import optional
from api.records.reader import Reader, Rows
from api.records.scope import Scope


@dataclass(frozen=True, slots=True)
class Assignment(Record):
    """A coordinator looking after an enterprise."""

    TABLE: ClassVar[str] = "coordinator_assignment"

    uscc: str
    coordinator: str
    coordinator_name: str | None
    assigned_from: date
    assigned_to: date | None


def list_enterprises(reader: Reader, scope: Scope, after: str = "", cap: int = 50) -> Rows[Enterprise]:
    """Return a page of the enterprises in reach in the order of credit codes, beginning after ``after``."""
    enterprise = table_of(reader, Enterprise)
    statement = (
        columns_of(reader, Enterprise)
        .where(reach_of_enterprise(reader, scope, enterprise), enterprise.c.uscc > after)
        .order_by(enterprise.c.uscc)
    )
    return as_records(Enterprise, reader.rows(statement, cap=cap))


def list_coordinators(reader: Reader, scope: Scope, uscc: str, day: date) -> Rows[Assignment]:
    """Return who coordinates an enterprise in reach on ``day``."""
    table = table_of(reader, Assignment)
    ends = optional(table.c, "assigned_to")
    in_force = (table.c.assigned_from <= day, or_(ends.is_(None), ends >= day))
    return about(reader, scope, Assignment, uscc, *in_force, newest=table.c.assigned_from)
