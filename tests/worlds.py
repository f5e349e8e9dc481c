"""Fixtures: the web application over the stand-in model, an own database for each test, a sample of the records."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import FastAPI

from api.auth.oidc import OidcClient, Provider
from api.db import open_database
from api.records.reader import Records, open_records
from api.records.sample.load import make_sample
from api.store.schema import migrate
from assistant.answering import Assistant
from knowledge.models import Provision
from tests.oidc_provider import CLIENT_ID, CLIENT_SECRET, OidcProvider, running_provider
from tests.people import DAY, ENTERPRISES, SEED, World
from tests.postgres import Server, running_server
from tests.services import Clock, make_services
from web.app import create_app


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database file to copy."""
    path = tmp_path_factory.mktemp("migrated") / "credit.db"
    database = open_database(f"sqlite:///{path}")
    migrate(database)
    database.shrink()
    database.close()
    return path


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample of the shared records, to read or to copy."""
    path = tmp_path_factory.mktemp("records") / "records.db"
    make_sample(f"sqlite:///{path}", enterprises=ENTERPRISES, seed=SEED, day=DAY)
    return path


@pytest.fixture(scope="session")
def sample_records(sample_file: Path) -> Iterator[Records]:
    """The sample, opened."""
    records = open_records(f"sqlite:///{sample_file}")
    yield records
    records.close()


@pytest.fixture(scope="session")
def application(
    tmp_path_factory: pytest.TempPathFactory, quick_assistant: Assistant, provisions: list[Provision]
) -> FastAPI:
    """The application, made once: it takes longer than what most tests do with it."""
    services = make_services(tmp_path_factory.mktemp("application"))
    return create_app(quick_assistant, provisions, clock=lambda: DAY, services=services)


@pytest.fixture
def world(application: FastAPI, tmp_path: Path, migrated: Path, sample_records: Records) -> Iterator[World]:
    """The application with a database nobody has used yet."""
    shutil.copy(migrated, tmp_path / "credit.db")
    clock = Clock()
    database = open_database(f"sqlite:///{tmp_path / 'credit.db'}")
    services = make_services(tmp_path, clock, database=database, records=sample_records)
    application.state.services, application.state.bridge = services, None
    yield World(application, services, clock)
    database.close()


@pytest.fixture
def own_world(world: World, quick_assistant: Assistant, provisions: list[Provision]) -> World:
    """A world whose application belongs to one test alone, which may put routes into it."""
    app = create_app(quick_assistant, provisions, clock=lambda: DAY, services=world.services)
    return World(app, world.services, world.clock)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A running PostgreSQL."""
    with running_server() as running:
        yield running


@pytest.fixture
def provider() -> Iterator[OidcProvider]:
    """An identity provider that agrees to everything."""
    with running_provider() as running:
        yield running


@pytest.fixture
def connected(world: World, provider: OidcProvider) -> World:
    """An application that knows the provider."""
    client = OidcClient(Provider(provider.issuer, CLIENT_ID, CLIENT_SECRET, "示例统一认证"), world.services.keys)
    world.services = replace(world.services, oidc=client)
    world.app.state.services = world.services
    return world
