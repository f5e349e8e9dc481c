"""Other names for the same things: how an installation's tables and columns map to the contract.

```yaml
schema: core_credit              # default schema, optional
tables:
  enterprise:
    table: t_ent_base            # schema: may be given per table too
    columns: {uscc: tyshxydm, name_en: null}   # null: this installation does not hold the column
```
Tables and columns that are not named keep the contract's names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError
from sqlalchemy import Column, ColumnElement, MetaData, Table, null
from sqlalchemy.sql.selectable import NamedFromClause

from api.records.contract import CONTRACT
from api.records.errors import MappingError

WITHOUT = {("enterprise", "id")}  # needed columns with a stand-in: an enterprise is known by its credit code


class TableNames(BaseModel):
    """What one contract table is called in an installation."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    table: str | None = None
    schema_name: str | None = None
    columns: Mapping[str, str | None] = {}


class Names(BaseModel):
    """A whole mapping file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    schema_name: str | None = None
    tables: Mapping[str, TableNames] = {}


class Tables(Mapping[str, Table]):
    """The contract's tables under an installation's names; columns are addressed by the contract's names."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self._tables = dict(tables)
        self._aliases: dict[tuple[str, str], NamedFromClause] = {}

    def __getitem__(self, name: str) -> Table:
        return self._tables[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)

    def alias(self, table: str, name: str) -> NamedFromClause:
        """Return a table under a second name; made once, as it copies every column."""
        if (table, name) not in self._aliases:
            self._aliases[table, name] = self._tables[table].alias(name)
        return self._aliases[table, name]


def contract_tables() -> Tables:
    """Return the contract's tables under the contract's own names."""
    return mapped_tables(Names())


def load_tables(path: Path | None) -> Tables:
    """Return the tables as the mapping file at ``path`` names them. Raises `MappingError`."""
    if path is None:
        return contract_tables()
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise MappingError(f"{path.name}: {error}") from error
    return mapped_tables(parse_names(raw))


def parse_names(raw: object) -> Names:
    """Return the mapping written in ``raw``. Raises `MappingError` for names the contract does not have."""
    try:
        names = Names.model_validate(_with_schema_name(raw))
    except ValidationError as error:
        raise MappingError("; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())) from error
    for table, names_of_table in names.tables.items():
        if table not in CONTRACT.tables:
            raise MappingError(f"tables.{table}: the contract has no such table")
        for column, real in names_of_table.columns.items():
            _check_column(table, column, real)
        _check_no_real_name_twice(table, names_of_table)
    return names


def mapped_tables(names: Names) -> Tables:
    """Return every contract table under the names of ``names``."""
    return Tables({name: _mapped(table, names) for name, table in CONTRACT.tables.items()})


def optional(columns: Any, name: str) -> ColumnElement[Any]:
    """Return a column, or NULL where the mapping says that the installation does not hold it."""
    return columns[name] if name in columns else null()


def _mapped(table: Table, names: Names) -> Table:
    given = names.tables.get(table.name, TableNames())
    columns = [
        Column(
            given.columns.get(column.name) or column.name,
            column.type,
            key=column.name,
            primary_key=column.primary_key,
            nullable=column.nullable,
        )
        for column in table.columns
        if given.columns.get(column.name, "") is not None
    ]
    return Table(
        given.table or table.name,
        MetaData(),  # one each: two contract tables may be the same table of an installation
        *columns,
        schema=given.schema_name or names.schema_name,
        info={**table.info, "contract": table.name},
    )


def _check_column(table: str, column: str, real: str | None) -> None:
    known = CONTRACT.tables[table].columns
    if column not in known:
        raise MappingError(f"tables.{table}.columns.{column}: the contract has no such column")
    if real is None and not known[column].nullable and (table, column) not in WITHOUT:
        raise MappingError(f"tables.{table}.columns.{column}: this column is needed and cannot be null")


def _check_no_real_name_twice(table: str, names: TableNames) -> None:
    real = [names.columns.get(column.name, column.name) for column in CONTRACT.tables[table].columns]
    twice = {name for name in real if name is not None and real.count(name) > 1}
    if twice:
        raise MappingError(f"tables.{table}: two columns are mapped to {', '.join(sorted(twice))}")


def _with_schema_name(raw: object) -> object:
    """Accept ``schema`` in the file: pydantic reserves that name on a model."""
    if isinstance(raw, dict):
        renamed = {("schema_name" if key == "schema" else key): _with_schema_name(value) for key, value in raw.items()}
        if isinstance(raw.get("columns"), dict):
            renamed["columns"] = raw["columns"]
        return renamed
    return raw
