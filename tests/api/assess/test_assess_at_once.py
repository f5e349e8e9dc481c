"""People of one enterprise at the same moment, on both engines: every answer is kept, each under its own number."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from api.db import open_database
from api.store.schema import migrate
from api.usecases.assess import open_assessment, start_assessment
from api.usecases.assess_answers import Given, save_answers
from api.usecases.assess_desks import Desks
from selfassess.grades import Grade
from tests.api.assess.office import DAY, Office, answer
from tests.services import Clock, make_services

PEOPLE = 6


@pytest.fixture(params=["sqlite", "postgresql"])
def shared(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """An office on each engine, without records."""
    url = f"sqlite:///{tmp_path / 'credit.db'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("server").create_database("at_once")
    database, clock = open_database(url), Clock()
    migrate(database)
    yield Office(make_services(tmp_path, clock, database=database), clock, None)
    database.close()


def test_everybody_s_answer_is_kept(shared: Office):
    people = [shared.person(f"person-{number}") for number in range(PEOPLE)]
    with shared.desk(people[0]) as desk:
        id_ = start_assessment(desk, "advanced-2026", DAY, {"enterprise_type": "trader", "production": True}).id

    def give(number: int, no: str) -> None:
        with Desks(shared.services, people[number], DAY).to_write() as desk:
            opened = open_assessment(desk, id_, to_write=True)
            save_answers(opened, [Given(no, answer(Grade.MET, f"said by {number}"), seen="")])

    with ThreadPoolExecutor(PEOPLE) as pool:
        list(pool.map(give, range(PEOPLE), [str(number + 1) for number in range(PEOPLE)]))
        list(pool.map(give, range(PEOPLE), ["60"] * PEOPLE))

    with shared.desk(people[0]) as desk:
        held = open_assessment(desk, id_).answers
    assert [one.number for one in held.entries] == list(range(1, 2 * PEOPLE + 1))
    assert len(held.settled) == PEOPLE
    assert {one.answer.note for one in held.differing["60"]} == {f"said by {number}" for number in range(PEOPLE)}
