"""What anyone may look up, and for how long."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from api.records.gateway.penalties import list_penalties
from api.records.gateway.publication import find_published, list_directory, search_published
from api.records.gateway.publication_limits import publication_end, within_limit
from api.records.reader import open_records
from api.records.scope import Scope
from tests.api.records.records_world import DAY, own, slot_of, uscc

PRIVATE = {"phone", "address", "legal_representative", "contact_person", "intentional", "self_disclosed", "party_key"}
PRIVATE |= {"registered_capital", "declarants", "industry", "personal", "notified_on", "share_percent"}


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


@pytest.mark.parametrize(
    ("discredit_class", "last"),
    [
        ("minor", date(2026, 8, 9)),
        ("ordinary", date(2027, 5, 9)),
        ("serious", date(2029, 5, 9)),
        (None, date(2027, 5, 9)),
    ],
)
def test_the_law_ends_a_publication_the_record_would_go_on_with(discredit_class, last):
    end = publication_end(date(2026, 5, 10), discredit_class, date(2035, 1, 1), DAY)

    assert end.last == last
    assert end.rule.startswith("ndrc-order-36#")


def test_a_record_that_ends_earlier_than_the_law_wins():
    end = publication_end(date(2026, 5, 10), "serious", date(2026, 12, 1), DAY)

    assert (end.last, end.rule) == (date(2026, 12, 1), None)


def test_no_period_is_invented_for_the_years_whose_rule_is_not_known():
    assert publication_end(date(2022, 5, 10), "ordinary", None, date(2025, 1, 1)).last is None
    assert publication_end(date(2015, 5, 10), None, None, date(2016, 1, 1)).last == date(2020, 5, 9)


@pytest.mark.parametrize("day", [date(2016, 3, 1), date(2020, 3, 1), date(2026, 3, 31), date(2026, 4, 1), DAY])
def test_the_database_and_the_calendar_agree_on_what_may_be_shown(reader, day):
    penalty = reader.tables["penalty"].c
    columns = (penalty.decision_no, penalty.decided_on, penalty.discredit_class)

    shown = {row[0] for row in reader.rows(select(*columns).where(within_limit(penalty, day)))}

    ends = {row[0]: publication_end(row[1], row[2], None, day).last for row in reader.rows(select(*columns))}
    assert shown == {number for number, last in ends.items() if last is None or last >= day}


def test_a_penalty_published_too_long_by_the_record_is_not_shown(changed_copy):
    records = open_records(changed_copy("UPDATE penalty SET published_from = decided_on, published_to = '2040-01-01'"))
    slot = slot_of("penalty_long_ago")  # decided 500 days ago, not serious

    with records.reader() as reader:
        assert find_published(reader, Scope.public(), uscc(slot), DAY).penalties == ()
        assert len(find_published(reader, Scope.public(), uscc(slot), date(2026, 3, 31)).penalties) == 1
    records.close()
