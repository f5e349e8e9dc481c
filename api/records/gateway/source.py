"""Where a value comes from, and the one way rows become values."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, ClassVar, TypeVar

from sqlalchemy import ColumnElement, Row, Select, Table, UnaryExpression, select

from api.records.mapping import optional
from api.records.reader import Reader, Rows
from api.records.scope import Scope

R = TypeVar("R", bound="Record")
Order = ColumnElement[Any] | UnaryExpression[Any]


@dataclass(frozen=True, slots=True)
class Source:
    """The record a value was read from: contract table, record number, and when it was last written."""

    table: str
    row_id: str
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Record:
    """One row of the table ``TABLE``; a subclass names the columns it carries as fields."""

    TABLE: ClassVar[str]

    source: Source


def read(
    reader: Reader,
    scope: Scope,
    kind: type[R],
    *where: ColumnElement[bool],
    order: tuple[Order, ...] = (),
    cap: int | None = None,
) -> Rows[R]:
    """Return the rows of ``kind`` that the scope reaches and the conditions allow."""
    table = reader.tables[kind.TABLE]
    statement = columns_of(reader, kind).where(scope.covers(reader.tables, table.c.uscc), *where)
    return as_records(kind, reader.rows(statement.order_by(*order, row_key(table)), cap=cap))


def about(
    reader: Reader,
    scope: Scope,
    kind: type[R],
    uscc: str,
    *where: ColumnElement[bool],
    newest: ColumnElement[Any] | None = None,
    cap: int | None = None,
) -> Rows[R]:
    """Return one enterprise's rows of ``kind``, the newest first where ``newest`` names the day."""
    order = () if newest is None else (newest.desc().nulls_last(),)
    return read(reader, scope, kind, table_of(reader, kind).c.uscc == uscc, *where, order=order, cap=cap)


def columns_of(reader: Reader, kind: type[R]) -> Select[Any]:
    """Return a select of the fields of ``kind``, then record number and time; made once, as it costs half a query."""
    if kind not in reader.records.selects:
        table = reader.tables[kind.TABLE]
        reader.records.selects[kind] = select(
            *(optional(table.c, name) for name in field_names(kind)), row_key(table), table.c.as_of
        )
    return reader.records.selects[kind]


def as_records(kind: type[R], rows: Rows[Row[Any]]) -> Rows[R]:
    """Return the rows of `columns_of` as values of ``kind``."""
    return Rows((as_record(kind, row) for row in rows), truncated=rows.truncated)


def as_record(kind: type[R], row: Row[Any]) -> R:
    """Return one row of `columns_of` as a value."""
    values = tuple(row)
    return kind(Source(kind.TABLE, str(values[-2]), values[-1]), *values[:-2])


def row_key(table: Any) -> ColumnElement[Any]:
    """Return the column that numbers a record: ``id``, or the credit code where there is none."""
    column: ColumnElement[Any] = table.c.id if "id" in table.c else table.c.uscc
    return column


def field_names(kind: type[Record]) -> list[str]:
    """Return the columns that ``kind`` carries."""
    return [field.name for field in fields(kind) if field.name != "source"]


def table_of(reader: Reader, kind: type[Record]) -> Table:
    """Return the table of ``kind`` under this installation's names."""
    return reader.tables[kind.TABLE]
