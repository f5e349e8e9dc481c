"""A backup goes into one file and comes back, also into the other engine; a changed one is refused."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from api.auth.audit import Trail, read_rows
from api.auth.identity import CONSOLE
from api.auth.keys import Keys
from api.db import Database, open_database
from api.store import Account, Base, Membership
from api.store.schema import SchemaOld, migrate
from api.usecases.backup import BackupFailed, save, take_back
from tests.services import SECRET

NOW = datetime(2026, 11, 26, 9, 30, 0, 123, tzinfo=UTC)


@pytest.fixture
def filled(database: Database) -> Database:
    """A database with a person and a log."""
    with database.writing() as session:
        account = Account(kind="enterprise", sign_in_name="李.ming", display_name="李明", created_at=NOW)
        session.add(account)
        session.flush()
        session.add(Membership(account_id=account.id, uscc="9" * 18, is_first=True, joined_at=NOW))
        Trail(Keys(SECRET)).append(session, CONSOLE, "account_created", NOW, account.id)
    return database


@pytest.fixture
def fresh(tmp_path: Path) -> Database:
    """An empty SQLite database with the schema."""
    database = open_database(f"sqlite:///{tmp_path / 'fresh.db'}")
    migrate(database)
    return database


def content(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with database.reading() as session:
        return {t.name: [tuple(row) for row in session.execute(select(t))] for t in Base.metadata.sorted_tables}


def test_a_backup_comes_back_whole_in_another_database(filled: Database, fresh: Database, tmp_path: Path):
    (tmp_path / "files" / "x").mkdir(parents=True)
    (tmp_path / "files" / "x" / "证.pdf").write_text("content")
    made = save(filled, {"enterprises": tmp_path / "files"}, tmp_path / "b.zip", NOW)

    found = take_back(fresh, {"enterprises": tmp_path / "back"}, tmp_path / "b.zip")

    assert made == found
    assert content(fresh) == content(filled)
    assert (tmp_path / "back" / "x" / "证.pdf").read_text() == "content"
    with fresh.reading() as session:
        assert Trail(Keys(SECRET)).verify(read_rows(session)).whole


def test_a_sqlite_backup_goes_into_postgresql(fresh: Database, empty: Database, tmp_path: Path):
    with fresh.writing() as session:
        session.add(Account(kind="officer", sign_in_name="a", display_name="a", created_at=NOW))
    save(fresh, {}, tmp_path / "b.zip", NOW)
    migrate(empty)

    take_back(empty, {}, tmp_path / "b.zip")

    assert content(empty) == content(fresh)


def test_a_backup_is_readable_for_its_owner_only_and_never_overwritten(filled: Database, tmp_path: Path):
    target = tmp_path / "b.zip"
    save(filled, {}, target, NOW)

    assert target.stat().st_mode & 0o077 == 0
    with pytest.raises(BackupFailed, match="exists already"):
        save(filled, {}, target, NOW)


def test_a_database_in_use_is_not_overwritten(filled: Database, tmp_path: Path):
    save(filled, {}, tmp_path / "b.zip", NOW)

    with pytest.raises(BackupFailed, match="not empty"):
        take_back(filled, {}, tmp_path / "b.zip")


def test_a_changed_backup_is_refused_and_nothing_of_it_stays(filled: Database, fresh: Database, tmp_path: Path):
    save(filled, {}, tmp_path / "b.zip", NOW)
    with ZipFile(tmp_path / "b.zip") as old, ZipFile(tmp_path / "c.zip", "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace("李明".encode(), "李朋".encode()))

    with pytest.raises(BackupFailed, match="account was changed"):
        take_back(fresh, {}, tmp_path / "c.zip")
    assert not any(content(fresh).values())


def test_a_file_that_would_leave_its_folder_is_refused(filled: Database, fresh: Database, tmp_path: Path):
    save(filled, {}, tmp_path / "b.zip", NOW)
    with ZipFile(tmp_path / "b.zip", "a") as archive:
        archive.writestr("files/enterprises/../../escaped", "x")

    with pytest.raises(BackupFailed, match="outside"):
        take_back(fresh, {"enterprises": tmp_path / "a" / "b"}, tmp_path / "b.zip")
    assert not (tmp_path / "escaped").exists()


@pytest.mark.parametrize("kind", ["missing", "not a zip", "another zip"])
def test_what_is_no_backup_is_refused_with_a_sentence(kind: str, fresh: Database, tmp_path: Path):
    source = tmp_path / "x.zip"
    if kind == "not a zip":
        source.write_text("x")
    elif kind == "another zip":
        with ZipFile(source, "w") as archive:
            archive.writestr("a", "b")

    with pytest.raises(BackupFailed, match="is not a backup"):
        take_back(fresh, {}, source)


def test_an_old_schema_is_not_saved(empty: Database, tmp_path: Path):
    migrate(empty, "0001")

    with pytest.raises(SchemaOld):
        save(empty, {}, tmp_path / "b.zip", NOW)
