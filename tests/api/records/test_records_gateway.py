from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from api.records.gateway.assignments import list_coordinators, list_enterprises
from api.records.gateway.clearance import compare_clearance, list_level_months
from api.records.gateway.cluster import find_cluster
from api.records.gateway.monitoring import list_level_changes, list_new_listings, list_new_penalties, list_reviews_due
from api.records.gateway.penalties import list_penalties
from api.records.gateway.profile import DIMENSIONS, find_profile, indicators
from api.records.gateway.publication import find_published, list_directory, search_published
from api.records.gateway.rating import find_rating, list_ratings
from api.records.gateway.search import search_enterprises
from api.records.gateway.statistics import Cell, count_enterprises, hide_small
from api.records.gateway.status import find_status
from api.records.scope import Scope
from tests.api.records.records_world import DAY, own, slot_of, uscc

HOSTILE = [
    "' OR '1'='1", "示例%", "%", "_", "\\", "'; DROP TABLE enterprise; --", '" OR name:*', "示例*", "NEAR(示 例)",
    "\x00", "🙂", "示" * 500, "\u202e示例", "AND", "-", "()", '""', "^示", "名称:示例",
]  # fmt: skip
PRIVATE = {"phone", "address", "legal_representative", "contact_person", "intentional", "self_disclosed", "party_key"}


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


def test_penalties_come_with_the_day_each_one_ages_out(reader):
    slot = slot_of("seven_penalties")

    found = list_penalties(reader, own(slot), uscc(slot), DAY, years=1)

    assert len(found) == 7
    assert [penalty.decided_on for penalty in found] == sorted((p.decided_on for p in found), reverse=True)
    first_out = found[-1].leaves_on(1)
    assert len(list_penalties(reader, own(slot), uscc(slot), first_out - timedelta(days=1), years=1)) == 7
    assert len(list_penalties(reader, own(slot), uscc(slot), first_out, years=1)) == 6


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


def test_search_finds_by_name_part_credit_code_and_customs_code(reader):
    district = Scope.of_customs("Y1")
    known = find_status(reader, own(0), uscc(0), DAY).enterprise

    for typed in (known.name, known.name[4:8], known.uscc, known.uscc.lower(), known.customs_code, f" {known.name} "):
        assert known.uscc in {found.uscc for found in search_enterprises(reader, district, typed, DAY)}, typed
    assert search_enterprises(reader, district, known.name, DAY)[0].uscc == known.uscc
    assert search_enterprises(reader, district, known.name, DAY)[0].level == "advanced_certified"


def test_search_stays_in_the_district_and_says_when_there_are_more(reader):
    found = search_enterprises(reader, Scope.of_customs("Y1"), "示例", DAY, cap=5)
    offices = {item.customs_office_name for item in search_enterprises(reader, Scope.of_customs("Y1"), "示例", DAY)}

    assert (len(found), found.truncated) == (5, True)
    assert all(name.startswith("示例东屿海关") for name in offices)
    assert len(search_enterprises(reader, own(0), "示例", DAY)) == 1


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_search_texts_find_what_they_say_or_nothing(reader, text):
    found = search_enterprises(reader, Scope.of_customs("Y1"), text, DAY)

    assert all("示例" in item.name for item in found)
    assert len(found) == 0 or text.strip("\u202e") in found[0].name


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=12))
def test_any_text_may_be_searched(records, text):
    with records.reader() as reader:
        found = search_published(reader, Scope.public(), text, DAY)

    assert all(item.uscc for item in found)


def test_search_with_and_without_a_name_index_agree(records):
    parts = ("东屿", "启达", "易有", "国际贸易", "示例东", "不存在")
    answers = []
    for indexed in (True, False):
        records.name_index = indexed
        with records.reader() as reader:
            found = [search_published(reader, Scope.public(), part, DAY, cap=500) for part in parts]
        answers.append([sorted(item.uscc for item in items) for items in found])
    records.name_index = None

    assert answers[0] == answers[1]
    assert answers[0][0]
    assert answers[0][-1] == []


def test_the_public_sees_what_is_published_and_no_private_column(reader):
    published = find_published(reader, Scope.public(), uscc(slot_of("seven_penalties")), DAY)

    assert len(published.penalties) == 7
    assert published.rating.level in ("regular", "ordinary_management")
    for part in (published.registration, *published.penalties, *published.licences, *published.measures):
        assert PRIVATE.isdisjoint(type(part).__slots__)


def test_a_penalty_that_is_not_or_no_longer_published_is_not_shown(reader):
    slot = slot_of("penalties_self_disclosed")  # two minor penalties: not published at all
    assert find_published(reader, Scope.public(), uscc(slot), DAY).penalties == ()

    slot = slot_of("penalty_over_50000")
    penalty = list_penalties(reader, own(slot), uscc(slot), DAY)[0]
    last = penalty.published_to
    assert len(find_published(reader, Scope.public(), uscc(slot), last).penalties) == 1
    assert find_published(reader, Scope.public(), uscc(slot), last + timedelta(days=1)).penalties == ()
    assert find_published(reader, Scope.public(), uscc(slot), penalty.decided_on).penalties == ()


@pytest.mark.parametrize(
    "directory", ["aeo", "discredited", "customs_broker", "cross_border_ecommerce", "specially_qualified"]
)
def test_every_directory_can_be_paged_and_searched(reader, directory):
    first = list_directory(reader, Scope.public(), directory, DAY, cap=2)
    rest = list_directory(reader, Scope.public(), directory, DAY, after=first[-1].uscc, cap=100)

    assert first
    assert first[-1].uscc < (rest[0].uscc if rest else "Z")
    listed = {item.uscc for item in search_published(reader, Scope.public(), "示例", DAY, directory, cap=200)}
    assert listed == {entry.uscc for entry in (*first, *rest)}


def test_a_cluster_shows_only_what_is_published_of_enterprises_out_of_reach(reader):
    district = find_cluster(reader, Scope.of_customs("Y3"), uscc(10), DAY)

    outside = [member for member in district.members if not member.in_reach]
    inside = [member for member in district.members if member.in_reach]
    assert {member.uscc for member in inside} == {uscc(11)}
    assert {uscc(12), uscc(13), uscc(14)} <= {member.uscc for member in outside}
    assert all(link.shared is None for member in outside for link in member.links)
    assert all(link.shared for link in inside[0].links)
    assert not hasattr(outside[0], "phone")


def test_an_enterprise_user_is_not_told_who_shares_its_telephone(reader):
    cluster = find_cluster(reader, own(10), uscc(10), DAY)

    assert cluster.members == ()
    assert cluster.hidden >= 1
    assert find_cluster(reader, Scope.of_enterprises([uscc(10), uscc(11)]), uscc(10), DAY).members[0].uscc == uscc(11)


def test_cluster_steps_are_the_shortest_and_the_expansion_stops(reader):
    officer = Scope.of_customs("Y3")

    steps = {member.uscc: member.step for member in find_cluster(reader, officer, uscc(10), DAY).members}
    near = find_cluster(reader, officer, uscc(10), DAY, steps=1)

    assert (steps[uscc(11)], steps[uscc(12)], steps[uscc(13)], steps[uscc(14)]) == (1, 2, 3, 2)
    assert {member.step for member in near.members} == {1}


def test_a_cluster_takes_few_questions_however_large_it_is(records):
    asked = []

    def count(*call):
        asked.append(call[2])

    event.listen(records.engine, "before_cursor_execute", count)
    with records.reader() as reader:
        find_cluster(reader, Scope.of_customs("Y3"), uscc(10), DAY)
    event.remove(records.engine, "before_cursor_execute", count)

    assert len(asked) <= 1 + 3 * 3 + 1


def test_monitoring_lists_what_changed_in_the_district(reader):
    officer = Scope.of_customs("Y1")
    year = (DAY - timedelta(days=365), DAY)

    changes = list_level_changes(reader, officer, date(2014, 12, 1), DAY)
    penalties = list_new_penalties(reader, officer, *year)
    reviews = list_reviews_due(reader, officer, DAY, date(2031, 12, 31))

    assert changes
    assert all(change.basis != "scheme_change" for change in changes)
    assert all(change.level != change.previous_level or change.basis == "certification" for change in changes)
    assert penalties
    assert all(year[0] <= penalty.decided_on <= year[1] for penalty in penalties)
    assert [review.next_review for review in reviews] == sorted(review.next_review for review in reviews)
    for item in (*changes, *penalties, *reviews):
        assert item.customs_office_name.startswith("示例东屿海关")
    listings = [list_new_listings(reader, Scope.of_customs(f"Y{code}"), *year) for code in "123456789ABC"]
    assert sum(map(len, listings)) == 1


def test_statistics_hide_small_groups_from_everyone_but_officers(reader):
    public = count_enterprises(reader, Scope.public(), DAY, ("level",), k=10)
    officer = count_enterprises(reader, Scope.of_customs("Y1"), DAY, ("level",), k=10)

    assert any(cell.enterprises is None for cell in public.cells)
    assert all(cell.enterprises is None or cell.enterprises >= 10 for cell in public.cells)
    assert all(cell.enterprises for cell in officer.cells)
    assert officer.total == sum(cell.enterprises for cell in officer.cells)
    offices = count_enterprises(reader, Scope.of_customs("Y1"), DAY, ("office", "kind"))
    assert {cell.keys[0][:6] for cell in offices.cells} == {"示例东屿海关"}


@given(st.lists(st.integers(1, 60), max_size=12), st.integers(1, 20))
def test_a_hidden_group_can_never_be_worked_out(sizes, k):
    cells = [Cell((str(place),), size) for place, size in enumerate(sizes)]

    shown = hide_small(cells, k)

    hidden = [cell.enterprises for cell, seen in zip(cells, shown, strict=True) if seen.enterprises is None]
    assert all(seen.enterprises is None or seen.enterprises >= k for seen in shown)
    assert hidden == [] or len(hidden) == len(cells) or (len(hidden) > 1 and sum(hidden) >= k)
    assert hidden == [] or min(sizes) < k


def test_a_coordinator_pages_through_the_assigned_enterprises(reader):
    coordinator = Scope.of_coordinator("coordinator-Y1", DAY)

    first = list_enterprises(reader, coordinator, cap=3)
    rest = list_enterprises(reader, coordinator, after=first[-1].uscc)

    assert (len(first), first.truncated) == (3, True)
    everyone = [enterprise.uscc for enterprise in (*first, *rest)]
    assert everyone == sorted(everyone)
    for code in everyone:
        assert list_coordinators(reader, coordinator, code, DAY)[0].coordinator == "coordinator-Y1"


def test_an_enterprise_sees_its_coordinator(reader):
    assert [a.coordinator for a in list_coordinators(reader, own(0), uscc(0), DAY)] == ["coordinator-Y1"]
    assert list_coordinators(reader, own(0), uscc(0), date(2020, 1, 1)) == ()
