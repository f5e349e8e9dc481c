"""Our own database, empty and migrated, on each engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from api.db import Database, open_database
from api.store.schema import migrate

ENGINES = ("sqlite", "postgresql")


@pytest.fixture(params=ENGINES)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database on each engine."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'credit.db'}"
    else:
        url = request.getfixturevalue("server").create_database(f"credit_{uuid4().hex[:12]}")
    opened = open_database(url)
    yield opened
    opened.close()


@pytest.fixture
def database(empty: Database) -> Database:
    """A migrated database on each engine."""
    migrate(empty)
    return empty
