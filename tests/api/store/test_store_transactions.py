"""One transaction: what it writes stays or goes as a whole, and a reader cannot write."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError, StatementError

from api.db import Database, DatabaseError, KeepsWork, open_database
from api.store import Account, RateCounter

NOW = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)


def account(name: str) -> Account:
    """A person."""
    return Account(kind="officer", sign_in_name=name, display_name=name, customs="Y1", created_at=NOW)


def count(database: Database) -> int:
    """How many accounts are stored."""
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(Account)) or 0


def add_and_fail(database: Database, error: Exception) -> None:
    """Store an account, then fail before the end of the transaction."""
    with database.writing() as session:
        session.add(account("a"))
        session.flush()
        raise error


def add_while_reading(database: Database) -> None:
    """Try to store an account in a reading transaction."""
    with database.reading() as session:
        session.add(account("a"))
        session.flush()


def test_an_error_takes_back_everything(database: Database):
    with pytest.raises(ZeroDivisionError):
        add_and_fail(database, ZeroDivisionError())

    assert count(database) == 0


def test_a_refusal_that_leaves_a_trace_is_kept(database: Database):
    with pytest.raises(KeepsWork):
        add_and_fail(database, KeepsWork())

    assert count(database) == 1


def test_a_reading_transaction_cannot_write(database: Database):
    with pytest.raises(DBAPIError, match=r"read-?only"):
        add_while_reading(database)


def test_after_reading_the_same_connection_can_write(database: Database):
    count(database)

    with database.writing() as session:
        session.add(account("a"))

    assert count(database) == 1


def test_two_names_alike_are_refused_by_the_database(database: Database):
    with pytest.raises(DBAPIError), database.writing() as session:
        session.add_all([account("a"), account("a")])


def test_a_moment_comes_back_with_its_zone(database: Database):
    with database.writing() as session:
        session.add(account("a"))

    with database.reading() as session:
        assert session.scalars(select(Account.created_at)).one() == NOW


def test_a_moment_without_a_zone_is_refused(database: Database):
    with pytest.raises(StatementError, match="time zone"), database.writing() as session:
        session.add(RateCounter(key="k", count=1, expires_at=datetime(2026, 1, 1)))


def test_writers_at_the_same_time_wait_for_each_other(database: Database):
    def write(number: int) -> None:
        with database.writing() as session:
            session.scalar(select(func.count()).select_from(Account))
            session.add(account(f"person-{number}"))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert count(database) == 8


def test_what_is_deleted_is_gone_from_the_file(tmp_path: Path):
    database = open_database(f"sqlite:///{tmp_path / 'own.db'}")
    with database.writing() as session:
        Account.metadata.create_all(session.connection())
        session.add(account("机密标记"))
    with database.writing() as session:
        session.delete(session.scalars(select(Account)).one())

    database.shrink()

    assert not any("机密标记".encode() in file.read_bytes() for file in tmp_path.iterdir())


@pytest.mark.parametrize("url", ["mysql://x/y", "sqlite://", "nonsense"])
def test_another_kind_of_database_is_refused(url: str):
    with pytest.raises(DatabaseError):
        open_database(url)
