"""An assessment is begun, listed and found again by its enterprise only; what it is told about itself decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from api.errors import BadInput, NotAllowed, NotFound
from api.usecases.assess import (
    change_day,
    change_profile,
    list_assessments,
    open_assessment,
    put_away,
    start_assessment,
)
from api.usecases.assess_carryover import begin_carried, carried_into, rechecks
from api.usecases.assess_chat import take_up
from selfassess.grades import Grade
from tests.api.assess.office import DAY, Office
from tests.people import B

BROKER = 9  # a customs broker of the sample


def test_an_assessment_knows_the_record_when_it_begins(office: Office):
    wang = office.person()

    with office.desk(wang) as desk:
        opened = start_assessment(desk, "advanced-2026", DAY, {"production": True})

    assert opened.recorded is not None
    assert opened.assessed.proposals["18"].grade is Grade.MET
    assert opened.answers.settled == {}


def test_the_list_shows_the_one_changed_last_first_and_not_what_was_put_away(office: Office):
    wang = office.person()
    first, second, third = office.started(wang), office.started(wang, "certified-2026"), office.started(wang)
    office.answered(wang, first)

    with office.desk(wang) as desk:
        put_away(open_assessment(desk, third))
        found = [row.id for row in list_assessments(desk)]

    assert found == [first, second]


def test_another_enterprise_s_assessment_is_not_there(office: Office):
    id_ = office.started(office.person())

    with office.desk(office.person("li", B)) as desk:
        assert list_assessments(desk) == []
        with pytest.raises(NotFound):
            open_assessment(desk, id_)


def test_who_acts_for_no_enterprise_cannot_begin(office: Office):
    nobody = replace(office.person(), usccs=(), uscc="")

    with office.desk(nobody) as desk, pytest.raises(NotAllowed):
        start_assessment(desk, "advanced-2026", DAY, {})


def test_a_broker_is_never_graded_against_a_trader_s_standard(office: Office):
    with office.desk(office.person("zhao", BROKER)) as desk, pytest.raises(BadInput) as refused:
        start_assessment(desk, "advanced-2026", DAY, {})

    assert "报关企业" in refused.value.zh
    assert "12360" in refused.value.zh


@pytest.mark.parametrize(
    ("standard", "day"),
    [("advanced-2026", date(2026, 3, 31)), ("no-such-standard", DAY), ("general-2022-106", DAY)],
)
def test_a_standard_has_to_be_in_force_on_the_day(office: Office, standard: str, day: date):
    with office.desk(office.person()) as desk, pytest.raises(BadInput):
        start_assessment(desk, standard, day, {})


def test_what_the_enterprise_says_of_itself_stands_before_the_record(office: Office):
    wang = office.person()
    id_ = office.started(wang)

    with office.desk(wang) as desk:
        opened = change_profile(open_assessment(desk, id_), {"production": False, "stage": "under_review"})

    assert opened.profile.production is False
    assert opened.profile.stage == "under_review"
    with office.desk(wang) as desk:
        assert open_assessment(desk, id_).profile.production is False


def test_a_profile_nobody_can_read_changes_nothing(office: Office):
    wang = office.person()
    id_ = office.started(wang)

    with office.desk(wang) as desk, pytest.raises(BadInput, match="production"):
        change_profile(open_assessment(desk, id_), {"production": "maybe"})


def test_another_day_reads_the_record_of_that_day_and_never_the_future(office: Office):
    wang = office.person()
    id_ = office.started(wang)

    with office.desk(wang) as desk:
        earlier = change_day(open_assessment(desk, id_), date(2026, 5, 1))
        with pytest.raises(BadInput):
            change_day(earlier, date(2026, 12, 1))
        with pytest.raises(BadInput, match="after today"):
            start_assessment(desk, "advanced-2026", date(2026, 12, 1), {})

    assert earlier.situation.window_end == date(2026, 5, 1)


def test_without_records_an_assessment_goes_on(office: Office):
    office.records = None
    wang = office.person()

    with office.desk(wang) as desk:
        opened = start_assessment(desk, "advanced-2026", DAY, {"enterprise_type": "trader", "production": True})

    assert opened.assessed.proposals == {}
    assert opened.ahead is None


def test_records_that_come_back_and_name_another_type_end_in_the_reason_not_in_a_grade(office: Office):
    records, office.records = office.records, None
    zhao = office.person("zhao", BROKER)
    with office.desk(zhao) as desk:
        id_ = start_assessment(desk, "advanced-2026", DAY, {"production": True}).id
    office.records, office.read_before = records, {}

    with office.desk(zhao) as desk:
        with pytest.raises(BadInput, match="customs broker|broker"):
            _ = open_assessment(desk, id_).assessed
        with pytest.raises(BadInput):
            take_up(desk, id_)


def test_answers_with_the_same_requirement_go_to_another_level_and_the_rest_is_to_be_checked(office: Office):
    wang = office.person()
    id_ = office.started(wang, "certified-2026")
    office.answered(wang, id_)

    with office.desk(wang) as desk:
        carried = begin_carried(open_assessment(desk, id_), "advanced-2026", DAY)
        open_items = rechecks(carried)
        source = open_assessment(desk, id_)

    assert carried.answers.settled
    assert open_items.keys().isdisjoint(carried.answers.settled)
    assert all(one.differences and one.earlier for one in open_items.values())
    assert len(source.answers.settled) == 62
    assert carried_into(source) is None


def test_standards_without_common_items_carry_nothing(office: Office):
    wang = office.person()
    id_ = office.started(wang)

    with office.desk(wang) as desk, pytest.raises(BadInput):
        begin_carried(open_assessment(desk, id_), "single-business-2026", DAY)
