"""The benchmark and the command line around the synthetic database."""

import pytest
from typer.testing import CliRunner

from api.cli_records import app
from api.records.bench import ASKED, run_bench
from api.records.errors import NotHeld
from api.records.reader import open_records
from api.records.sample.load import find_sample
from tests.api.records.records_world import DAY, ENTERPRISES, SEED


def _run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def test_the_benchmark_measures_every_question_on_both_engines(records):
    timings = list(run_bench(records, find_sample(records), runs=1))

    assert [timing.question for timing in timings] == [asked.name for asked in ASKED]
    assert all(0 < timing.p50 <= timing.p95 <= timing.worst for timing in timings)
    assert not any(timing.stopped for timing in timings)


def test_a_sample_remembers_what_it_was_made_with(sqlite_records):
    sample = find_sample(sqlite_records)

    assert (sample.enterprises, sample.seed, sample.day) == (ENTERPRISES, SEED, DAY)


def test_a_database_that_is_not_a_sample_is_not_measured(changed_copy):
    records = open_records(changed_copy("DROP TABLE sample_info"))

    with pytest.raises(NotHeld):
        find_sample(records)
    records.close()


def test_the_commands_make_check_and_measure_a_sample(tmp_path):
    url = f"sqlite:///{tmp_path / 'records.db'}"

    made = _run("sample", "--enterprises", 12, "--url", url)
    checked = _run("check", "--url", url)
    measured = _run("bench", "--url", url, "--runs", 1)

    assert (made.exit_code, checked.exit_code) == (0, 0)
    assert "rows per second" in made.output
    assert "status page" in measured.output


def test_the_check_names_what_is_missing_and_what_it_affects(changed_copy):
    checked = _run("check", "--url", changed_copy("DROP TABLE penalty"))

    assert checked.exit_code == 1
    assert "missing" in checked.output
    assert "处罚与违法记录" in checked.output


def test_an_unreachable_database_is_one_sentence(tmp_path):
    checked = _run("check", "--url", f"sqlite:///{tmp_path / 'absent.db'}")

    assert checked.exit_code == 2
    assert "Traceback" not in checked.output


def test_a_second_sample_needs_to_be_asked_for(tmp_path):
    url = f"sqlite:///{tmp_path / 'records.db'}"
    _run("sample", "--enterprises", 3, "--url", url)

    assert _run("sample", "--enterprises", 3, "--url", url).exit_code == 1
    assert _run("sample", "--enterprises", 3, "--url", url, "--replace").exit_code == 0
