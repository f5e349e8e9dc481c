"""Items that an officer returned stand in the calendar and on the home until a new version is handed in."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from api.store import ReviewCase, ReviewDecision, Submission
from tests.access.assessments import things_of_assessment
from tests.people import DAY, Person, World, uscc

LATE, AHEAD = DAY - timedelta(days=2), DAY + timedelta(days=9)


@pytest.fixture
def person(world: World) -> Person:
    """Somebody whose version came back with two items."""
    person = world.enterprise_user()
    things_of_assessment(world.services, person.account_id, uscc(0))
    with world.services.database.writing() as session:
        submission = session.query(Submission).one()
        case = ReviewCase(
            submission_id=submission.id, uscc=uscc(0), state="returned", turn=2, changed_at=world.clock(), due_on=AHEAD
        )
        session.add(case)
        session.flush()
        items = [
            {"item": no, "what": f"补第{no}项材料", "due": due.isoformat()} for no, due in (("5", LATE), ("18", AHEAD))
        ]
        session.add(
            ReviewDecision(
                case_id=case.id, number=1, uscc=uscc(0), kind="return", reason="x", content=json.dumps(items),
                at=world.clock(),
            )
        )  # fmt: skip
    return person


def test_each_item_stands_on_its_day_and_a_late_one_on_top(person: Person):
    page = person.get("/calendar").text

    assert page.index("已过期") < page.index("退回补正第5项") < page.index("退回补正第18项")
    assert "海关退回时要求" in page


def test_home_says_how_many_items_came_back_and_until_when(person: Person):
    page = person.get("/home").text

    assert "退回补正" in page
    assert '#returned">' in page
    assert "有事项已过期" in page


def test_once_a_new_version_is_handed_in_nothing_is_due_any_more(world: World, person: Person):
    with world.services.database.writing() as session:
        first = session.query(Submission).one()
        session.add(
            Submission(
                assessment_id=first.assessment_id, uscc=uscc(0), version=2, standard=first.standard, snapshot="{}",
                sha256="", peers="", shares="{}", account_id=person.account_id, submitted_at=world.clock(),
                withdrawn_why="",
            )
        )  # fmt: skip

    assert "退回补正" not in person.get("/calendar").text
    assert "退回补正" not in person.get("/home").text


def test_another_enterprise_sees_nothing_of_it(world: World, person: Person):
    assert "退回补正" not in world.enterprise_user("b", 21).get("/calendar").text
    assert person.account_id
