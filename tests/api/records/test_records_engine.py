import sqlite3
import time
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import URL, Integer, column, delete, func, insert, literal_column, select, text, update
from sqlalchemy import table as lightweight
from sqlalchemy.engine import make_url

from api.records.engine import Limits, parse_url
from api.records.errors import NotHeld, QueryTooSlow, RecordsError, RecordsUnavailable, WriteRefused
from api.records.reader import Reader, open_records


def _counting(to: int):
    """A select that counts to ``to`` inside the database: slow as long as wished, and portable."""
    steps = select(literal_column("1").label("n")).cte("steps", recursive=True)
    steps = steps.union_all(select(steps.c.n + 1).where(steps.c.n < to))
    return select(func.count()).select_from(steps)


WRITES = {
    "insert": lambda t: insert(t).values(uscc="x"),
    "update": lambda t: update(t).values(name="x"),
    "delete": lambda t: delete(t),
    "text": lambda t: text("DELETE FROM enterprise"),
    "select text": lambda t: text("SELECT 1"),
    "delete in a select": lambda t: select(delete(t).returning(t.c.uscc).cte("gone")),
}


@pytest.mark.parametrize("kind", WRITES)
def test_only_a_select_built_here_is_sent(records, kind):
    statement = WRITES[kind](records.tables["enterprise"])

    with pytest.raises(WriteRefused, match="read-only"), records.engine.connect() as connection:
        connection.execute(statement)


def test_a_driver_level_statement_is_refused_too(records):
    with pytest.raises(WriteRefused), records.engine.connect() as connection:
        connection.exec_driver_sql("DELETE FROM enterprise")


def test_sqlite_itself_refuses_a_write(sqlite_records):
    with closing(sqlite_records.engine.raw_connection()) as raw:
        cursor = raw.cursor()

        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            cursor.execute("DELETE FROM enterprise")
        cursor.execute("PRAGMA query_only = OFF")
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            cursor.execute("DELETE FROM enterprise")


def test_postgresql_itself_refuses_a_write_even_for_its_owner(server, postgresql_url):
    owner = open_records(server.url("records"))

    with closing(owner.engine.raw_connection()) as raw, pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        raw.cursor().execute("DELETE FROM enterprise")
    owner.close()


def test_the_role_of_the_reader_may_not_write_even_without_the_setting(postgresql_url):
    given = make_url(postgresql_url)
    login = {"dbname": given.database, "user": given.username, "host": given.query["host"]}

    with psycopg.connect(**login, autocommit=True, options="-c default_transaction_read_only=off") as connection:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("DELETE FROM enterprise")
        assert connection.execute("SELECT count(*) FROM enterprise").fetchone() == (200,)


def test_a_slow_query_is_stopped_in_time(url):
    records = open_records(url, limits=Limits(seconds=0.3))

    started = time.monotonic()
    with records.reader() as reader, pytest.raises(QueryTooSlow):
        reader.rows(_counting(500_000_000))
    records_answer_again = records.reader()

    assert time.monotonic() - started < 2
    with records_answer_again as reader:
        assert reader.first(_counting(10))[0] == 10
    records.close()


def test_the_row_cap_cuts_every_query_and_says_so(reader):
    enterprise = reader.tables["enterprise"]

    few = reader.rows(select(enterprise.c.uscc), cap=7)
    everyone = reader.rows(select(enterprise.c.uscc), cap=10_000)

    assert (len(few), few.truncated) == (7, True)
    assert (len(everyone), everyone.truncated) == (200, False)


def test_the_cap_of_the_installation_wins_over_a_larger_one(url):
    records = open_records(url, limits=Limits(rows=5))

    with records.reader() as reader:
        found = reader.rows(select(records.tables["enterprise"].c.uscc), cap=100)

    assert (len(found), found.truncated) == (5, True)
    records.close()


def test_a_dropped_connection_is_tried_once_more(server, postgresql_url):
    records = open_records(postgresql_url)
    backend = select(func.pg_backend_pid())
    with records.reader() as reader:
        before = reader.first(backend)[0]
        with server.connect() as admin:
            admin.execute("SELECT pg_terminate_backend(%s)", [before])

        after = reader.first(backend)[0]

    assert after != before
    records.close()


def test_an_outage_is_records_unavailable_and_passes(server, postgresql_url):
    server.create_database("outage")
    records = open_records(server.url("outage", "records_reader"))
    with records.reader() as reader, server.connect() as admin:
        backend = reader.first(select(func.pg_backend_pid()))[0]
        admin.execute("ALTER DATABASE outage ALLOW_CONNECTIONS false")
        admin.execute("SELECT pg_terminate_backend(%s)", [backend])

        with pytest.raises(RecordsUnavailable, match="cannot be read"):
            reader.first(_counting(3))
        admin.execute("ALTER DATABASE outage ALLOW_CONNECTIONS true")
        assert reader.first(_counting(3))[0] == 3
    records.close()


def test_several_connections_dropped_at_once_cost_one_retry(server, postgresql_url):
    records = open_records(postgresql_url)
    readers = [Reader(records) for _ in range(3)]
    for reader in readers:
        reader.first(_counting(2))
    with server.connect() as admin:
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'records'"
                      " AND usename = 'records_reader'")  # fmt: skip

    assert [reader.first(_counting(number))[0] for number, reader in enumerate(readers, 2)] == [2, 3, 4]
    for reader in readers:
        reader.close()
    records.close()


def test_who_gets_no_connection_in_time_is_told_that_records_are_unavailable(sqlite_url):
    records = open_records(sqlite_url, limits=Limits(connect_seconds=0))
    served = [Reader(records) for _ in range(15)]  # as many as the pool gives out
    for reader in served:
        reader.first(_counting(2))

    with pytest.raises(RecordsUnavailable):
        Reader(records).first(_counting(2))

    for reader in served:
        reader.close()
    assert Reader(records).first(_counting(2))[0] == 2
    records.close()


@pytest.mark.parametrize(
    "address",
    ["sqlite:////nowhere/records.db", "postgresql://nobody@/records?host=/nowhere"],
    ids=["sqlite", "postgresql"],
)
def test_a_database_that_is_not_there_is_records_unavailable(address):
    records = open_records(address)

    with records.reader() as reader, pytest.raises(RecordsUnavailable):
        reader.first(_counting(3))
    records.close()


def test_a_missing_table_or_column_is_told_apart_from_an_outage(reader):
    missing_table = lightweight("no_such_table", column("id", Integer))
    missing_column = lightweight("enterprise", column("no_such_column", Integer))

    for held in (missing_table, missing_column):
        with pytest.raises(NotHeld):
            reader.rows(select(*held.c))


@pytest.mark.parametrize("address", ["", "not an address", "sqlite://", "mysql://host/records"])
def test_an_address_of_another_kind_is_refused(address):
    with pytest.raises(RecordsError):
        parse_url(address)


def test_opening_the_records_connects_to_nothing():
    records = open_records("postgresql://nobody@/records?host=/nowhere")

    assert (records.engine.pool.checkedin(), records.engine.pool.checkedout()) == (0, 0)
    records.close()


def test_a_path_with_special_characters_is_one_file(tmp_path: Path, sqlite_url):
    odd = tmp_path / "记录 b#c%20d&mode=rwc.db"
    odd.write_bytes(Path(str(make_url(sqlite_url).database)).read_bytes())
    records = open_records(URL.create("sqlite", database=str(odd)).render_as_string())

    with records.reader() as reader:
        held = reader.first(select(func.count()).select_from(records.tables["enterprise"]))[0]

    assert held == 200
    assert [path.name for path in tmp_path.iterdir()] == [odd.name]
    records.close()
