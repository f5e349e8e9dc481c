"""What coordinators and officers watch in their district."""

from datetime import date, timedelta

import pytest

from api.records.gateway.assignments import list_coordinators, list_enterprises
from api.records.gateway.benefits import list_benefits
from api.records.gateway.monitoring import list_level_changes, list_new_listings, list_new_penalties, list_reviews_due
from api.records.gateway.shared import list_near_discredited, list_sharing
from api.records.scope import Scope
from tests.api.records.records_world import DAY, own, uscc


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


def test_a_level_change_names_the_rating_before_it(reader):
    changes = list_level_changes(reader, Scope.of_customs("Y1"), date(2014, 12, 1), DAY)

    for change in changes:
        assert change.previous.table == change.source.table == "credit_rating"
        assert change.previous.row_id != change.source.row_id
        assert change.enterprise.table == "enterprise"


def test_an_enterprise_near_a_discredited_one_is_listed_with_what_they_share(reader):
    near = list_near_discredited(reader, Scope.of_customs("Y3"), DAY)

    shadow = [item for item in near if item.uscc == uscc(11)]
    assert {(item.kind, item.discredited_uscc) for item in shadow} == {
        ("legal_representative", uscc(10)),
        ("phone", uscc(10)),
    }
    assert all(item.registered_after and item.shared for item in shadow)
    assert [item.registered_on for item in near] == sorted((item.registered_on for item in near), reverse=True)


def test_what_enterprises_share_is_listed_page_by_page(reader):
    officer = Scope.of_customs("Y3")

    everything = list_sharing(reader, officer, DAY)
    first = list_sharing(reader, officer, DAY, cap=1)
    rest = list_sharing(reader, officer, DAY, after=first[0].uscc)

    assert {(item.uscc, item.kind, item.enterprises) for item in everything} >= {
        (uscc(10), "phone", 2),
        (uscc(11), "legal_representative", 2),
    }
    assert (len(first), first.truncated) == (1, True)
    assert {item.uscc for item in rest} == {item.uscc for item in everything} - {first[0].uscc}
    assert {item.kind for item in list_sharing(reader, officer, DAY, kinds=("phone",))} == {"phone"}


def test_lists_are_the_same_however_few_are_looked_at_at_a_time(reader):
    officer = Scope.of_customs("Y3")

    assert list_sharing(reader, officer, DAY, at_a_time=2) == list_sharing(reader, officer, DAY)
    assert list_near_discredited(reader, officer, DAY, at_a_time=3) == list_near_discredited(reader, officer, DAY)


@pytest.mark.parametrize("scope", [own(10), Scope.public(), Scope.nothing()], ids=["enterprise", "visitor", "nobody"])
def test_only_coordinators_and_officers_watch(reader, scope):
    assert list_sharing(reader, scope, DAY) == ()
    assert list_near_discredited(reader, scope, DAY) == ()


def test_benefits_run_on_across_the_change_of_names(reader):
    series = {item.level: item for item in list_benefits(reader, own(0), DAY, 36)}

    regular = series["regular"]
    assert regular.former_names == ("ordinary_management",)
    assert len(regular.points) == 36
    assert [point.month for point in regular.points] == sorted(point.month for point in regular.points)
    latest = {level: item.points[-1].average.inspection_rate for level, item in series.items()}
    assert latest["advanced_certified"] < latest["regular"] < latest["discredited"]
    assert all(point.average.sources for item in series.values() for point in item.points)


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
