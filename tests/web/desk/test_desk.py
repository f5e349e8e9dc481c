"""The desk: enterprises looked after, what needs attention first, at the same cost for one and for two hundred."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser
from sqlalchemy import Engine, event

from api.auth.access import About
from api.auth.identity import Kind
from api.records.reader import open_records
from api.store import Assessment, AssessmentTask, ReviewCase, Submission, Utterance
from tests.access.assessments import things_of_assessment
from tests.access.desk import conversation_about
from tests.people import DAY, A, Person, World, uscc


@pytest.fixture
def many(world: World, sample_file: Path, tmp_path: Path) -> Iterator[World]:
    """A world in which one coordinator looks after everybody, and another after enterprise A alone."""
    target = tmp_path / "many.db"
    shutil.copy(sample_file, target)
    with sqlite3.connect(target) as connection:
        known = connection.execute("SELECT uscc, as_of FROM enterprise").fetchall()
        rows = [(n, code, "all", as_of) for n, (code, as_of) in enumerate(known, 900_000)]
        rows += [(899_999, uscc(A), "one", known[0][1])]
        connection.executemany(
            "INSERT INTO coordinator_assignment (id, uscc, coordinator, assigned_from, as_of)"
            " VALUES (?, ?, ?, '2020-01-01', ?)",
            rows,
        )
    connection.close()
    records = open_records(f"sqlite:///{target}")
    world.services = replace(world.services, records=records)
    world.app.state.services = world.services
    yield world
    records.close()


def coordinator_called(world: World, name: str) -> Person:
    """Somebody who looks after what is assigned to a name."""
    return world.signed_in(world.add(Kind.COORDINATOR, name, coordinator=name))


@contextmanager
def counted(*engines: Engine) -> Iterator[list[str]]:
    """Note every query while the block runs."""
    said: list[str] = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        said.append(statement)

    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    yield said
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)


def queries_of(world: World, person: Person) -> int:
    """How many queries the desk needs."""
    assert world.services.records
    with counted(world.services.records.engine, world.services.database.engine) as said:
        assert person.get("/desk").status_code == 200
    return len([one for one in said if one.startswith("SELECT")])


def plan(world: World, account_id: str, due: date) -> None:
    """Store a plan of A with one open task."""
    now, by = world.clock(), {"uscc": uscc(A), "account_id": account_id}
    with world.services.database.writing() as session:
        assessment = Assessment(standard="advanced-2026", day=DAY, profile="{}", started_at=now, changed_at=now, **by)
        session.add(assessment)
        session.flush()
        session.add(
            AssessmentTask(
                assessment_id=assessment.id, item="2", what="内审", owner="", due=due, remind_days=1, changed_at=now,
                **by,
            )
        )  # fmt: skip


def firms(page: str) -> list[str]:
    """The enterprises of the desk with something to do, in their order."""
    return [node.text(strip=True) for node in LexborHTMLParser(page).css(".firms h2 a")]


def test_two_hundred_enterprises_cost_as_many_queries_as_one(many: World):
    one, everybody = coordinator_called(many, "one"), coordinator_called(many, "all")
    queries_of(many, one)

    assert queries_of(many, one) == queries_of(many, everybody) <= 20
    assert LexborHTMLParser(everybody.get("/desk").text).css_first(".topics strong").text() == "200"  # type: ignore[union-attr]
    assert len(everybody.get("/desk").text.encode()) < 150_000


def test_who_waits_past_the_promise_comes_first(many: World):
    everybody = coordinator_called(many, "all")
    before = firms(everybody.get("/desk").text)
    speaker = many.enterprise_user("li")
    conversation_about(many.services, speaker.account_id, uscc(A))
    many.clock.pass_(minutes=1)

    page = everybody.get("/desk").text

    assert "已超过承诺时间" in page
    assert firms(page)[0] != before[0]
    assert f'href="/status/{uscc(A)}">{firms(page)[0]}' in page


def test_who_needs_nothing_is_listed_below_the_others(many: World):
    tree = LexborHTMLParser(coordinator_called(many, "all").get("/desk").text)

    busy, quiet = tree.css(".firms h2 a"), tree.css(".quiet-firms a")
    assert len(busy) > 0
    assert len(busy) + len(quiet) == 200


def test_reviews_and_penalties_of_the_records_are_on_the_desk(many: World):
    page = coordinator_called(many, "all").get("/desk").text

    assert "下次复核" in page
    assert "等级变动" in page or "新的处罚" in page


def test_a_late_plan_and_an_unanswered_question_are_on_the_desk(world: World, zhang: Person, li: Person):
    plan(world, li.account_id, DAY - timedelta(days=3))
    conversation = conversation_about(world.services, li.account_id, uscc(A))
    with world.services.database.writing() as session:
        session.add(
            Utterance(
                conversation_id=conversation, number=2, said_by="assistant", channel="web", kind="unknown", text="x",
                said_at=world.clock(),
            )
        )  # fmt: skip

    page = zhang.get("/desk").text

    assert "未完成的计划 1 项" in page
    assert "没有答上的问题" in page
    assert firms(zhang.get("/desk?about=plan").text) == firms(zhang.get("/desk?about=question").text)
    assert len(firms(zhang.get("/desk?about=plan").text)) == 1


def test_what_an_officer_gave_back_is_on_the_desk_until_it_is_handed_in_again(world: World, zhang: Person, li: Person):
    things = things_of_assessment(world.services, li.account_id, uscc(A))
    now = world.clock()
    with world.services.database.writing() as session:
        session.add(
            ReviewCase(
                submission_id=things[About.SUBMISSION], uscc=uscc(A), state="returned", turn=1, changed_at=now,
                due_on=DAY + timedelta(days=5),
            )
        )  # fmt: skip
    before = zhang.get("/desk").text
    with world.services.database.writing() as session:
        returned = session.get_one(Submission, things[About.SUBMISSION])
        kept = {
            c.name: getattr(returned, c.name) for c in Submission.__table__.columns if c.name not in ("id", "version")
        }
        session.add(Submission(version=2, **kept))

    assert f'href="/reviews/{things[About.SUBMISSION]}">退回补正' in before
    assert "退回补正" not in zhang.get("/desk").text


def test_a_topic_and_a_name_narrow_the_desk(many: World):
    everybody = coordinator_called(many, "all")

    reviews = firms(everybody.get("/desk?about=review").text)
    found = everybody.get("/desk", params={"q": reviews[0]}).text

    assert 0 < len(reviews) < 200
    assert firms(found) == [reviews[0]]
    assert "没有符合的企业" in everybody.get("/desk?q=没有这样的名字").text


def test_a_coordinator_without_enterprises_is_told_so(many: World):
    assert "没有分派给您的企业" in coordinator_called(many, "nobody").get("/desk").text


def test_the_desk_is_traced_and_for_coordinators_only(world: World, zhang: Person, li: Person):
    zhang.get("/desk")

    assert world.actions()[-1] == "desk_read"
    assert li.get("/desk").status_code == 403
    assert world.officer().get("/desk").status_code == 403
