"""The audit log: a chain that shows every change, on both engines; the database itself refuses one."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from api.auth.audit import Trail, read_rows
from api.auth.identity import CONSOLE, Identity, Kind
from api.auth.keys import Keys
from api.db import Database
from tests.services import SECRET

NOW = datetime(2026, 11, 26, 9, 30, 0, 123456, tzinfo=UTC)
OFFICER = Identity(kind=Kind.OFFICER, account_id="a" * 32)
TRAIL = Trail(Keys(SECRET))
COLUMNS = ("at", "actor", "actor_kind", "action", "subject", "details", "previous", "digest")


@pytest.fixture
def log(database: Database) -> Database:
    """A log with five rows."""
    for number in range(5):
        with database.writing() as session:
            TRAIL.append(session, OFFICER, "record_read", NOW, subject=f"s{number}", reason="review")
    return database


def verify(database: Database, head: str = ""):
    """Follow the chain."""
    with database.reading() as session:
        return TRAIL.verify(read_rows(session), head)


def tamper(database: Database, statement: str, **values: object) -> None:
    """Do what somebody with the database's own password can do: take the locks away and change rows."""
    with database.writing() as session:
        if session.get_bind().dialect.name == "sqlite":
            for trigger in ("audit_entry_no_update", "audit_entry_no_delete", "audit_entry_in_order"):
                session.execute(text(f"DROP TRIGGER {trigger}"))
        else:
            session.execute(text("ALTER TABLE audit_entry DISABLE TRIGGER ALL"))
        session.execute(text(statement), values)


def test_an_untouched_log_is_whole(log: Database):
    verdict = verify(log)

    assert (verdict.whole, verdict.rows) == (True, 5)


def test_an_empty_log_is_whole(database: Database):
    assert verify(database).whole


@pytest.mark.parametrize("column", COLUMNS)
def test_one_changed_byte_is_found(column: str, log: Database):
    with log.reading() as session:
        row = next(row for row in read_rows(session) if row["number"] == 3)
    if column == "at":
        tamper(log, "UPDATE audit_entry SET at = :at WHERE number = 3", at=NOW.replace(microsecond=123457))
    else:
        value = str(row[column])
        changed = chr(ord(value[0]) ^ 1) + value[1:]
        statement = f"UPDATE audit_entry SET {column} = :value WHERE number = 3"  # noqa: S608 - a column of ours
        tamper(log, statement, value=changed)

    assert verify(log).broken_at == 3


@pytest.mark.parametrize(("number", "broken_at"), [(1, 1), (3, 3)])
def test_a_row_taken_out_is_found(number: int, broken_at: int, log: Database):
    tamper(log, "DELETE FROM audit_entry WHERE number = :number", number=number)

    assert verify(log).broken_at == broken_at


def test_rows_taken_off_the_end_are_found_with_a_head_noted_before(log: Database):
    head = verify(log).head
    tamper(log, "DELETE FROM audit_entry WHERE number = 5")

    assert verify(log).whole
    assert verify(log, head).broken_at == 5


def test_a_log_written_anew_is_found_with_a_head_noted_before(log: Database):
    head = verify(log).head
    tamper(log, "DELETE FROM audit_entry")
    for number in range(6):
        with log.writing() as session:
            TRAIL.append(session, OFFICER, "record_read", NOW, subject=f"other{number}")

    assert verify(log).whole
    assert verify(log, head).broken_at == 5


def test_without_the_key_nobody_makes_rows_that_fit(log: Database):
    with log.writing() as session:
        Trail(Keys(SECRET[::-1])).append(session, OFFICER, "record_read", NOW)

    assert verify(log).broken_at == 6


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET action = 'x' WHERE number = 3",
        "DELETE FROM audit_entry WHERE number = 3",
        "INSERT INTO audit_entry SELECT number + 7, at, actor, actor_kind, action, subject, details, previous, digest "
        "FROM audit_entry WHERE number = 5",
    ],
)
def test_the_database_itself_refuses_a_change(statement: str, log: Database):
    with pytest.raises(DBAPIError, match=r"append-only|without gaps"), log.writing() as session:
        session.execute(text(statement))


def test_on_sqlite_a_replacement_is_refused_too(log: Database):
    if log.engine.dialect.name == "postgresql":
        statement = "TRUNCATE audit_entry"
    else:
        statement = "REPLACE INTO audit_entry SELECT * FROM audit_entry WHERE number = 3"

    with pytest.raises(DBAPIError, match=r"append-only|without gaps"), log.writing() as session:
        session.execute(text(statement))


def test_rows_written_at_the_same_time_form_one_chain(database: Database):
    def write() -> None:
        with database.writing() as session:
            TRAIL.append(session, OFFICER, "record_read", NOW)

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (verify(database).whole, verify(database).rows) == (True, 8)


def test_an_act_that_fails_leaves_no_row(database: Database):
    def act() -> None:
        with database.writing() as session:
            TRAIL.append(session, OFFICER, "record_read", NOW)
            raise KeyError

    with pytest.raises(KeyError):
        act()

    assert verify(database).rows == 0


def test_the_command_line_is_named_as_actor(database: Database):
    with database.writing() as session:
        TRAIL.append(session, CONSOLE, "account_created", NOW)

    with database.reading() as session:
        assert next(read_rows(session))["actor"] == "console"


def test_an_exported_log_can_be_verified_elsewhere(log: Database):
    with log.reading() as session:
        lines = [json.dumps(row) for row in read_rows(session)]

    assert TRAIL.verify(map(json.loads, lines)).whole
    lines[2] = lines[2].replace("review", "Review")
    assert TRAIL.verify(map(json.loads, lines)).broken_at == 3
