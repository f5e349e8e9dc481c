"""A backup of our own data that either engine can take back: one file with a table per member.

The installation's secret is not in it: without the secret the second factors cannot be read and the audit
log cannot be verified, so keep a copy of it apart.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from sqlalchemy import DateTime, Table, func, insert, select
from sqlalchemy.orm import Session

from api.db import Database
from api.store import Base
from api.store.base import UtcTime
from api.store.schema import check_schema, latest_step

MANIFEST = "manifest.json"
ROWS = "tables/{}.jsonl"
FILES = "files/"
BATCH = 500


class BackupFailed(Exception):
    """The backup cannot be made or taken back; the message says why."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What was saved or taken back."""

    rows: int
    files: int


def save(database: Database, folders: dict[str, Path], target: Path, now: datetime) -> Backup:
    """Write all tables, as of one moment, and the files in ``folders`` by name. Raises `SchemaOld`, `BackupFailed`."""
    check_schema(database)
    if target.exists():
        raise BackupFailed(f"{target} exists already")
    target.parent.mkdir(parents=True, exist_ok=True)
    tables: dict[str, dict[str, Any]] = {}
    files = 0
    with ZipFile(target, "x", ZIP_DEFLATED) as archive:
        target.chmod(0o600)
        with database.reading() as session:
            for table in Base.metadata.sorted_tables:
                lines = [json.dumps(row, ensure_ascii=False) for row in _plain_rows(session, table)]
                content = "".join(line + "\n" for line in lines).encode()
                archive.writestr(ROWS.format(table.name), content)
                tables[table.name] = {"rows": len(lines), "sha256": sha256(content).hexdigest()}
        for name, folder in folders.items():
            for path in sorted(p for p in folder.rglob("*") if p.is_file()):
                archive.write(path, f"{FILES}{name}/{path.relative_to(folder).as_posix()}")
                files += 1
        manifest = {"made": now.isoformat(), "step": latest_step(), "tables": tables}
        archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
    return Backup(sum(table["rows"] for table in tables.values()), files)


def take_back(database: Database, folders: dict[str, Path], source: Path) -> Backup:
    """Put a backup into an empty database of this version. Raises `SchemaOld`, `BackupFailed`."""
    check_schema(database)
    try:
        with ZipFile(source) as archive, database.writing() as session:
            manifest = json.loads(archive.read(MANIFEST))
            if manifest["step"] != latest_step():
                raise BackupFailed(f"the backup is at step {manifest['step']}, this version is at {latest_step()}")
            rows = sum(_fill(session, table, archive, manifest) for table in Base.metadata.sorted_tables)
            files = _unpack(archive, folders)
    except (BadZipFile, KeyError, OSError) as error:
        raise BackupFailed(f"{source} is not a backup: {error}") from error
    return Backup(rows, files)


def _plain_rows(session: Session, table: Table) -> Iterator[dict[str, Any]]:
    for row in session.execute(select(table).order_by(*table.primary_key)).mappings():
        yield {name: value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()}


def _fill(session: Session, table: Table, archive: ZipFile, manifest: dict[str, Any]) -> int:
    if session.scalar(select(func.count()).select_from(table)):
        raise BackupFailed(f"the table {table.name} is not empty: a backup goes into an empty database")
    content = archive.read(ROWS.format(table.name))
    if sha256(content).hexdigest() != manifest["tables"][table.name]["sha256"]:
        raise BackupFailed(f"the table {table.name} was changed after the backup was made")
    moments = {column.name for column in table.columns if isinstance(column.type, UtcTime | DateTime)}
    rows = [_with_moments(json.loads(line), moments) for line in content.decode().splitlines()]
    for start in range(0, len(rows), BATCH):
        session.execute(insert(table), rows[start : start + BATCH])
    return len(rows)


def _with_moments(row: dict[str, Any], moments: set[str]) -> dict[str, Any]:
    return {name: datetime.fromisoformat(value) if name in moments and value else value for name, value in row.items()}


def _unpack(archive: ZipFile, folders: dict[str, Path]) -> int:
    count = 0
    for name, folder in folders.items():
        for member in archive.namelist():
            prefix = f"{FILES}{name}/"
            if member.startswith(prefix):
                path = (folder / member.removeprefix(prefix)).resolve()
                if not path.is_relative_to(folder.resolve()):
                    raise BackupFailed(f"{member} would be written outside of {folder}")
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(archive.read(member))
                count += 1
    return count
