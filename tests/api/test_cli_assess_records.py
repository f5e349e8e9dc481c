"""`assess run --records URL --uscc X` against readings of the same database in plain SQL."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from api.cli import app
from api.cli_assess_records import read_records
from api.records.sample.load import make_sample
from api.usecases.recorded import Recorded
from selfassess.report import run as assess

DAY = date(2026, 11, 26)
RUNNER = CliRunner()
NUMBERS = {
    "single": ("18", "16"),
    "count": ("19", "17"),
    "waste": ("20", "18"),
    "overdue": ("22", "20"),
    "tax": ("24", "22"),
    "abnormal": ("27", "25"),
    "solvency": ("13", "12"),
    "status": ("15", "13"),
}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A sample of 200 enterprises."""
    address = f"sqlite:///{tmp_path_factory.mktemp('assess') / 'r.db'}"
    make_sample(address, enterprises=200, seed=1, day=date(2026, 11, 22))
    return address


@pytest.fixture(scope="module")
def plain(url: str) -> Iterator[sqlite3.Connection]:
    """The same database, without any of our code."""
    connection = sqlite3.connect(url.removeprefix("sqlite:///"))
    connection.row_factory = sqlite3.Row
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def noted(url: str, plain: sqlite3.Connection) -> dict[str, Recorded]:
    """What the command reads of every consignee or consignor with something against it, and of some without."""
    codes = [row["uscc"] for row in plain.execute(_NOTED)]
    return {code: read_records(url, code, DAY, datetime(2026, 11, 26, 8)) for code in codes}


_NOTED = """
    SELECT uscc FROM enterprise WHERE kind <> 'customs_broker' AND (
        id % 20 = 0 OR status <> 'open'
        OR uscc IN (SELECT uscc FROM penalty WHERE decided_on > '2024-11-01')
        OR uscc IN (SELECT uscc FROM overdue_payment) OR uscc IN (SELECT uscc FROM tax_recovery)
        OR uscc IN (SELECT uscc FROM abnormal_listing)
        OR uscc IN (SELECT uscc FROM audit_report WHERE fiscal_year = 2025 AND current_assets < current_liabilities)
    )
"""


def _run(url: str, uscc: str, standard: str, answers: Path, *more: str) -> Any:
    address = ("--records", url, "--uscc", uscc, "--on", DAY.isoformat(), "--json", *more)
    result = RUNNER.invoke(app, ["assess", "run", "--standard", standard, "--answers", str(answers), *address])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def _money(value: object) -> Fraction:
    return Fraction(Decimal(str(value)).quantize(Decimal("0.01")))


def _read(plain: sqlite3.Connection, uscc: str, advanced: bool) -> dict[str, str]:
    """The grades of some items, straight from the tables and the limits of Announcement 2026 No. 34."""
    year, long = "2025-11-26", "2024-11-26" if advanced else "2025-11-26"

    def rows(statement: str, *values: object) -> list[sqlite3.Row]:
        return plain.execute(statement, (uscc, *values)).fetchall()

    fines = rows("SELECT *, fine + confiscated_gains + confiscated_goods AS a FROM penalty WHERE uscc = ?")
    recent = [_money(row["a"]) for row in fines if row["decided_on"] > year]
    violations = sum(row["violations"] for row in fines if row["decided_on"] > year)
    (last,) = rows(
        "SELECT sum(import_value + export_value) v, sum(documents) d, sum(tax_paid) t FROM declaration_month "
        "WHERE uscc = ? AND month LIKE '2025%'"
    )
    most, few, share, sums = (50_000, 3, 1, 100_000) if advanced else (100_000, 5, 5, 300_000)
    largest, total = max(recent, default=Fraction(0)), sum(recent, Fraction(0))
    recovered = [
        _money(row["amount"]) for row in rows("SELECT * FROM tax_recovery WHERE uscc = ? AND recovered_on > ?", year)
    ]
    back, large = sum(recovered, Fraction(0)), sum(amount > 100_000 for amount in recovered)
    late = [
        row
        for row in rows("SELECT * FROM overdue_payment WHERE uscc = ? AND due_on < ?", DAY.isoformat())
        if (row["paid_on"] or "9999") > max(row["due_on"], row["deferred_to"] or "")
        and (row["paid_on"] or "9999") > long
    ]
    listed = rows(
        "SELECT 1 FROM abnormal_listing WHERE uscc = ? AND listed_on <= ? AND (removed_on IS NULL OR removed_on > ?)",
        DAY.isoformat(),
        long,
    )
    (firm,) = rows("SELECT * FROM enterprise WHERE uscc = ?")
    met = {
        "single": largest <= most or bool(last["v"]) and largest / _money(last["v"]) <= Fraction(1, 10_000),
        "count": total <= sums
        and (len(recent) <= few or bool(last["d"]) and Fraction(violations, last["d"]) <= Fraction(share, 1_000)),
        "waste": not any(
            row["decided_on"] > long and row["field"] in ("solid_waste", "export_control") for row in fines
        ),
        "overdue": not late,
        "tax": back <= sums
        or large <= (1 if advanced else 3)
        and bool(last["t"])
        and back / _money(last["t"]) <= Fraction(1 if advanced else 3, 1_000),
        "abnormal": not listed,
        "status": firm["status"] not in ("dissolving", "bankrupt"),
    }
    found = {name: "met" if holds else "not_met" for name, holds in met.items()}
    (report,) = rows("SELECT * FROM audit_report WHERE uscc = ? AND fiscal_year = 2025")
    return found | {"solvency": _solvency(report, bool(firm["manufacturer"]), advanced)}


def _solvency(row: sqlite3.Row, production: bool, advanced: bool) -> str:
    line = {name: _money(row[name]) for name in row.keys() if isinstance(row[name], float)}  # noqa: SIM118 - sqlite3.Row
    debt = Fraction((85 if production else 75) + (0 if advanced else 10), 100)
    kept = [
        line["total_liabilities"] / line["total_assets"] <= debt,
        (line["cash"] + line["trading_financial_assets"]) * 10 / line["current_liabilities"] >= (2 if advanced else 1),
        line["net_operating_cash_flow"] * 10 / line["total_liabilities"] >= (1 if advanced else 0),
        line["current_assets"] * 10 / line["current_liabilities"] >= (10 if advanced else 8),
    ]
    return {0: "not_met", 1: "partly_met"}.get(sum(kept), "met")


@pytest.mark.parametrize(("place", "standard"), [(0, "advanced-2026"), (1, "certified-2026")])
def test_every_enterprise_gets_the_grades_the_tables_and_the_limits_give(
    plain: sqlite3.Connection, noted: dict[str, Recorded], place: int, standard: str
) -> None:
    seen = set()
    for uscc, known in noted.items():
        result = assess(standard, DAY, {}, known.profile_with({}), records=known.facts, recorded=known.figures)
        items = {item["no"]: item for item in result["items"]}
        for name, grade in _read(plain, uscc, advanced=place == 0).items():
            item = items[NUMBERS[name][place]]
            assert (item["grade"], item["source"]) == (grade, "record"), (uscc, name)
            seen.add((name, grade))
    assert {(name, grade) for name in NUMBERS for grade in ("met", "not_met")} <= seen


def test_the_command_fills_in_what_was_not_answered_and_names_its_source(
    url: str, plain: sqlite3.Connection, tmp_path: Path
) -> None:
    answers = tmp_path / "a.json"
    answers.write_text("{}", encoding="utf-8")
    fined = plain.execute(
        "SELECT uscc, id FROM penalty WHERE field = 'solid_waste' AND decided_on > '2025-12-01' ORDER BY id"
    ).fetchone()

    found = _run(url, fined["uscc"], "advanced-2026", answers)

    item = next(item for item in found["items"] if item["no"] == "20")
    assert (item["grade"], item["source"]) == ("not_met", "record")
    assert str(fined["id"]) in item["proposal"]["sources"][0]["rows"]
    assert item["proposal"]["sources"][0]["table"] == "penalty"
    coming = {entry["no"]: entry["passes_on"] for entry in found["forecast"]["items"]}
    assert coming["20"] > DAY.isoformat()
    assert found["forecast"]["all_pass_on"] is None or found["forecast"]["all_pass_on"] >= coming["20"]


def test_an_answer_against_the_record_stands_with_both_values(
    url: str, plain: sqlite3.Connection, tmp_path: Path
) -> None:
    answers = tmp_path / "a.json"
    answers.write_text(json.dumps({"15": {"grade": "met"}}), encoding="utf-8")
    bankrupt = plain.execute("SELECT uscc FROM enterprise WHERE status = 'bankrupt'").fetchone()["uscc"]

    item = next(item for item in _run(url, bankrupt, "advanced-2026", answers)["items"] if item["no"] == "15")

    assert (item["grade"], item["source"]) == ("met", "self")
    assert (item["contradiction"]["said"], item["contradiction"]["record"]) == ("met", "not_met")
    assert item["contradiction"]["values"] == [{"label": "解散或者破产", "value": "是"}]


def test_the_type_on_record_keeps_a_broker_from_a_standard_for_others(
    url: str, plain: sqlite3.Connection, tmp_path: Path
) -> None:
    answers = tmp_path / "a.json"
    answers.write_text("{}", encoding="utf-8")
    broker = plain.execute("SELECT uscc FROM enterprise WHERE kind = 'customs_broker'").fetchone()["uscc"]
    both = plain.execute("SELECT uscc FROM enterprise WHERE kind = 'trader_and_broker'").fetchone()["uscc"]

    assert "refused" in _run(url, broker, "advanced-2026", answers)
    caveats = {caveat["code"] for caveat in _run(url, both, "advanced-2026", answers)["caveats"]}
    assert "broker_part_not_held" in caveats


def test_what_the_profile_file_says_comes_before_the_record(
    url: str, plain: sqlite3.Connection, tmp_path: Path
) -> None:
    answers, profile = tmp_path / "a.json", tmp_path / "p.json"
    answers.write_text("{}", encoding="utf-8")
    profile.write_text(json.dumps({"businesses": ["food_cosmetics"]}), encoding="utf-8")
    trader = plain.execute("SELECT uscc FROM enterprise WHERE kind = 'trader'").fetchone()["uscc"]

    found = _run(url, trader, "single-business-2026", answers, "--profile", str(profile))

    concerned = {item["no"] for item in found["items"] if not item.get("exempt")}
    assert concerned == {"SP13", "SP14", "SP16", "SP17", "SP18"}


def test_an_enterprise_not_on_record_is_refused(url: str, tmp_path: Path) -> None:
    answers = tmp_path / "a.json"
    answers.write_text("{}", encoding="utf-8")
    arguments = ["assess", "run", "--standard", "advanced-2026", "--answers", str(answers), "--records", url]

    result = RUNNER.invoke(app, [*arguments, "--uscc", "91110000100000013W"])

    assert result.exit_code == 2
    assert "91110000100000013W" in result.stderr
