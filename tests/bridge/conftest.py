"""The bench: a database of its own for each test, two workers, a fake platform."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI

from api.bridge.bridge import Bridge
from api.db import Database, open_database
from api.records.reader import Records
from api.usecases.channels.converse import Conversing
from api.usecases.channels.ground import Channels
from assistant.answering import Assistant
from assistant.models import Question
from knowledge.models import Provision
from tests.bridge.bench import HASTY, OA, Bench, Script, account
from tests.bridge.hall import Hall
from tests.bridge.platform import FakePlatform
from tests.people import DAY, World
from tests.services import Clock, make_services
from web.app import create_app


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


@pytest.fixture(scope="session")
def hall_app(
    quick_assistant: Assistant, provisions: list[Provision], tmp_path_factory: pytest.TempPathFactory
) -> FastAPI:
    """One application for all halls: each puts its own services and bridge into it."""
    services = make_services(tmp_path_factory.mktemp("hall"))
    quick_assistant.answer(Question("什么是AEO？", DAY))  # what the first question waits for is not what is tested
    return create_app(quick_assistant, provisions, clock=lambda: DAY, services=services)


@pytest.fixture
def hall(
    hall_app: FastAPI, bench: Bench, sample_records: Records, quick_assistant: Assistant, tmp_path: Path
) -> Iterator[Hall]:
    """The use case itself on one worker, among people with accounts."""
    database = bench.open_database()
    services = make_services(
        tmp_path, bench.clock, database=database, records=sample_records, public_url="http://testserver"
    )
    bridge = bench.worker(
        talk=lambda outbox, fetch: Conversing(
            Channels(services, lambda: quick_assistant, lambda: DAY, outbox, fetch=fetch)
        )
    )
    hall_app.state.services, hall_app.state.bridge = services, bridge
    yield Hall(World(hall_app, services, bench.clock), bench, bridge)
    database.close()


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
