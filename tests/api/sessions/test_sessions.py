"""Sessions are set up, changed, cancelled, attended and judged; everybody concerned is told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from api.auth.identity import Identity, Kind
from api.errors import BadInput, Conflict, NotAllowed, NotFound
from api.store import AuditEntry, CentreSession
from api.usecases.sessions.booking import BookingIn, book, cancel_booking
from api.usecases.sessions.manage import (
    cancel_session,
    change_session,
    create_session,
    list_managed,
    open_managed,
    take_attendance,
)
from api.usecases.sessions.offer import find_session, list_offered
from api.usecases.sessions.sample import make_sample_sessions
from api.usecases.sessions.survey import SurveyIn, reply, survey_result
from tests.api.sessions.conftest import CUSTOMS, Centre

GOOD = SurveyIn(5, 4, 3, "很有用")


def test_who_booked_is_reminded_the_day_before_and_asked_afterwards(quick: Centre, officer: Identity):
    row, who = quick.hold(officer), quick.person(1)
    quick.book(who, row)

    assert [text[:4] for text in quick.told(who)] == ["预约成功"]
    ahead = quick.told(who, ahead=True)
    assert ahead[0].startswith("明天有您预约的活动")
    assert "满意度调查" in ahead[1]


def test_a_booking_that_is_given_back_is_not_reminded_of(quick: Centre, officer: Identity):
    row, who = quick.hold(officer), quick.person(1)
    booking = quick.book(who, row)

    with quick.work(who) as work:
        cancel_booking(work, booking.id)

    assert quick.told(who, ahead=True) == []


def test_a_new_time_or_place_is_told_and_the_reminder_moves(quick: Centre, officer: Identity):
    row, who = quick.hold(officer), quick.person(1)
    quick.book(who, row)

    with quick.work(officer) as work:
        change_session(work, row.id, quick.session_in(days=5, place="二号教室"))

    assert "活动有变动" in quick.told(who)[-1]
    assert "二号教室" in quick.told(who)[-1]
    assert len(quick.told(who, ahead=True)) == 2
    assert "二号教室" in quick.told(who, ahead=True)[0]


def test_a_cancelled_session_is_told_to_all_with_the_reason(quick: Centre, officer: Identity):
    row = quick.hold(officer, seats=1)
    booked, waiting = quick.person(1), quick.person(2)
    quick.book(booked, row)
    quick.book(waiting, row)

    with quick.work(officer) as work:
        cancel_session(work, row.id, "讲师生病")

    assert quick.states(row) == ["cancelled", "cancelled"]
    assert all("讲师生病" in quick.told(who)[-1] for who in (booked, waiting))
    assert quick.told(booked, ahead=True) == []


def test_more_seats_let_those_who_wait_move_up(quick: Centre, officer: Identity):
    row = quick.hold(officer, seats=1)
    quick.book(quick.person(1), row)
    quick.book(quick.person(2), row)

    with quick.work(officer) as work:
        change_session(work, row.id, quick.session_in(seats=2))

    assert quick.states(row) == ["booked", "booked"]


def test_seats_cannot_be_fewer_than_those_booked(quick: Centre, officer: Identity):
    row = quick.hold(officer, seats=3)
    quick.book(quick.person(1), row, people=3)

    with quick.work(officer) as work, pytest.raises(Conflict, match="3 people"):
        change_session(work, row.id, quick.session_in(seats=2))


def test_a_session_that_has_begun_takes_no_booking(quick: Centre, officer: Identity):
    row, who = quick.hold(officer), quick.person(1)
    quick.clock.pass_(days=3)

    with quick.work(who) as work, pytest.raises(Conflict, match="bookings are closed"):
        book(work, row.id, BookingIn(1, "王芳"))


@pytest.mark.parametrize("given", [BookingIn(0, "x"), BookingIn(21, "x"), BookingIn(1, " "), BookingIn(1, "x\0")])
def test_a_booking_that_makes_no_sense_is_refused(given: BookingIn, quick: Centre, officer: Identity):
    row, who = quick.hold(officer, seats=50), quick.person(1)

    with quick.work(who) as work, pytest.raises(BadInput):
        book(work, row.id, given)


def test_customs_people_do_not_book(quick: Centre, officer: Identity):
    row = quick.hold(officer)

    with quick.work(officer) as work, pytest.raises(NotAllowed):
        book(work, row.id, BookingIn(1, "x"))


def test_another_enterprise_does_not_touch_a_booking(quick: Centre, officer: Identity):
    booking = quick.book(quick.person(1), quick.hold(officer))

    with quick.work(quick.person(2)) as work, pytest.raises(NotFound):
        cancel_booking(work, booking.id)


def test_an_officer_manages_the_own_customs_and_a_coordinator_the_own_sessions(quick: Centre, officer: Identity):
    coordinator = quick.person(901, Kind.COORDINATOR)
    mine, theirs = quick.hold(coordinator), quick.hold(officer)
    elsewhere, nobody = (quick.person(n, Kind.OFFICER, customs) for n, customs in ((902, "Y2"), (903, "")))

    def managed(who: Identity) -> set[str]:
        with quick.work(who) as work:
            return {one.row.id for one in list_managed(work)}

    assert managed(coordinator) == {mine.id}
    assert managed(officer) == {theirs.id}
    assert managed(elsewhere) == managed(nobody) == set()
    with quick.work(elsewhere) as work, pytest.raises(NotFound):
        open_managed(work, theirs.id)


def test_attendance_is_taken_once_the_session_has_begun(quick: Centre, officer: Identity):
    row = quick.hold(officer)
    came, missed = (quick.book(quick.person(place), row) for place in (1, 2))
    with quick.work(officer) as work, pytest.raises(Conflict):
        take_attendance(work, row.id, {came.id})
    quick.clock.pass_(days=3, minutes=5)

    with quick.work(officer) as work:
        assert take_attendance(work, row.id, {came.id}) == 1

    assert quick.states(row) == ["attended", "absent"]
    assert missed.id != came.id


def judged(centre: Centre, officer: Identity, number: int) -> CentreSession:
    """A session that is over and that so many enterprises judged."""
    row = centre.hold(officer)
    people = [centre.person(place) for place in range(number)]
    bookings = [centre.book(who, row) for who in people]
    centre.clock.pass_(days=4)
    for who, booking, comment in zip(people, bookings, "edcba", strict=False):
        with centre.work(who) as work:
            reply(work, booking.id, replace(GOOD, comment=comment))
    return row


def test_fewer_than_five_replies_show_nothing(quick: Centre, officer: Identity):
    row = judged(quick, officer, 4)

    with quick.work(officer) as work:
        result = survey_result(work, row)

    assert not result.is_shown
    assert (result.means, result.comments) == ({}, ())


def test_five_replies_show_means_and_comments_in_no_telling_order(quick: Centre, officer: Identity):
    row = judged(quick, officer, 5)

    with quick.work(officer) as work:
        result = survey_result(work, row)

    assert result.means == {"content": 5, "teaching": 4, "arrangement": 3}
    assert result.comments == tuple("abcde")


def test_who_did_not_come_is_not_asked(quick: Centre, officer: Identity):
    row, who = quick.hold(officer), quick.person(1)
    booking = quick.book(who, row)
    quick.clock.pass_(days=4)
    with quick.work(officer) as work:
        take_attendance(work, row.id, ())

    with quick.work(who) as work, pytest.raises(Conflict):
        reply(work, booking.id, GOOD)


@pytest.mark.parametrize("marks", [(0, 3, 3), (3, 6, 3)])
def test_a_mark_is_from_one_to_five(marks: tuple[int, int, int], quick: Centre, officer: Identity):
    who = quick.person(1)
    booking = quick.book(who, quick.hold(officer))
    quick.clock.pass_(days=4)

    with quick.work(who) as work, pytest.raises(BadInput):
        reply(work, booking.id, SurveyIn(*marks))


def test_a_session_in_the_past_or_without_seats_is_refused(quick: Centre, officer: Identity):
    for wrong in (quick.session_in(days=-1), quick.session_in(seats=0), quick.session_in(title=" ")):
        with quick.work(officer) as work, pytest.raises(BadInput):
            create_session(work, wrong)


def test_what_staff_and_enterprises_do_stands_in_the_audit_log(quick: Centre, officer: Identity):
    row, who = quick.hold(officer), quick.person(1)
    quick.book(who, row)

    with quick.services.database.reading() as session:
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.number)).all()
    assert [entry.action for entry in entries] == ["session_created", "session_booked"]
    assert who.uscc not in entries[1].subject + entries[1].details


def test_the_sample_offers_every_kind_of_session_once(quick: Centre):
    with quick.services.database.writing() as session:
        assert make_sample_sessions(session, CUSTOMS, quick.clock()) == 5
        assert make_sample_sessions(session, CUSTOMS, quick.clock()) == 0
    with quick.work(quick.person(1)) as work:
        offered = list_offered(work)

    assert {one.row.topic for one in offered} == {"introduction", "standards_class", "mock_certification", "visit"}
    with quick.services.database.reading() as session:
        assert find_session(session, offered[0].row.id).seats == offered[0].free
