import re
from datetime import date

import pytest
from sqlalchemy import event

from api.records.check import State, check_records
from api.records.contract import CONTRACT, FEATURES
from api.records.errors import NotHeld, RecordsUnavailable
from api.records.gateway.assignments import list_coordinators
from api.records.gateway.benefits import list_benefits
from api.records.gateway.cluster import find_cluster
from api.records.gateway.facts import read_facts, read_finances
from api.records.gateway.facts_profile import read_profile
from api.records.gateway.monitoring import list_level_changes, list_new_listings, list_new_penalties, list_reviews_due
from api.records.gateway.penalties import list_penalties
from api.records.gateway.publication import find_published, list_directory, search_published
from api.records.gateway.search import search_enterprises
from api.records.gateway.shared import list_near_discredited, list_sharing
from api.records.gateway.statistics import count_enterprises
from api.records.gateway.status import find_status
from api.records.reader import open_records
from api.records.scope import Scope
from tests.api.records.records_world import DAY, READ_AT, own, uscc


def _bad(report):
    return [finding for finding in report.findings if finding.state is not State.PRESENT]


def test_a_complete_database_passes(url):
    report = check_records(url)

    assert _bad(report) == []
    assert report.exit_code == 0
    assert len(report.findings) == sum(len(table.columns) for table in CONTRACT.tables.values())


def test_a_missing_table_names_what_it_switches_off(changed_copy):
    report = check_records(changed_copy("DROP TABLE penalty"))

    (finding,) = _bad(report)
    assert (finding.table, finding.column, finding.state) == ("penalty", "", State.MISSING)
    assert {"penalties", "customs_penalties"} <= set(finding.switches_off)
    assert report.exit_code == 1


def test_a_missing_column_and_a_wrong_type_are_told_apart(changed_copy):
    changed = changed_copy(
        "ALTER TABLE penalty DROP COLUMN forgery", "DROP TABLE tax_recovery",
        "CREATE TABLE tax_recovery (id INTEGER, uscc VARCHAR, recovered_on DATE, amount TEXT, reason TEXT,"
        " self_disclosed BOOLEAN, as_of DATETIME)",
    )  # fmt: skip

    report = check_records(changed)

    found = {(finding.table, finding.column): finding.state for finding in _bad(report)}
    assert found == {
        ("penalty", "forgery"): State.MISSING,
        ("tax_recovery", "amount"): State.WRONG_TYPE,
        ("tax_recovery", "uscc"): State.NO_INDEX,
    }
    assert report.exit_code == 1


def test_a_missing_index_is_said_and_stops_nothing(changed_copy):
    report = check_records(changed_copy("DROP INDEX ix_licence_uscc"))

    assert [(finding.table, finding.state) for finding in _bad(report)] == [("licence", State.NO_INDEX)]
    assert report.exit_code == 0


def test_without_the_register_of_enterprises_nothing_works(changed_copy):
    assert check_records(changed_copy("DROP TABLE credit_rating")).exit_code == 2
    assert check_records(changed_copy("DROP TABLE enterprise")).exit_code == 2
    assert check_records(changed_copy("ALTER TABLE enterprise DROP COLUMN declarants")).exit_code == 2
    assert check_records(changed_copy("DROP INDEX ix_enterprise_name")).exit_code == 0


def test_codes_that_fail_their_check_character_are_reported(changed_copy):
    changed = changed_copy("UPDATE enterprise SET uscc = substr(uscc, 1, 17) || '?' WHERE id < 4")

    (finding,) = _bad(check_records(changed))

    assert finding.state is State.BAD_CODES
    assert finding.detail.startswith("3 of 200")


def test_a_login_that_may_write_is_reported(server, postgresql_url):
    report = check_records(server.url("records"))

    assert {finding.state for finding in _bad(report)} == {State.MAY_WRITE}
    assert report.exit_code == 1


@pytest.mark.parametrize("address", ["sqlite:////nowhere/records.db", "postgresql://nobody@/x?host=/nowhere"])
def test_a_database_that_is_not_there_cannot_be_checked(address):
    with pytest.raises(RecordsUnavailable):
        check_records(address)


def test_a_part_that_an_installation_lacks_is_named_and_the_rest_of_the_page_works(changed_copy):
    records = open_records(changed_copy("DROP TABLE penalty", "DROP TABLE profile_indicator"))
    scope = Scope.of_enterprises([uscc(0)])

    with records.reader() as reader:
        page = find_status(reader, scope, uscc(0), DAY)
        with pytest.raises(NotHeld):
            list_penalties(reader, scope, uscc(0), DAY)

    assert page.not_held == ("penalties", "profile")
    assert page.penalties is None
    assert page.history
    records.close()


def test_every_table_says_which_features_need_it_and_every_column_is_explained():
    for table in CONTRACT.tables.values():
        assert set(table.info["features"]) <= set(FEATURES)
        assert table.info["features"]
        assert table.comment
        assert all(column.comment for column in table.columns)


def _prefill(reader):
    scope = own(7)  # a branch, so that its head office is looked at too
    read_facts(reader, scope, uscc(7), DAY, READ_AT)
    read_finances(reader, scope, uscc(7), DAY)
    read_profile(reader, scope, uscc(7), DAY)


def _monitor(reader):
    officer = Scope.of_customs("Y3")
    for question in (list_level_changes, list_new_penalties, list_new_listings, list_reviews_due):
        question(reader, officer, date(2020, 1, 1), DAY)
    list_sharing(reader, officer, DAY)
    list_near_discredited(reader, officer, DAY)


def _look_up(reader):
    find_published(reader, Scope.public(), uscc(0), DAY)
    search_published(reader, Scope.public(), "示例", DAY, "aeo")
    list_directory(reader, Scope.public(), "aeo", DAY)


ASKED = {
    "own_status": lambda reader: find_status(reader, own(0), uscc(0), DAY),
    "search": lambda reader: search_enterprises(reader, own(0), "示例", DAY),
    "publication": _look_up,
    "related": lambda reader: find_cluster(reader, Scope.of_customs("Y3"), uscc(10), DAY),
    "prefill": _prefill,
    "monitoring": _monitor,
    "statistics": lambda reader: count_enterprises(reader, Scope.public(), DAY, ("level",)),
    "benefits": lambda reader: list_benefits(reader, own(0), DAY),
    "coordinators": lambda reader: list_coordinators(reader, own(0), uscc(0), DAY),
}


@pytest.mark.parametrize("feature", ASKED)
def test_a_feature_is_named_with_exactly_the_tables_it_reads(sqlite_records, feature):
    statements = []

    def note(*call):
        statements.append(call[2])

    event.listen(sqlite_records.engine, "before_cursor_execute", note)
    with sqlite_records.reader() as reader:
        ASKED[feature](reader)
    event.remove(sqlite_records.engine, "before_cursor_execute", note)

    read = {name for name in CONTRACT.tables if any(re.search(rf"(FROM|JOIN) {name}\b", sql) for sql in statements)}
    assert read == {name for name, table in CONTRACT.tables.items() if feature in table.info["features"]}
