"""Records of enterprise A that a test changes before the application reads them."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from api.records.reader import open_records
from tests.people import World


def changed_records(
    world: World, sample_file: Path, folder: Path, change: Callable[[sqlite3.Connection], None]
) -> None:
    """Connect the application to a copy of the sample after a change."""
    target = folder / "changed.db"
    shutil.copy(sample_file, target)
    with sqlite3.connect(target) as connection:
        change(connection)
    connection.close()
    world.services = replace(world.services, records=open_records(f"sqlite:///{target}"))
    world.app.state.services = world.services


def add_penalty(connection: sqlite3.Connection, uscc: str, decided_on: str) -> None:
    """Put the only penalty into an enterprise's record: a copy of another's, decided on a day."""
    connection.execute("DELETE FROM penalty WHERE uscc = ?", (uscc,))
    columns = [row[1] for row in connection.execute("PRAGMA table_info(penalty)")]
    fields = dict(zip(columns, connection.execute("SELECT * FROM penalty LIMIT 1").fetchone(), strict=True))
    fields |= {"id": 999_001, "uscc": uscc, "decision_no": "示例罚字1号", "decided_on": decided_on, "fine": 30_000}
    fields |= {"field": "solid_waste", "cause": "固体废物", "published_from": None, "published_to": None}
    marks = ", ".join("?" for _ in fields)
    connection.execute(f"INSERT INTO penalty ({', '.join(fields)}) VALUES ({marks})", list(fields.values()))  # noqa: S608
