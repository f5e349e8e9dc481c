"""Fixtures: an office with an own database, above the sample of the records."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.db import open_database
from api.records.reader import Records
from tests.api.assess.office import Office
from tests.services import Clock, make_services


@pytest.fixture
def office(tmp_path: Path, migrated: Path, sample_records: Records) -> Iterator[Office]:
    """An office nobody has worked in yet."""
    shutil.copy(migrated, tmp_path / "credit.db")
    database, clock = open_database(f"sqlite:///{tmp_path / 'credit.db'}"), Clock()
    yield Office(make_services(tmp_path, clock, database=database, records=sample_records), clock, sample_records)
    database.close()
