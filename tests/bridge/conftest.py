"""The bench: a database of its own for each test, two workers, a fake platform."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from api.bridge.bridge import Bridge
from api.db import Database, open_database
from api.usecases.channels.converse import Conversing
from api.usecases.channels.ground import Channels
from assistant.answering import Assistant
from tests.bridge.bench import HASTY, OA, Bench, Script, account
from tests.bridge.hall import Hall
from tests.bridge.platform import FakePlatform
from tests.people import DAY, World
from tests.services import Clock


@pytest.fixture
def bench(tmp_path: Path, migrated: Path) -> Iterator[Bench]:
    """A bench on SQLite, without a worker yet."""
    if not (tmp_path / "credit.db").exists():  # `world` has made it already
        shutil.copy(migrated, tmp_path / "credit.db")

    def opened() -> Database:
        return open_database(f"sqlite:///{tmp_path / 'credit.db'}")

    clock = Clock()
    made = Bench(clock, FakePlatform(clock), Script(), opened)
    yield made
    made.close()


@pytest.fixture
def hall(world: World, bench: Bench, quick_assistant: Assistant) -> Hall:
    """The use case itself on one worker, among people with accounts."""
    bench.clock = bench.platform.now = world.clock
    services = replace(world.services, public_url="http://testserver")
    world.services = world.app.state.services = services
    bridge = bench.worker(
        talk=lambda outbox: Conversing(Channels(services, lambda: quick_assistant, lambda: DAY, outbox))
    )
    world.app.state.bridge = bridge
    return Hall(world, bench, bridge)


@pytest.fixture
def worker(bench: Bench) -> Bridge:
    """One worker."""
    return bench.worker()


@pytest.fixture
def other(bench: Bench, worker: Bridge) -> Bridge:
    """A second worker over the same database."""
    return bench.worker()


@pytest.fixture
def hasty(bench: Bench) -> Bridge:
    """A worker that does not wait long for an answer."""
    return bench.worker(account(OA, **HASTY))
