import shutil

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from api.records.bench import HEADER, report_lines, run_bench
from api.records.check import State, check_records
from api.records.contract import CONTRACT, FEATURES
from api.records.errors import NotHeld, RecordsUnavailable
from api.records.gateway.penalties import list_penalties
from api.records.gateway.status import find_status
from api.records.reader import open_records
from api.records.scope import Scope
from tests.api.records.records_world import DAY, SEED, uscc


def _changed(url, folder, *statements):
    copy = f"sqlite:///{shutil.copy(make_url(url).database, folder / 'changed.db')}"
    engine = create_engine(copy)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()
    return copy


def _bad(report):
    return [finding for finding in report.findings if finding.state is not State.PRESENT]


def test_a_complete_database_passes(url):
    report = check_records(url)

    assert _bad(report) == []
    assert report.exit_code == 0
    assert len(report.findings) == sum(len(table.columns) for table in CONTRACT.tables.values())


def test_a_missing_table_names_what_it_switches_off(sqlite_url, tmp_path):
    report = check_records(_changed(sqlite_url, tmp_path, "DROP TABLE penalty"))

    (finding,) = _bad(report)
    assert (finding.table, finding.column, finding.state) == ("penalty", "", State.MISSING)
    assert {"penalties", "customs_penalties"} <= set(finding.switches_off)
    assert report.exit_code == 1


def test_a_missing_column_and_a_wrong_type_are_told_apart(sqlite_url, tmp_path):
    changed = _changed(
        sqlite_url, tmp_path, "ALTER TABLE penalty DROP COLUMN forgery", "DROP TABLE tax_recovery",
        "CREATE TABLE tax_recovery (id INTEGER, uscc VARCHAR, recovered_on DATE, amount TEXT, reason TEXT,"
        " self_disclosed BOOLEAN, as_of DATETIME)",
    )  # fmt: skip

    report = check_records(changed)

    found = {(finding.table, finding.column): finding.state for finding in _bad(report)}
    assert found == {("penalty", "forgery"): State.MISSING, ("tax_recovery", "amount"): State.WRONG_TYPE}
    assert report.exit_code == 1


def test_without_the_register_of_enterprises_nothing_works(sqlite_url, tmp_path):
    assert check_records(_changed(sqlite_url, tmp_path, "DROP TABLE credit_rating")).exit_code == 2
    assert check_records(_changed(sqlite_url, tmp_path, "DROP TABLE enterprise")).exit_code == 2
    assert check_records(_changed(sqlite_url, tmp_path, "DROP INDEX ix_enterprise_name")).exit_code == 0


def test_codes_that_fail_their_check_character_are_reported(sqlite_url, tmp_path):
    changed = _changed(sqlite_url, tmp_path, "UPDATE enterprise SET uscc = substr(uscc, 1, 17) || '?' WHERE id < 4")

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


def test_a_part_that_an_installation_lacks_is_named_and_the_rest_of_the_page_works(sqlite_url, tmp_path):
    records = open_records(_changed(sqlite_url, tmp_path, "DROP TABLE penalty", "DROP TABLE profile_indicator"))
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


def test_the_benchmark_measures_every_question_on_both_engines(records):
    timings = run_bench(records, enterprises=200, seed=SEED, day=DAY, runs=8)

    lines = report_lines("engine", 200, timings)
    assert [timing.question for timing in timings] == ["status page", "name search", "related cluster", "statistics"]
    assert all(0 < timing.p50 <= timing.p95 <= timing.worst for timing in timings)
    assert len(lines) == 4
    assert HEADER.startswith("engine")
