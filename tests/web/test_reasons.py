"""Reading another's record: a reason first, a trace each time."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from api.auth.identity import Identity, Kind
from api.auth.sessions import find
from api.errors import ReasonNeeded
from api.store import AuditEntry, RecordReading
from api.usecases.record_reading import note_reading
from tests.people import A, B, Person, World, uscc


def identity(world: World, person: Person) -> Identity:
    """The person as a request knows them."""
    with world.services.database.reading() as session:
        found = find(session, world.services.keys, person.client.cookies["session"], world.clock())
    assert found
    return found[0]


def read(world: World, person: Person, place: int = A) -> None:
    """Do what a page does before it reads a record."""
    note_reading(world.services, identity(world, person), uscc(place), "status")


def give(person: Person, place: int = A, **form: str):
    """Send the reason."""
    return person.post(f"/reasons/{uscc(place)}", **{"reason": "review", "next": "/status"} | form)


@pytest.mark.parametrize("kind", ["officer", "coordinator"])
def test_without_a_reason_a_record_is_not_read(kind: str, world: World):
    person = getattr(world, kind)()

    with pytest.raises(ReasonNeeded):
        read(world, person)


def test_with_a_reason_every_reading_leaves_a_trace(world: World):
    person = world.officer()
    answer = give(person)

    read(world, person)
    read(world, person)

    assert answer.headers["location"] == "/status"
    assert world.actions() == ["reason_given", "record_read", "record_read"]


def test_the_trace_names_the_enterprise_by_pseudonym_and_keeps_the_note_elsewhere(world: World):
    give(world.officer(), note="李明电话要求")

    with world.services.database.reading() as session:
        entry = session.scalars(select(AuditEntry)).one()
        note = session.scalars(select(RecordReading.note)).one()

    assert entry.subject == world.services.trail.enterprise(uscc(A))
    assert uscc(A) not in entry.subject + entry.details
    assert "李明" not in entry.details
    assert note == "李明电话要求"


def test_a_reason_holds_for_one_enterprise_and_one_session(world: World):
    person = world.officer(customs="Y1")
    give(person)

    again = world.signed_in(world.account("officer"))

    with pytest.raises(ReasonNeeded):
        read(world, again)
    with pytest.raises(ReasonNeeded):
        read(world, person, B)


def test_an_enterprise_reads_its_own_record_without_a_reason(world: World):
    read(world, world.enterprise_user())

    assert world.actions() == []


@pytest.mark.parametrize("form", [{"reason": ""}, {"reason": "other"}, {"reason": "curiosity"}, {"note": "x" * 501}])
def test_a_reason_has_to_be_one(form: dict[str, str], world: World):
    assert give(world.officer(), **form).status_code == 400
    assert world.actions() == []


def test_nobody_gives_a_reason_for_an_enterprise_out_of_reach(world: World):
    for person in (world.officer(customs="Y9"), world.coordinator(place=40)):
        assert person.get(f"/reasons/{uscc(A)}").status_code == 404
        assert give(person).status_code == 404


def test_a_page_that_needs_a_reason_asks_for_it_and_comes_back(own_world: World):
    person = own_world.officer()

    @own_world.app.get("/probe")
    def probe() -> None:
        raise ReasonNeeded(uscc(A))

    assert person.get("/probe").headers["location"] == f"/reasons/{uscc(A)}?next=/probe"
    assert person.client.get("/probe").json()["error"]["code"] == "reason_needed"


def test_a_closed_sign_in_keeps_the_reason(world: World):
    person = world.signed_in(world.add(Kind.OFFICER, "officer", customs="Y1"))
    give(person)

    person.post("/sign-out")

    with world.services.database.reading() as session:
        assert session.scalars(select(RecordReading)).one()
