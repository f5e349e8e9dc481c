"""Which standard and which items concern whom; never the wrong one."""

from __future__ import annotations

from datetime import date

import pytest

from selfassess.applicability import (
    Applicable,
    NotHeld,
    StandardsFor,
    applicable_items,
    limits_for,
    notes_for,
    standards_for,
)
from selfassess.errors import AnswersUnreadable
from selfassess.loader import find_standard, get_standard
from selfassess.profile import Profile
from selfassess.profile_file import read_profile
from tests.selfassess.assess_cases import DAY

BROKER = Profile(enterprise_type="customs_broker")
OLD = date(2026, 3, 31)


def test_a_trader_has_the_2026_standards_from_the_first_of_april() -> None:
    found = standards_for("advanced_certified", Profile(), date(2026, 4, 1))

    assert isinstance(found, StandardsFor)
    assert found.general.id == "advanced-2026"
    assert found.single is not None
    assert found.single.id == "single-business-2026"


def test_the_day_before_the_2022_standards_apply() -> None:
    found = standards_for("advanced_certified", Profile(), OLD)

    assert isinstance(found, StandardsFor)
    assert found.general.id == "general-2022-106"


def test_whether_certified_enterprises_have_single_standards_is_said_to_be_unknown() -> None:
    found = standards_for("certified", Profile(), DAY)

    assert isinstance(found, StandardsFor)
    assert found.single is None
    assert found.note is not None
    assert "尚未核实" in found.note.zh


@pytest.mark.parametrize("level", ["advanced_certified", "certified"])
def test_a_broker_is_refused_since_its_standard_is_not_held(level: str) -> None:
    found = standards_for(level, BROKER, DAY)  # type: ignore[arg-type]

    assert isinstance(found, NotHeld)
    assert "报关企业" in found.reason.zh
    assert "12360" in found.ask.zh
    assert found.known


@pytest.mark.parametrize("standard_id", ["advanced-2026", "certified-2026"])
def test_a_broker_is_never_graded_against_a_trader_standard(standard_id: str) -> None:
    assert isinstance(applicable_items(get_standard(standard_id), BROKER, DAY), NotHeld)


def test_a_broker_learns_which_single_items_address_it() -> None:
    found = standards_for("advanced_certified", BROKER, DAY)

    assert isinstance(found, NotHeld)
    assert any("SP4、SP8、SP15、SP21" in known.zh for known in found.known)


def test_in_2025_a_broker_had_a_standard_with_its_own_single_items() -> None:
    found = standards_for("advanced_certified", BROKER, date(2025, 1, 1))

    assert isinstance(found, StandardsFor)
    assert found.single is not None
    profile = Profile(enterprise_type="customs_broker", businesses=frozenset())
    items = applicable_items(found.single, profile, date(2025, 1, 1))
    assert isinstance(items, Applicable)
    assert set(found.single.items) - set(items.exempt) == {"10", "11", "12", "13"}


def test_before_the_level_existed_there_is_nothing_to_assess() -> None:
    found = standards_for("certified", Profile(), OLD)

    assert isinstance(found, NotHeld)
    assert found.code == "level_unknown_then"


def test_a_day_before_the_earliest_standard_is_refused() -> None:
    found = standards_for("advanced_certified", Profile(), date(2021, 12, 1))

    assert isinstance(found, NotHeld)
    assert "没有收录" in found.reason.zh
    assert find_standard("advanced_certified", "general", "trader", date(2021, 12, 1)) is None


def test_single_items_follow_the_businesses_done_and_the_type() -> None:
    standard = get_standard("single-business-2026")
    profile = Profile(businesses=frozenset({"food_cosmetics"}))

    found = applicable_items(standard, profile, DAY)

    assert isinstance(found, Applicable)
    assert set(standard.items) - set(found.exempt) == {"SP13", "SP14", "SP16", "SP17", "SP18"}
    assert found.exempt["SP15"].zh == "本项只适用于报关企业"
    assert found.exempt["SP1"].zh == "企业不从事进出境卫生检疫业务"
    assert found.unclear == {}


def test_businesses_not_said_leave_the_items_unclear_and_exempt_nothing_but_the_other_type() -> None:
    standard = get_standard("single-business-2026")

    found = applicable_items(standard, Profile(), DAY)

    assert isinstance(found, Applicable)
    assert set(found.exempt) == {"SP4", "SP8", "SP15", "SP21"}
    assert set(found.unclear) == set(standard.items) - set(found.exempt)


def test_limits_are_those_of_the_production_type_and_the_stage() -> None:
    items = get_standard("advanced-2026").items
    applicant, certified = Profile(production=True), Profile(production=False, stage="under_review")

    assert [limit.id for limit in limits_for(items["13"], applicant, DAY)][0] == "debt_ratio_production"
    assert [limit.id for limit in limits_for(items["13"], certified, DAY)][0] == "debt_ratio_non_production"
    assert len(limits_for(items["13"], Profile(), DAY)) == 5
    assert [limit.id for limit in limits_for(items["10"], applicant, DAY)] == ["applicant_report"]
    assert [limit.id for limit in limits_for(items["10"], certified, DAY)] == ["yearly_audit"]


def test_a_young_enterprise_is_told_what_the_item_asks_of_it() -> None:
    items = get_standard("advanced-2026").items
    young = Profile(established_on=date(2026, 1, 10))

    assert [note.zh for note in notes_for(items["12"], young, DAY)] == ["成立不足1年的，提交自成立以来的审计报告"]
    assert notes_for(items["12"], young, date(2027, 1, 10)) == ()
    assert notes_for(items["73"], Profile(stage="under_review"), DAY)[0].zh == "看整个复核周期内委托的报关企业"


def test_a_profile_is_read_from_a_file() -> None:
    profile = read_profile(
        {"production": True, "businesses": ["food_cosmetics"], "established_on": "2026-01-10", "stage": "under_review"}
    )

    assert profile == Profile("trader", True, frozenset({"food_cosmetics"}), "under_review", date(2026, 1, 10))
    assert profile.is_younger_than_a_year(date(2027, 1, 9)) is True
    assert profile.is_younger_than_a_year(date(2027, 1, 10)) is False
    assert Profile().is_younger_than_a_year(DAY) is None


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ({"enterprise_type": "bank"}, "enterprise_type must be one of trader, customs_broker"),
        ({"stage": "soon"}, "stage must be one of applicant, under_review"),
        ({"production": "sometimes"}, "production must be one of true, false"),
        ({"businesses": "food"}, "businesses must be a list"),
        ({"established_on": "last year"}, "established_on must be a day"),
        ({"colour": "red"}, "unknown field colour"),
    ],
)
def test_a_wrong_profile_file_is_refused(content: dict[str, object], fault: str) -> None:
    with pytest.raises(AnswersUnreadable, match=fault):
        read_profile(content)
