"""Compare a real database with the contract: what is there, what is missing, and what that switches off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, func, inspect, select
from sqlalchemy import types as sql_types
from sqlalchemy.engine.reflection import Inspector
from sqlalchemy.exc import DBAPIError

from api.records.columns import Money
from api.records.contract import CONTRACT
from api.records.engine import Limits, inspecting_engine
from api.records.errors import RecordsUnavailable
from api.records.identity import is_uscc
from api.records.mapping import Tables, load_tables
from api.records.record_keys import keys_needing

ESSENTIAL = ("enterprise", "credit_rating")
CODES_LOOKED_AT = 1000
FAMILIES: tuple[tuple[str, tuple[type[Any], ...]], ...] = (
    # the first that fits; a boolean is looked for before the integer it may be stored as
    ("boolean", (sql_types.Boolean,)),
    ("number", (sql_types.Integer, sql_types.Numeric, sql_types.Float, Money)),
    ("date and time", (sql_types.DateTime,)),
    ("date", (sql_types.Date,)),
    ("text", (sql_types.String,)),
)


class State(StrEnum):
    """What was found for one column, or for the database as a whole."""

    PRESENT = "present"
    MISSING = "missing"
    WRONG_TYPE = "wrong type"
    LEFT_OUT = "left out by the mapping"
    MAY_WRITE = "this login may write"
    NO_INDEX = "no index"
    BAD_CODES = "wrong check characters"


HARMLESS = (State.PRESENT, State.LEFT_OUT, State.NO_INDEX)


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report. ``switches_off`` names features and record keys that do not work without it."""

    table: str
    column: str
    real_name: str
    state: State
    detail: str = ""
    switches_off: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Every column of the contract and what was found for it."""

    findings: tuple[Finding, ...]

    @property
    def exit_code(self) -> int:
        """0: complete. 1: usable, with something switched off or to put right. 2: not usable."""
        bad = [finding for finding in self.findings if finding.state not in HARMLESS]
        unusable = any(finding.table in ESSENTIAL and _stops(finding) for finding in bad)
        return 2 if unusable else 1 if bad else 0


def check_records(url: str, mapping: Path | None = None, limits: Limits | None = None) -> CheckReport:
    """Return what the database at ``url`` holds of the contract. Raises `RecordsUnavailable` if it cannot be read."""
    tables = load_tables(mapping)
    engine = inspecting_engine(url, limits or Limits(seconds=30.0))
    try:
        with engine.connect() as connection:
            return CheckReport(tuple(_findings(connection, tables)))
    except DBAPIError as error:
        raise RecordsUnavailable("the records database cannot be reached") from error
    finally:
        engine.dispose()


def _findings(connection: Connection, tables: Tables) -> Iterator[Finding]:
    inspector = inspect(connection)
    for name, table in tables.items():
        real = table.fullname
        if not inspector.has_table(table.name, schema=table.schema):
            yield Finding(name, "", real, State.MISSING, "the whole table", _switched_off(name))
            continue
        held = {column["name"]: column["type"] for column in inspector.get_columns(table.name, schema=table.schema)}
        for column in CONTRACT.tables[name].columns:
            yield _column_finding(name, table, column.name, held)
        if "uscc" in CONTRACT.tables[name].columns and not _is_indexed(inspector, table):
            yield Finding(name, "uscc", f"{real}.{table.c.uscc.name}", State.NO_INDEX, "every question will be slow")
        if _may_write(connection, table):
            yield Finding(name, "", real, State.MAY_WRITE, "give this login SELECT only")
    if inspector.has_table(tables["enterprise"].name, schema=tables["enterprise"].schema):
        yield from _check_characters(connection, tables["enterprise"])


def _column_finding(name: str, table: Table, column: str, held: dict[str, Any]) -> Finding:
    if column not in table.c:
        return Finding(name, column, "", State.LEFT_OUT, switches_off=keys_needing(name, column))
    mapped = table.c[column]
    real = f"{table.fullname}.{mapped.name}"
    if mapped.name not in held:
        detail = "name it null in the mapping to go on without" if mapped.nullable else ""
        return Finding(name, column, real, State.MISSING, detail, _switched_off(name, column))
    wanted, found = _family(mapped.type), _family(held[mapped.name])
    if not _fits(wanted, found, column):
        detail = f"{wanted} expected, {held[mapped.name]} found"
        return Finding(name, column, real, State.WRONG_TYPE, detail, _switched_off(name, column))
    return Finding(name, column, real, State.PRESENT)


def _is_indexed(inspector: Inspector, table: Table) -> bool:
    """Whether rows of one enterprise are found without reading the table; of a view nothing can be told."""
    if table.name in inspector.get_view_names(schema=table.schema):
        return True
    columns: list[Any] = [inspector.get_pk_constraint(table.name, schema=table.schema)["constrained_columns"]]
    columns += [of["column_names"] for of in inspector.get_unique_constraints(table.name, schema=table.schema)]
    columns += [of["column_names"] for of in inspector.get_indexes(table.name, schema=table.schema)]
    return table.c.uscc.name in [names[0] for names in columns if names]


def _switched_off(table: str, column: str | None = None) -> tuple[str, ...]:
    """A missing column stops every question that reads its table: the query names it."""
    features: tuple[str, ...] = CONTRACT.tables[table].info["features"]
    return (*features, *keys_needing(table, column))


def _family(kind: Any) -> str:
    return next((family for family, kinds in FAMILIES if isinstance(kind, kinds)), str(kind))


def _fits(wanted: str, found: str, column: str) -> bool:
    if column == "id":  # a record number may be a text
        return found in ("number", "text")
    return wanted == found or (wanted == "date and time" and found == "date")


def _stops(finding: Finding) -> bool:
    """Whether no question about the table can be asked: every one of them names a missing column."""
    if finding.state is State.WRONG_TYPE:
        return not CONTRACT.tables[finding.table].columns[finding.column].nullable
    return finding.state is State.MISSING


def _may_write(connection: Connection, table: Table) -> bool:
    """Whether PostgreSQL would let this login change the table; a SQLite file is opened read-only."""
    if connection.dialect.name != "postgresql":
        return False
    name = connection.dialect.identifier_preparer.format_table(table)
    allowed = func.has_table_privilege(name, "INSERT, UPDATE, DELETE, TRUNCATE")
    return bool(connection.execute(select(allowed)).scalar())


def _check_characters(connection: Connection, enterprise: Table) -> Iterator[Finding]:
    """Look whether credit codes are what they seem: a wrong column shows here at once."""
    try:
        codes = connection.execute(select(enterprise.c.uscc).limit(CODES_LOOKED_AT)).scalars().all()
    except DBAPIError:  # the column is missing, which has been reported
        return
    wrong = sum(not is_uscc(str(code)) for code in codes)
    if wrong:
        detail = f"{wrong} of {len(codes)} credit codes looked at"
        yield Finding("enterprise", "uscc", f"{enterprise.fullname}.{enterprise.c.uscc.name}", State.BAD_CODES, detail)
