"""The compliance calendar: each day with its source and how sure it is, on the page and as a file."""

from __future__ import annotations

from datetime import date, timedelta

import icalendar
import pytest

from api.usecases.calendar.duties import dated_duties, undated_duties
from assistant.citations import Draft, Proof
from knowledge.models import Provision
from tests.access.assessments import things_of_assessment
from tests.people import DAY, World, uscc
from tests.web.enterprise.records import add_penalty, changed_records

LEVELS = ("advanced_certified", "certified", "regular", "discredited", "seriously_discredited")


@pytest.mark.parametrize("level", LEVELS)
def test_every_figure_of_a_duty_stands_in_its_provision(level: str, by_id: dict[str, Provision]):
    proof, wrong = Proof(), []
    for duty in (*dated_duties(level, DAY), *undated_duties(level)):
        provisions = tuple(by_id[rule] for rule in duty.rules)
        for said, language in ((duty.title, "zh-Hans"), (duty.note, "zh-Hans"), (duty.title, "en"), (duty.note, "en")):
            words = "" if said is None else said.read("en" if language == "en" else "zh")
            wrong += [(duty.key, fact) for fact in proof.missing(Draft(words, provisions), language)]

    assert wrong == []


def test_a_day_without_its_provision_would_be_found_out(by_id: dict[str, Provision]):
    duty = next(dated_duties("advanced_certified", DAY))

    assert Proof().missing(Draft(duty.title.zh, (by_id["gacc-order-282#art-4"],)), "zh-Hans")


def test_the_audit_report_is_due_by_30_june_for_advanced_certified_enterprises_only():
    assert [entry.day for entry in dated_duties("advanced_certified", DAY)] == [date(2027, 6, 30)]
    assert list(dated_duties("certified", DAY)) == []


def test_a_period_that_is_not_verified_has_no_day(world: World):
    page = world.enterprise_user().get("/calendar").text

    assert "现行的报送期限未核实" in page
    assert "没有确定日期的事项" in page


def test_every_entry_names_its_provision_and_how_sure_it_is(world: World):
    page = world.enterprise_user().get("/calendar").text

    assert "/documents/gacc-2026-34#audit-report" in page
    assert "badge-second_hand" in page
    assert "规定写明" in page


def test_a_penalty_leaves_each_window_on_the_day_that_is_worked_out(world: World, tmp_path, sample_file):
    changed_records(world, sample_file, tmp_path, lambda connection: add_penalty(connection, uscc(0), "2026-03-05"))

    page = world.enterprise_user().get("/calendar").text

    assert "2026年3月5日的处罚满1年，不再计入" in page
    assert "2026年3月5日的处罚满2年，不再计入" in page
    assert '<time datetime="2027-03-05">' in page
    assert "是本系统的假设" in page


def test_an_open_task_stands_on_its_day_and_a_late_one_on_top(world: World):
    person = world.enterprise_user()
    things_of_assessment(world.services, person.account_id, uscc(0))
    plan_task(world, person, DAY + timedelta(days=9), "补培训记录")
    plan_task(world, person, DAY - timedelta(days=9), "补审计报告")

    page = person.get("/calendar").text

    assert page.index("已过期") < page.index("补审计报告") < page.index("补培训记录")


def test_the_file_holds_the_same_days(world: World):
    person = world.enterprise_user()

    answer = person.get("/calendar/calendar.ics")
    days = {event["dtstart"].dt for event in icalendar.Calendar.from_ical(answer.content).walk("VEVENT")}

    assert answer.headers["content-type"].startswith("text/calendar")
    assert date(2027, 6, 30) in days


def test_the_calendar_reads_in_english(world: World):
    page = world.enterprise_user().get("/calendar?lang=en").text

    assert "Report on last year&#39;s audit (by 30 June)" in page
    assert "The present filing period is not verified" in page


def plan_task(world: World, person, due: date, what: str) -> None:
    """Put a task into the plan of the person's assessment."""
    from sqlalchemy import select

    from api.store import Assessment, AssessmentTask

    with world.services.database.writing() as session:
        row = session.scalars(select(Assessment).where(Assessment.uscc == uscc(0))).first()
        assert row
        session.add(
            AssessmentTask(
                assessment_id=row.id, uscc=uscc(0), item="2", what=what, owner="", due=due, remind_days=7,
                account_id=person.account_id, changed_at=world.clock(),
            )
        )  # fmt: skip
