"""Fixtures: two people of one enterprise, and an assessment with everything in it, to be read only."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from api.db import open_database
from api.records.reader import Records
from assistant.answering import Assistant
from knowledge.models import Provision
from tests.people import DAY, A, Person, World
from tests.services import Clock, make_services
from tests.web.assess.paths import FIGURES, begin, give, give_all, upload
from web.app import create_app

HOSTILE = "=1+1<script>alert(1)</script>\"'"


@dataclass(frozen=True)
class Worked:
    """An assessment somebody worked on: answered, planned, proven, handed in and changed since."""

    person: Person
    address: str


@pytest.fixture
def wang(world: World) -> Person:
    """Somebody of enterprise A."""
    return world.enterprise_user("wang")


@pytest.fixture
def li(world: World) -> Person:
    """A colleague."""
    return world.enterprise_user("li", A, first=False)


@pytest.fixture(scope="package")
def worked(
    tmp_path_factory: pytest.TempPathFactory,
    migrated: Path,
    sample_records: Records,
    quick_assistant: Assistant,
    provisions: list[Provision],
) -> Iterator[Worked]:
    """The assessment to be read."""
    folder = tmp_path_factory.mktemp("worked")
    shutil.copy(migrated, folder / "credit.db")
    clock = Clock()
    database = open_database(f"sqlite:///{folder / 'credit.db'}")
    services = make_services(folder, clock, database=database, records=sample_records)
    world = World(create_app(quick_assistant, provisions, clock=lambda: DAY, services=services), services, clock)
    person = world.enterprise_user("wang")
    yield Worked(person, _work(person, clock))
    database.close()


def _work(person: Person, clock: Clock) -> str:
    address = begin(person)
    person.post(f"{address}/finance", **FIGURES)
    give_all(person, address, no_5="not_met", no_2="partly_met", no_33="not_met")
    person.post(f"{address}/plan/gaps")
    person.post(f"{address}/plan/tasks", item="5", what=HOSTILE, owner=HOSTILE, due="2026-11-23")
    upload(person, f"{address}/items/5/evidence", "制度.png", _picture(), title=HOSTILE, period_from="2026-01-01")
    person.post(f"{address}/submissions")
    clock.pass_(minutes=5)
    give(person, address, "5", "not_met", HOSTILE)
    return address


def _picture() -> bytes:
    from tests.api.assess.evidence_cases import png

    return png()
