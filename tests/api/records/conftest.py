"""A sample of 200 enterprises on SQLite and on a real PostgreSQL, each made once per test run.

``tests/postgres.py`` is loaded by its path: with ``tests`` on the import path, ``tests/api`` would hide ``api``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from api.records.mapping import Tables
from api.records.reader import Reader, Records, open_records
from api.records.sample.fiction import uscc_of
from api.records.sample.load import make_sample
from api.records.sample.targets import reader_grants

DAY = date(2026, 11, 22)
SEED = 7
ENTERPRISES = 200
ENGINES = ("sqlite", "postgresql")


def _load(name: str, path: Path) -> ModuleType:
    spec = spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[name] = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


postgres = _load("tests_postgres", Path(__file__).parents[2] / "postgres.py")


def uscc(slot: int) -> str:
    """The credit code of an enterprise of the sample."""
    return uscc_of(slot, SEED)


@pytest.fixture(scope="session")
def server() -> Iterator[object]:
    """A running PostgreSQL."""
    with postgres.running_server() as running:
        yield running


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


@pytest.fixture(scope="session")
def tables(sqlite_records: Records) -> Tables:
    """The contract's tables."""
    return sqlite_records.tables
