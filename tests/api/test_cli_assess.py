"""`credit-assistant assess …`: the contract's shape, its exit codes, and one sentence for whatever is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from api.cli import app
from selfassess.loader import get_standard
from selfassess.statement_template import write_template

RUNNER = CliRunner()
IDS = ("advanced-2026", "certified-2026", "single-business-2026", "general-2022-106", "single-2022-106")
GRADES = {"met", "partly_met", "not_met", "not_applicable", "unanswered"}
PAST = "2025-06-01"
Write = Callable[[str, Any], str]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a JSON file and returns its path."""

    def to(name: str, content: Any) -> str:
        path = tmp_path / name
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return str(path)

    return to


def run(*arguments: str) -> Result:
    """The command in this process, on a wide terminal."""
    return RUNNER.invoke(app, ["assess", *arguments], env={"COLUMNS": "200"})


def day(standard: str) -> tuple[str, ...]:
    """A day the standard is in force on."""
    return ("--on", PAST if standard.endswith("106") else "2026-11-26")


def met(standard: str) -> dict[str, Any]:
    """Everything met."""
    return {no: {"grade": "met"} for no in get_standard(standard).items}


def assess(write: Write, standard: str, answers: Any, *more: str) -> dict[str, Any]:
    """The JSON of a run that succeeds."""
    result = run("run", "--standard", standard, "--answers", write("a.json", answers), "--json", *day(standard), *more)
    assert result.exit_code == 0, result.output
    return dict(json.loads(result.stdout))


def refused(write: Write, answers: Any, *more: str, standard: str = "advanced-2026") -> str:
    """What is said to input that is refused with code 2."""
    arguments = more if "--on" in more else (*day(standard), *more)
    result = run("run", "--standard", standard, "--answers", write("a.json", answers), *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Traceback" not in result.stderr
    return " ".join(result.stderr.split())


@pytest.mark.parametrize("standard", IDS)
def test_the_output_has_the_shape_of_the_contract(write: Write, standard: str) -> None:
    found = assess(write, standard, met(standard))

    assert (found["standard"], found["on"]) == (standard, day(standard)[1])
    outcome = found["outcome"]
    assert (outcome["passed"], outcome["decided"], outcome["reasons"]) == (True, True, [])
    assert set(outcome["counts"]) == GRADES
    assert outcome["counts"]["met"] == len(get_standard(standard).items)
    assert outcome["total"] is None or isinstance(outcome["total"], int)
    assert isinstance(found["pass_rule"]["source"], str)
    assert found["pass_rule"]["confirmed"] is standard.endswith("106")
    assert [item["no"] for item in found["items"]] == list(get_standard(standard).items)
    assert {item["source"] for item in found["items"]} == {"self"}
    assert found["gaps"] == []


@pytest.mark.parametrize("standard", IDS)
def test_every_item_can_fail_its_standard_through_the_command(write: Write, standard: str) -> None:
    items = get_standard(standard).items

    for no in [*items][:: max(1, len(items) // 6)]:
        found = assess(write, standard, met(standard) | {no: {"grade": "not_met", "note": "还没做"}})
        assert found["outcome"]["passed"] is items[no].bonus
        assert [gap["no"] for gap in found["gaps"]] == ([] if items[no].bonus else [no])


@pytest.mark.parametrize("standard", IDS)
def test_three_items_partly_met_pass_and_four_fail(write: Write, standard: str) -> None:
    items = get_standard(standard).items
    partly = [no for no, item in items.items() if "partly_met" in item.grades.allowed and not item.bonus][:4]

    three = assess(write, standard, met(standard) | {no: {"grade": "partly_met"} for no in partly[:3]})
    four = assess(write, standard, met(standard) | {no: {"grade": "partly_met"} for no in partly})

    assert (three["outcome"]["passed"], four["outcome"]["passed"]) == (True, False)
    assert {gap["no"] for gap in four["gaps"]} == set(partly)
    assert all(gap["reason"] and gap["next_step"] for gap in four["gaps"])


def test_one_open_item_keeps_the_result_open_without_a_total(write: Write) -> None:
    answers = met("advanced-2026")
    del answers["7"]

    outcome = assess(write, "advanced-2026", answers)["outcome"]

    assert (outcome["passed"], outcome["decided"], outcome["total"]) == (None, False, None)
    assert outcome["reasons"] == ["还有1项没有回答"]


def test_open_bonus_items_never_block_but_leave_no_total(write: Write) -> None:
    answers = {no: grade for no, grade in met("advanced-2026").items() if int(no) <= 68}

    outcome = assess(write, "advanced-2026", answers)["outcome"]

    assert (outcome["passed"], outcome["total"]) == (True, None)


def test_finance_figures_settle_the_finance_items_at_their_limit(write: Write) -> None:
    figures = {
        "audit_opinion": "unqualified",
        "total_assets": 1000,
        "opening_total_assets": 1000,
        "total_liabilities": 850,
        "current_assets": 99,
        "current_liabilities": 100,
        "cash": 20,
        "trading_financial_assets": 0,
        "net_operating_cash_flow": 0,
        "revenue": 1000,
        "cost_of_sales": 995,
        "operating_profit": 5,
        "total_profit": 10,
        "interest_expense": 0,
        "net_profit": 0,
    }
    answers = {no: grade for no, grade in met("advanced-2026").items() if no not in ("12", "13", "14")}
    profile = write("p.json", {"production": True})

    found = assess(write, "advanced-2026", answers | {"finance": figures}, "--profile", profile)

    items = {item["no"]: item for item in found["items"]}
    assert [(items[no]["grade"], items[no]["source"]) for no in ("12", "13", "14")] == [
        ("met", "calculated"),
        ("met", "calculated"),
        ("partly_met", "calculated"),
    ]
    assert any("总资产报酬率" in value["label"] for value in items["14"]["proposal"]["values"])


def test_a_broker_is_not_graded_against_a_standard_for_others(write: Write) -> None:
    profile = write("p.json", {"enterprise_type": "customs_broker"})

    found = assess(write, "advanced-2026", met("advanced-2026"), "--profile", profile)

    assert found["refused"]["code"] == "standard_not_held"
    assert found["outcome"]["passed"] is None
    assert found["items"] == []


def test_a_supposition_is_answered_under_what_if(write: Write) -> None:
    found = assess(write, "advanced-2026", met("advanced-2026"), "--what-if", "如果第5项不达标")

    assert found["what_if"][0]["changes"] == [{"no": "5", "before": "met", "after": "not_met"}]


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"99": {"grade": "met"}}, "has no item 99"),
        ({"18": {"grade": "partly_met"}}, "item 18 cannot be partly_met; it can be: met, not_met"),
        ({"18": {"grade": "not_applicable", "note": "x"}}, "item 18 cannot be not_applicable"),
        ({"5": {"grade": "not_applicable"}}, "say why"),
        ({"5": {"grade": "excellent"}}, "unknown grade 'excellent'"),
        ({"5": {"grade": 1}}, "unknown grade 1"),
        ({"5": {"grades": "met"}}, "unknown field grades"),
        ({"5": ["met"]}, "unknown grade"),
        ({"5": {"grade": "met", "note": 5}}, "note must be text"),
        ({"5": {"grade": "met", "note": "x" * 5000}}, "longer than 4000"),
        ({"5": {"grade": "met"}, "第5项": {"grade": "met"}}, "item 5 is answered twice"),
        ({"finance": 5}, "finance must be a mapping"),
        ({"finance": {"cash": "lots"}}, "cash: not a number: 'lots'"),
        ({"finance": {"cahs": 1}}, "unknown line 'cahs'"),
        ([], "must hold a JSON object"),
        ("", "is not valid JSON"),
        ('{"1": ', "line 1, column"),
        ('{"1": {"grade": "met"}, "1": {"grade": "not_met"}}', "stands there twice"),
        ('{"finance": {"cash": NaN}}', "NaN"),
        ('{"finance": {"cash": ' + "9" * 5000 + "}}", "a number is too long"),
        ('{"a":' * 100_000, "nested too deeply"),
    ],
)
def test_bad_answers_get_one_sentence_and_code_2(write: Write, answers: Any, said: str) -> None:
    assert said in refused(write, answers)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--on", "2026-13-01"), "is not a day: write YYYY-MM-DD"),
        (("--on", "20261126"), "is not a day"),
        (("--on", "yesterday"), "is not a day"),
        (("--on", "2025-06-01"), "use general-2022-106 for that day"),
        (("--on", "2026-03-31"), "is not in force on 2026-03-31"),
        (("--uscc", "91310000MA1FL4B53J"), "--records and --uscc go together"),
        (("--records", "sqlite:///x.db", "--uscc", "12345"), "is not a valid unified social credit code"),
        (("--records", "mysql://x", "--uscc", "9199000404835019X0"), "must be a SQLite file or PostgreSQL"),
        (("--records", "sqlite:////nowhere/x.db", "--uscc", "9199000404835019X0"), "cannot be read"),
    ],
)
def test_a_wrong_day_or_address_gets_one_sentence_and_code_2(write: Write, more: tuple[str, ...], said: str) -> None:
    assert said in refused(write, met("advanced-2026"), *more)


def test_a_repealed_standard_is_refused_for_a_day_after_it_and_runs_before(write: Write) -> None:
    said = refused(write, {}, "--on", "2026-04-01", standard="general-2022-106")

    assert "适用期从2022-10-28到2026-03-31" in said
    assert "use advanced-2026" in said
    assert assess(write, "general-2022-106", met("general-2022-106"), "--on", "2026-03-31")["outcome"]["passed"] is True


def test_unknown_standards_and_unreadable_files_are_named(write: Write, tmp_path: Path) -> None:
    latin = tmp_path / "latin.json"
    latin.write_bytes('{"1": {"grade": "met", "note": "é"}}'.encode("latin-1"))

    for arguments, said in (
        (("--standard", "gold", "--answers", write("a.json", {})), "no standard 'gold' is held"),
        (("--standard", "advanced-2026", "--answers", str(tmp_path / "none.json")), "cannot be read"),
        (("--standard", "advanced-2026", "--answers", str(tmp_path)), "cannot be read"),
        (("--standard", "advanced-2026", "--answers", str(latin)), "is not UTF-8 text"),
    ):
        result = run("run", *arguments)
        assert result.exit_code == 2
        assert said in " ".join(result.stderr.split())


@pytest.mark.parametrize(
    ("profile", "said"),
    [
        ({"colour": "red"}, "profile: unknown field colour"),
        ({"enterprise_type": "bank"}, "enterprise_type must be one of trader, customs_broker"),
        ({"businesses": ["mining"]}, "businesses must be one of"),
        ({"established_on": "2020-31-01"}, "established_on must be a day"),
        ([], "must hold a JSON object"),
    ],
)
def test_a_wrong_profile_gets_one_sentence_and_code_2(write: Write, profile: Any, said: str) -> None:
    assert said in refused(write, {}, "--profile", write("p.json", profile))


def test_files_of_windows_programs_are_read(write: Write, tmp_path: Path) -> None:
    for encoding in ("utf-8-sig", "utf-16"):
        path = tmp_path / f"{encoding}.json"
        path.write_text(json.dumps({"1": {"grade": "met"}}), encoding=encoding)
        result = run("run", "--standard", "advanced-2026", "--answers", str(path), "--json", "--on", "2026-11-26")
        assert json.loads(result.stdout)["outcome"]["counts"]["met"] == 1


def test_numbers_may_be_written_as_people_do(write: Write) -> None:
    found = assess(write, "single-business-2026", {"2": {"grade": "met"}, "第3项": {"grade": "not_met"}})

    grades = {item["no"]: item["grade"] for item in found["items"]}
    assert (grades["SP2"], grades["SP3"]) == ("met", "not_met")


def test_people_read_verdict_rule_and_gaps_in_chinese_or_english(write: Write) -> None:
    answers = write("a.json", met("advanced-2026") | {"5": {"grade": "not_met", "note": "还没有[复核]制度"}})
    arguments = ("run", "--standard", "advanced-2026", "--answers", answers, "--on", "2026-11-26")

    chinese, english = run(*arguments), run(*arguments, "--english")

    assert (chinese.exit_code, english.exit_code) == (0, 0)
    for said in ("未通过", "第5项不达标", "未经确认", "5 单证复核  不达标", "还没有[复核]制度", "最少改1项就能通过"):
        assert said in chinese.stdout
    for said in ("not passed", "item 5 is not met", "unconfirmed", "next step: supply rules"):
        assert said in english.stdout
    assert "达标" not in english.stdout


def test_the_standards_held_are_listed_with_their_document_period_and_items() -> None:
    table, listed = run("standards"), run("standards", "--json")

    rows = {row.split()[0]: row.split() for row in table.stdout.splitlines() if row.split() and row.split()[0] in IDS}
    assert rows.keys() == set(IDS)
    assert json.loads(listed.stdout)[0] == {
        "id": "advanced-2026",
        "document": "gacc-2026-34",
        "number": "海关总署公告2026年第34号",
        "title": "海关高级认证企业标准（通用标准—进出口货物收发货人）",
        "title_en": "Standard for advanced certified enterprises (general standard for consignees and consignors)",
        "effective_from": "2026-04-01",
        "effective_to": None,
        "items": 74,
        "bonus": 6,
        "pass_rule_confirmed": False,
    }
    lines = table.stdout.splitlines()
    general = next(line for line in lines if line.startswith("general-2022-106") and "gacc" in line)
    assert general.split()[1:5] == ["gacc-2022-106", "2022-10-28*", "2026-03-31", "62"]


def test_the_finance_template_is_written_and_read_back(tmp_path: Path) -> None:
    written = run("template", str(tmp_path / "figures.xlsx"))
    read = run("statement", str(tmp_path / "figures.xlsx"), "--json")

    assert (written.exit_code, read.exit_code) == (0, 0)
    assert (tmp_path / "figures.xlsx").stat().st_size == pytest.approx(len(write_template()), rel=0.1)
    assert "cash" in json.loads(read.stdout)["missing"]


def test_a_statement_becomes_figures_an_answers_file_takes(write: Write, tmp_path: Path) -> None:
    sheet = tmp_path / "s.csv"
    sheet.write_text(
        "单位：万元\n项目,期末余额,年初余额\n流动资产合计,300,200\n流动负债合计,200,100\n", encoding="gb18030"
    )

    found = json.loads(run("statement", str(sheet), "--json").stdout)

    assert found["finance"] == {"current_assets": "300万元", "current_liabilities": "200万元"}
    result = assess(write, "advanced-2026", {"finance": found["finance"]})
    values = next(item for item in result["items"] if item["no"] == "13")["proposal"]["values"]
    assert {"label": "流动比率", "value": "1.5（≥ 1）✓"} in values
    assert "流动资产合计" in run("statement", str(sheet)).stdout


@pytest.mark.parametrize("content", [b"PK\x03\x04broken", b"\x00\x01\x02", b"MZ\x90"])
def test_a_file_that_is_no_statement_gets_one_sentence_and_code_2(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "s.xlsx"
    path.write_bytes(content)

    result = run("statement", str(path))

    assert result.exit_code in (0, 2)
    assert "Traceback" not in result.output
