"""The bench: a database of its own for each test, two workers, a fake platform."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.bridge.bridge import Bridge
from api.db import Database, open_database
from tests.bridge.bench import Bench, Script
from tests.bridge.platform import FakePlatform
from tests.services import Clock


@pytest.fixture
def bench(tmp_path: Path, migrated: Path) -> Iterator[Bench]:
    """A bench on SQLite, without a worker yet."""
    shutil.copy(migrated, tmp_path / "credit.db")

    def opened() -> Database:
        return open_database(f"sqlite:///{tmp_path / 'credit.db'}")

    clock = Clock()
    made = Bench(clock, FakePlatform(clock), Script(), opened)
    yield made
    made.close()


@pytest.fixture
def worker(bench: Bench) -> Bridge:
    """One worker."""
    return bench.worker()


@pytest.fixture
def other(bench: Bench, worker: Bridge) -> Bridge:
    """A second worker over the same database."""
    return bench.worker()
