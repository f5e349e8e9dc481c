"""The home of an enterprise's people: level, next deadline, what to do next, also when there is little to show."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from api.auth.identity import Kind
from api.store import Notice
from api.usecases.home import Begun
from selfassess.loader import get_standard
from tests.access.assessments import things_of_assessment
from tests.people import PASSWORD, B, Person, World, uscc


def without_records(world: World) -> None:
    """Take the shared records away."""
    world.services = replace(world.services, records=None)
    world.app.state.services = world.services


def test_an_enterprise_account_lands_on_its_home(world: World):
    world.enterprise_user("li")
    person = world.visitor()

    answer = person.post("/sign-in", name="li", password=PASSWORD, next="/")

    assert answer.headers["location"] == "/home"


def test_a_coordinator_lands_on_the_desk(world: World):
    world.coordinator("wang")

    answer = world.visitor().post("/sign-in", name="wang", password=PASSWORD, next="/")

    assert answer.headers["location"] == "/desk"


def test_home_says_the_level_what_it_means_and_by_which_article(world: World):
    page = world.enterprise_user().get("/home").text

    assert "高级认证企业" in page
    assert "五个等级中最高的，是AEO。" in page
    assert "/documents/gacc-order-282#art-4" in page


def test_home_counts_the_days_to_the_nearest_deadline(world: World):
    page = world.enterprise_user().get("/home").text

    days = (date(2027, 6, 30) - date(2026, 11, 22)).days
    assert f"{days}天" in page
    assert "报送上年度审计报告有关事项" in page


def test_home_of_a_new_enterprise_invites_to_a_first_self_assessment(world: World):
    page = world.enterprise_user().get("/home").text

    assert "开始一次自评" in page
    assert "未读消息" not in page


def test_home_shows_what_was_begun_and_what_waits(world: World):
    person = world.enterprise_user()
    things_of_assessment(world.services, person.account_id, uscc(0))
    told(world, person, "一条消息", timedelta())

    page = person.get("/home").text

    assert "继续自评" in page
    assert "培育计划" in page
    assert "未读消息" in page


@pytest.mark.parametrize(("answered", "says"), [(0, False), (67, False), (68, True)])
def test_when_nothing_waits_for_an_answer_home_leads_to_the_result(answered: int, says: bool):
    begun = Begun("a", get_standard("advanced-2026"), answered)

    assert begun.is_answered is says


def test_a_notice_written_ahead_is_told_on_its_day(world: World):
    person = world.enterprise_user()
    told(world, person, "快上课了", timedelta(hours=1))

    assert "快上课了" not in person.get("/inbox").text
    assert "未读消息" not in person.get("/home").text
    world.clock.pass_(hours=1)
    assert "快上课了" in person.get("/inbox").text
    assert "未读消息" in person.get("/home").text


def test_home_works_when_the_records_are_away(world: World):
    without_records(world)

    answer = world.enterprise_user().get("/home")

    assert answer.status_code == 200
    assert "企业记录暂时读不到" in answer.text
    assert "开始一次自评" in answer.text


def test_who_is_bound_to_no_enterprise_is_told_how_to_be(world: World):
    person = world.signed_in(world.add(Kind.ENTERPRISE, "nobody"))

    assert person.get("/home").status_code == 200
    assert "/join" in person.get("/home").text


def test_home_of_one_enterprise_shows_nothing_of_another(world: World):
    things_of_assessment(world.services, world.enterprise_user("other", B).account_id, uscc(B), "b-secret")

    assert "b-secret" not in world.enterprise_user().get("/home").text


def told(world: World, person: Person, text: str, ahead: timedelta) -> None:
    """A notice to somebody, told at once or later."""
    at = world.clock() + ahead
    with world.services.database.writing() as session:
        session.add(
            Notice(account_id=person.account_id, key=text, kind="reminder", text=text, created_at=at, due_at=at)
        )
