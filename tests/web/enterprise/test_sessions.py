"""The pages of the experience centre, from the offer to the survey."""

from __future__ import annotations

import re
from datetime import timedelta

from tests.people import B, Person, World

FORM = {"topic": "mock_certification", "title": "模拟认证", "about": "走一遍", "place": "一号", "day": "2026-12-03",
        "from": "09:00", "until": "11:00", "seats": "2"}  # fmt: skip


def offered(world: World, **changed: str) -> tuple[Person, str]:
    """A session set up by an officer; return the officer and its id."""
    officer = world.officer()
    officer.post("/session-desk", **(FORM | changed))
    found = re.search(r"/session-desk/([0-9a-f]{32})", officer.get("/session-desk").text)
    assert found
    return officer, found[1]


def book(person: Person, session_id: str, people: str = "1") -> str:
    """Book seats; return where one is sent, or the page with what is wrong."""
    answer = person.post(f"/sessions/{session_id}/book", people=people, contact="王芳 010-1234")
    return answer.headers.get("location") or answer.text


def booking_of(person: Person, session_id: str) -> str:
    """The id of the person's booking, from the page."""
    found = re.search(r"/sessions/bookings/([0-9a-f]{32})/", person.get(f"/sessions/{session_id}").text)
    assert found
    return found[1]


def test_a_session_is_browsed_booked_changed_and_given_back(world: World):
    _, session_id = offered(world)
    person = world.enterprise_user()

    assert "模拟认证" in person.get("/sessions").text
    assert book(person, session_id) == "/sessions?done=booked"
    booking = booking_of(person, session_id)
    assert person.post(f"/sessions/bookings/{booking}/change", people="2", contact="李明").status_code == 303
    assert 'value="2"' in person.get(f"/sessions/{session_id}").text
    assert "名额已满" in person.get("/sessions").text
    assert person.post(f"/sessions/bookings/{booking}/cancel").headers["location"] == "/sessions?done=cancelled"
    assert "本企业的预约" not in person.get("/sessions").text


def test_a_booked_session_stands_in_the_calendar_and_on_the_home(world: World):
    _, session_id = offered(world)
    person = world.enterprise_user()
    book(person, session_id)

    assert "体验中心：模拟认证" in person.get("/calendar").text
    assert "09:00" in person.get("/calendar").text
    assert "体验中心：模拟认证" in person.get("/home").text
    assert "DTSTART" in person.get("/calendar/calendar.ics").text


def test_a_full_session_offers_the_waiting_list_and_says_when_one_moved_up(world: World):
    _, session_id = offered(world)
    first, second = world.enterprise_user(), world.enterprise_user("user-b", B)
    book(first, session_id, "2")

    assert "排候补" in second.get(f"/sessions/{session_id}").text
    assert book(second, session_id) == "/sessions?done=waiting"
    first.post(f"/sessions/bookings/{booking_of(first, session_id)}/cancel")
    assert "候补成功" in second.get("/inbox").text


def test_what_is_wrong_is_said_and_what_was_typed_stays(world: World):
    _, session_id = offered(world)

    page = book(world.enterprise_user(), session_id, "9")

    assert "人数请填1到2。" in page
    assert "王芳 010-1234" in page


def test_another_enterprise_sees_no_contact_and_no_name(world: World):
    _, session_id = offered(world)
    book(world.enterprise_user(), session_id)

    for path in ("/sessions", f"/sessions/{session_id}"):
        assert "王芳" not in world.enterprise_user(f"b{len(path)}", B).get(path).text


def test_those_who_hold_it_see_who_comes_take_attendance_and_read_no_small_survey(world: World):
    officer, session_id = offered(world)
    person = world.enterprise_user()
    book(person, session_id)
    booking = booking_of(person, session_id)
    assert "王芳 010-1234" in officer.get(f"/session-desk/{session_id}").text

    world.clock.at += timedelta(days=12)
    officer, person = world.signed_in(world.account("officer")), world.signed_in(world.account("user-a"))
    answer = officer.post(f"/session-desk/{session_id}/attendance", came=booking)
    assert answer.headers["location"].endswith("attendance")
    said = person.post(f"/sessions/bookings/{booking}/survey", content="5", teaching="4", arrangement="4", comment="好")
    assert said.headers["location"] == "/sessions?done=replied"
    assert "答复不足5份，不显示结果。" in officer.get(f"/session-desk/{session_id}").text


def test_a_cancelled_session_is_told_and_no_longer_offered(world: World):
    officer, session_id = offered(world)
    person = world.enterprise_user()
    book(person, session_id)

    officer.post(f"/session-desk/{session_id}/cancel", reason="讲师生病")

    assert "讲师生病" in person.get("/inbox").text
    assert "即将举办" in person.get("/sessions").text
    assert session_id not in person.get("/sessions").text


def test_the_desk_says_what_is_wrong_with_a_session(world: World):
    officer = world.officer()

    assert "请检查时间" in officer.post("/session-desk", **(FORM | {"until": "08:00"})).text
    assert "请填写日期和时间。" in officer.post("/session-desk", **(FORM | {"day": ""})).text


def test_a_coordinator_manages_the_own_session(world: World):
    coordinator = world.coordinator()

    coordinator.post("/session-desk", **FORM)

    assert "模拟认证" in coordinator.get("/session-desk").text
    assert world.actions()[-1] == "session_created"


def test_the_pages_read_in_english(world: World):
    _, session_id = offered(world)
    person = world.enterprise_user()

    assert "Experience centre" in person.get("/sessions?lang=en").text
    assert "Contact and telephone" in person.get(f"/sessions/{session_id}?lang=en").text
