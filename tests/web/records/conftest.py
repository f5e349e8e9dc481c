"""One application for all pages about records: reading them changes nothing, so tests share its people."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from api.auth.identity import Kind
from api.db import open_database
from api.records.reader import Records, open_records
from api.records.sample.fiction import office_of
from assistant.answering import Assistant
from knowledge.models import Provision
from tests.people import DAY, A, Person, World
from tests.services import Clock, make_services
from tests.web.records.pages import Come, Read, with_reason
from web.app import create_app


@pytest.fixture(scope="package")
def town(
    tmp_path_factory: pytest.TempPathFactory,
    migrated: Path,
    sample_records: Records,
    quick_assistant: Assistant,
    provisions: list[Provision],
) -> Iterator[World]:
    """An application whose people only read."""
    folder = tmp_path_factory.mktemp("town")
    shutil.copy(migrated, folder / "credit.db")
    clock = Clock()
    database = open_database(f"sqlite:///{folder / 'credit.db'}")
    services = make_services(folder, clock, database=database, records=sample_records)
    app = create_app(quick_assistant, provisions, clock=lambda: DAY, services=services)
    yield World(app, services, clock)
    database.close()


@pytest.fixture(scope="package")
def come(town: World) -> Come:
    """Somebody of a kind who belongs to the enterprise at a place of the sample, each brought in once."""
    known: dict[str, Person] = {}

    def person(kind: str, place: int = A) -> Person:
        name = f"{kind}-{place}"
        if name not in known:
            known[name] = _bring(town, kind, name, place)
        return known[name]

    return person


@pytest.fixture(scope="session")
def read() -> Read:
    """Open a page as somebody and return what it says."""

    def open_page(person: Person, path: str, **query: str) -> LexborHTMLParser:
        answer = person.get(path, params=query)
        if "lang" in person.client.cookies:  # the next test may share this person
            person.client.cookies.delete("lang")
        assert answer.status_code == 200, answer.text[:300]
        return LexborHTMLParser(answer.text)

    return open_page


@pytest.fixture
def without(world: World, sample_file: Path, tmp_path: Path) -> Iterator[Callable[[str], None]]:
    """Connect the application to records that do not hold a table."""
    opened: list[Records] = []

    def drop(table: str) -> None:
        poorer = tmp_path / "poorer.db"
        shutil.copy(sample_file, poorer)
        connection = sqlite3.connect(poorer)
        connection.execute(f"DROP TABLE {table}")
        connection.commit()
        connection.close()
        opened.append(open_records(f"sqlite:///{poorer}"))
        world.app.state.services = replace(world.services, records=opened[-1])

    yield drop
    for records in opened:
        records.close()


def _bring(town: World, kind: str, name: str, place: int) -> Person:
    if kind == "visitor":
        return town.visitor()
    if kind == "enterprise":
        return town.enterprise_user(name, place)
    if kind == "unbound":
        return town.signed_in(town.add(Kind.ENTERPRISE, name))
    if kind == "coordinator":
        return with_reason(town.coordinator(name, place), place)
    return with_reason(town.officer(name, office_of(place).district), place)
