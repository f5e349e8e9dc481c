"""What an enterprise sees about itself."""

from datetime import date, timedelta
from decimal import Decimal

from api.records.codes import SCHEME_ORDER, code_sets
from api.records.gateway.ageing import list_ageing_penalties
from api.records.gateway.clearance import compare_clearance, list_level_months
from api.records.gateway.penalties import list_penalties
from api.records.gateway.profile import DIMENSIONS, find_profile, indicators
from api.records.gateway.rating import find_rating, list_ratings
from api.records.gateway.status import find_status
from api.records.levels import level_meanings
from api.records.scope import Scope
from tests.api.records.records_world import DAY, own, slot_of, uscc


def test_the_status_page_tells_everything_about_one_enterprise(reader):
    page = find_status(reader, own(0), uscc(0), DAY)

    assert page.rating.level == "advanced_certified"
    assert page.rating == page.history[0]
    assert [rating.scheme for rating in page.history][-1] in ("gacc-order-225", "gacc-order-237")
    assert len(page.agency_records) >= 10
    assert {measure.kind for measure in page.joint_measures} == {"incentive"}
    assert [entry.directory for entry in page.publications] == ["aeo"]
    assert page.not_held == ()
    assert page.enterprise.source.table == "enterprise"
    assert page.rating.source.as_of.date() == DAY - timedelta(days=1)


def test_open_cases_are_told_from_closed_ones(reader):
    page = find_status(reader, own(15), uscc(15), DAY)

    open_cases = [case for case in page.certification_cases if case.is_open]
    assert [(case.kind, case.state) for case in open_cases] == [("simplified_revalidation", "site_validation")]
    assert any(not case.is_open for case in page.certification_cases)
    assert find_status(reader, own(17), uscc(17), DAY).objection_cases[0].is_open
    assert find_status(reader, own(16), uscc(16), DAY).repair_cases[0].kind == "record_repair"


def test_the_level_is_that_of_the_day_asked_about(reader):
    history = list_ratings(reader, own(0), uscc(0), DAY)

    for rating in history:
        assert find_rating(reader, own(0), uscc(0), rating.effective_from) == rating
    assert find_rating(reader, own(0), uscc(0), date(2014, 11, 30)) is None
    assert list_ratings(reader, own(0), uscc(0), date(2021, 12, 1))[0].scheme == "gacc-order-251"


def test_amounts_are_exact_and_keep_their_parts(reader):
    slot = slot_of("penalty_over_100000")

    penalty = list_penalties(reader, own(slot), uscc(slot), DAY)[0]

    assert (penalty.fine, penalty.confiscated_goods) == (Decimal("120000.00"), Decimal("80000.00"))
    assert penalty.amount == Decimal("200000.00")


def test_inspection_stands_beside_the_level_and_the_regular_enterprises(reader):
    compared = compare_clearance(reader, own(0), uscc(0), DAY)

    assert compared.own.inspection_rate < compared.of_regular.inspection_rate
    assert compared.of_level.inspection_rate < compared.of_regular.inspection_rate
    assert compared.own.import_hours < compared.of_regular.import_hours
    assert (compared.first_month, compared.last_month) == (date(2025, 11, 1), date(2026, 10, 1))
    assert len(compared.own.sources) == 12
    assert {source.table for source in compared.of_regular.sources} == {"clearance_level_month"}


def test_averages_over_few_enterprises_are_for_officers_only(reader):
    officer, enterprise = Scope.of_customs("Y1"), own(0)

    levels_seen = {month.level for month in list_level_months(reader, enterprise, DAY, 3)}
    levels_of_officer = {month.level for month in list_level_months(reader, officer, DAY, 3)}

    assert "seriously_discredited" in levels_of_officer - levels_seen
    assert list_level_months(reader, officer, DAY, 3, "Y1")
    assert not list_level_months(reader, officer, DAY, 3, "Y2")
    assert not list_level_months(reader, enterprise, DAY, 3, "Y1")


def test_the_profile_has_five_dimensions_and_explains_every_indicator(reader):
    profile = find_profile(reader, own(0), uscc(0), DAY)

    assert tuple(dimension.dimension for dimension in profile.dimensions) == DIMENSIONS
    values = [value for dimension in profile.dimensions for value in dimension.values]
    assert len(values) == len(indicators()) == 117
    assert all(value.meaning.dimension == value.dimension for value in values)
    assert all(0 <= dimension.score <= 100 for dimension in profile.dimensions)


def test_the_profile_agrees_with_the_penalties(reader):
    slot = slot_of("seven_penalties")
    profile = find_profile(reader, own(slot), uscc(slot), DAY)

    values = {value.indicator: value.value for dimension in profile.dimensions for value in dimension.values}

    assert (values["D01"], values["D02"]) == (7.0, 35_000.0)


def test_a_level_is_held_since_it_was_given_not_since_its_last_renaming(reader):
    page = find_status(reader, own(0), uscc(0), DAY)

    assert page.rating.effective_from == date(2026, 4, 1)
    assert page.held_since.basis == "certification"
    assert page.held_since.effective_from < page.rating.effective_from
    assert page.held_since.level == page.rating.level


def test_every_level_of_the_history_is_explained_under_its_scheme(reader):
    history = list_ratings(reader, own(slot_of("public_rating_b")), uscc(slot_of("public_rating_b")), DAY)

    assert {rating.level for rating in history} >= {"regular", "ordinary_management"}
    assert all(rating.meaning.nearest == "regular" for rating in history)
    assert len({rating.meaning.rule for rating in history}) == len({rating.scheme for rating in history})


def test_every_explanation_names_a_provision_and_a_level_of_today(by_id):
    today = level_meanings()["gacc-order-282"].keys()

    assert tuple(level_meanings()) == SCHEME_ORDER
    for levels in level_meanings().values():
        assert levels.keys() <= code_sets()["level"].keys()
        assert {meaning.rule for meaning in levels.values()} <= by_id.keys()
        assert {meaning.nearest for meaning in levels.values()} <= today


def test_each_penalty_ages_out_of_each_rule_it_counts_for(reader):
    ageing = list_ageing_penalties(reader, own(slot_of("solid_waste")), uscc(slot_of("solid_waste")), DAY)

    (item,) = ageing
    decided = item.penalty.decided_on
    days = {countdown.rule: countdown.leaves_on for countdown in item.countdowns}
    assert days["advanced-2026#item-18"] == days["certified-2026#item-18"] == decided.replace(year=decided.year + 1)
    assert days["advanced-2026#item-20"] == decided.replace(year=decided.year + 2) == item.matters_until
    assert not any(rule.startswith(("single", "general-2022")) for rule in days)


def test_a_penalty_counts_to_the_eve_of_the_day_it_leaves(reader):
    slot = slot_of("seven_penalties")

    oldest = list_ageing_penalties(reader, own(slot), uscc(slot), DAY)[-1]
    countdown = next(c for c in oldest.countdowns if c.rule == "advanced-2026#item-19")

    assert countdown.counts(countdown.leaves_on - timedelta(days=1))
    assert not countdown.counts(countdown.leaves_on)


def test_a_penalty_that_neither_counts_nor_is_published_is_left_out(reader):
    slot = slot_of("penalty_over_50000")
    (penalty,) = list_ageing_penalties(reader, own(slot), uscc(slot), DAY)

    later = penalty.matters_until + timedelta(days=400)

    assert list_ageing_penalties(reader, own(slot), uscc(slot), later) == ()


def test_every_rule_a_penalty_counts_for_is_a_provision(sqlite_reader, by_id):
    marks = ("solid_waste", "plant_forgery", "four_penalties")

    ageing = [
        item
        for mark in marks
        for item in list_ageing_penalties(sqlite_reader, own(slot_of(mark)), uscc(slot_of(mark)), DAY)
    ]

    assert {countdown.rule for item in ageing for countdown in item.countdowns} <= by_id.keys()
    assert {item.publication.rule for item in ageing if item.publication} - {None} <= by_id.keys()
