"""A sample of 200 enterprises on SQLite and on a real PostgreSQL, each made once per test run."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from api.records.mapping import Tables
from api.records.reader import Reader, Records, open_records
from api.records.sample.load import make_sample
from api.records.sample.targets import reader_grants
from tests.api.records.records_world import DAY, ENTERPRISES, SEED

ENGINES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def sqlite_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The sample in a SQLite file."""
    url = f"sqlite:///{tmp_path_factory.mktemp('records') / 'records.db'}"
    make_sample(url, enterprises=ENTERPRISES, seed=SEED, day=DAY)
    return url


@pytest.fixture(scope="session")
def postgresql_url(server) -> str:
    """The sample in PostgreSQL, under a login that may only read."""
    make_sample(server.create_database("records"), enterprises=ENTERPRISES, seed=SEED, day=DAY)
    with server.connect("records") as connection:
        connection.execute("CREATE ROLE records_reader LOGIN")
        for statement in reader_grants("records_reader"):
            connection.execute(statement)
    return server.url("records", "records_reader")


@pytest.fixture(params=ENGINES)
def url(request: pytest.FixtureRequest) -> str:
    """The sample, once on each engine."""
    return request.getfixturevalue(f"{request.param}_url")


@pytest.fixture(scope="session", params=ENGINES)
def records(request: pytest.FixtureRequest) -> Iterator[Records]:
    """The open records, once on each engine."""
    opened = open_records(request.getfixturevalue(f"{request.param}_url"))
    yield opened
    opened.close()


@pytest.fixture
def reader(records: Records) -> Iterator[Reader]:
    """A reader on each engine."""
    with records.reader() as opened:
        yield opened


@pytest.fixture(scope="session")
def sqlite_records(sqlite_url: str) -> Iterator[Records]:
    """The open records on SQLite only, where the engine makes no difference."""
    opened = open_records(sqlite_url)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_reader(sqlite_records: Records) -> Iterator[Reader]:
    """A reader on SQLite only."""
    with sqlite_records.reader() as opened:
        yield opened


@pytest.fixture
def changed_copy(sqlite_url: str, tmp_path: Path) -> Callable[..., str]:
    """Gives the address of a copy of the SQLite sample after some statements."""

    def change(*statements: str) -> str:
        copy = f"sqlite:///{shutil.copy(str(make_url(sqlite_url).database), tmp_path / 'changed.db')}"
        engine = create_engine(copy)
        with engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement))
        engine.dispose()
        return copy

    return change


@pytest.fixture(scope="session")
def tables(sqlite_records: Records) -> Tables:
    """The contract's tables."""
    return sqlite_records.tables
