"""The private address of a calendar: whoever holds it reads, it can be taken back, it says nothing, no log holds it."""

from __future__ import annotations

import re

import icalendar
import pytest
from sqlalchemy import select

from api.auth.identity import Kind
from api.store import CalendarFeed, Membership
from tests.people import A, B, Person, World, uscc


def subscribed(person: Person) -> str:
    """Make an address; return its path."""
    page = person.post("/calendar/feed").text
    found = re.search(r"http://testserver(/calendar/feed/[^<]+\.ics)", page)
    assert found, page[:500]
    return found[1]


def test_a_calendar_program_reads_it_without_signing_in(world: World):
    path = subscribed(world.enterprise_user())

    answer = world.visitor().client.get(path)

    assert answer.headers["content-type"].startswith("text/calendar")
    assert len(icalendar.Calendar.from_ical(answer.content).walk("VEVENT")) >= 2


def test_the_address_says_nothing_and_only_a_digest_is_stored(world: World):
    person = world.enterprise_user()
    path = subscribed(person)

    token = path.removeprefix("/calendar/feed/").removesuffix(".ics")
    with world.services.database.reading() as session:
        row = session.scalars(select(CalendarFeed)).one()
        stored = {column.name: str(getattr(row, column.name)) for column in CalendarFeed.__table__.columns}
    assert len(token) >= 43
    assert token not in stored.values()
    assert person.account_id not in path
    assert uscc(A) not in path


def test_the_address_is_shown_once(world: World):
    person = world.enterprise_user()
    path = subscribed(person)

    page = person.get("/calendar").text
    assert path not in page
    assert "收回订阅地址" in page


def test_an_address_that_was_taken_back_is_gone(world: World):
    person = world.enterprise_user()
    path = subscribed(person)

    person.post("/calendar/feed/end")

    assert world.visitor().client.get(path).status_code == 410
    assert world.actions()[-2:] == ["calendar_feed_made", "calendar_feed_ended"]


def test_a_new_address_ends_the_earlier_one(world: World):
    person = world.enterprise_user()
    first, second = subscribed(person), subscribed(person)

    assert world.visitor().client.get(first).status_code == 410
    assert world.visitor().client.get(second).status_code == 200


def test_whoever_leaves_the_enterprise_takes_the_address_along(world: World):
    person = world.enterprise_user()
    path = subscribed(person)
    with world.services.database.writing() as session:
        session.delete(session.get_one(Membership, (person.account_id, uscc(A))))

    assert world.visitor().client.get(path).status_code == 410


def test_an_account_that_was_disabled_opens_no_calendar(world: World):
    person = world.enterprise_user()
    path = subscribed(person)
    with world.services.database.writing() as session:
        session.get_one(type(world.account(person.name)), person.account_id).disabled_at = world.clock()

    assert world.visitor().client.get(path).status_code == 410


def test_each_enterprise_of_a_person_has_a_calendar_of_its_own(world: World):
    account = world.add(Kind.ENTERPRISE, "both", A, B)
    person = world.signed_in(account)
    first = subscribed(person)
    person.post("/account/enterprise", uscc=uscc(B))
    second = subscribed(person)

    texts = [world.visitor().client.get(path).text for path in (first, second)]
    assert texts[0] != texts[1]


def test_no_log_holds_the_token(world: World, capsys: pytest.CaptureFixture[str]):
    path = subscribed(world.enterprise_user())
    world.visitor().client.get(path)

    logged = capsys.readouterr()
    assert "/calendar/feed/{token}.ics" in logged.out + logged.err
    assert path.rpartition("/")[2].removesuffix(".ics") not in logged.out + logged.err
