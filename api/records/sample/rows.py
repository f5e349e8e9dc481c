"""Rows on their way into the database: numbered, in the order of the contract's columns, a batch at a time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from api.records.contract import CONTRACT

Values = tuple[Any, ...]


class Batch:
    """Collects rows by table. Days are ISO texts: both databases and both bulk loaders read them."""

    def __init__(self, day: date) -> None:
        eve = (day - timedelta(days=1)).isoformat()
        self.rows: dict[str, list[Values]] = {name: [] for name in CONTRACT.tables}
        self._numbers = dict.fromkeys(CONTRACT.tables, 0)
        self._as_of = {name: f"{eve} 02:{place:02d}:00" for place, name in enumerate(CONTRACT.tables)}
        self._columns = {
            name: tuple(column.name for column in table.columns if column.name not in ("id", "as_of"))
            for name, table in CONTRACT.tables.items()
        }
        self._known = {name: frozenset(columns) for name, columns in self._columns.items()}

    def add(self, table: str, **values: Any) -> int:
        """Add one row and return its number. Columns that are not named stay empty."""
        if not self._known[table].issuperset(values):
            raise KeyError(f"{table} has no column {', '.join(values.keys() - self._known[table])}")
        self._numbers[table] += 1
        number = self._numbers[table]
        self.rows[table].append((number, *map(values.get, self._columns[table]), self._as_of[table]))
        return number

    def take(self) -> dict[str, list[Values]]:
        """Return the rows collected since the last call, by table, and forget them."""
        taken = {name: rows for name, rows in self.rows.items() if rows}
        self.rows = {name: [] for name in CONTRACT.tables}
        return taken
