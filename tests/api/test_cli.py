"""The command line without a built index: checks, lists, and refusals that say what to do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.cli import app

RUNNER = CliRunner()
OFFICIAL = """---
id: sample-official
title_zh: 示例办法
title_en: Sample measures
number: 示例令第1号
issuer: 示例署
promulgated: unknown
effective_from: 2020-01-01
effective_to: null
kind: order
layer: official
standing: in_force
confidence: official
sources: [示例]
---

## 第一条
"""


@pytest.fixture(autouse=True)
def _apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("CREDIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("CREDIT_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.chdir(tmp_path)


def run(*arguments: str) -> Result:
    """Run the command line in this process."""
    return RUNNER.invoke(app, list(arguments))


def said(result: Result) -> str:
    """Everything printed, in one line."""
    return " ".join((result.stdout + result.stderr).split())


def test_the_knowledge_base_is_checked():
    result = run("knowledge", "check")

    assert result.exit_code == 0, said(result)
    assert "0 faults" in said(result)


def test_a_fault_in_an_added_text_is_named_with_file_and_line_and_fails_the_check(tmp_path: Path):
    folder = tmp_path / "var" / "official"
    folder.mkdir(parents=True)
    (folder / "sample-official.md").write_text(OFFICIAL, encoding="utf-8")

    result = run("knowledge", "check")

    assert result.exit_code == 1
    assert "sample-official.md:17: " in said(result)


def test_the_documents_are_listed_with_their_periods(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", "250")

    result = run("knowledge", "list")

    assert result.exit_code == 0
    lines = {line.split()[0]: line for line in result.stdout.splitlines() if line.split()}
    assert "2026-04-01" in lines["gacc-order-282"]
    assert "2021-11-01" in lines["gacc-order-251"]
    assert "2026-03-31" in lines["gacc-order-251"]
    assert "unknown" in lines["customs-guarantee-regs-art10"]


@pytest.mark.parametrize(
    "arguments",
    [("ask", "高认几年复核一次"), ("knowledge", "search", "复核"), ("ask", "--batch", "in", "--out", "out")],
)
def test_without_an_index_every_command_says_how_to_build_it(arguments: tuple[str, ...], tmp_path: Path):
    (tmp_path / "in").write_text('{"question": "高认"}')

    result = run(*arguments)

    assert result.exit_code == 2
    assert "make index" in said(result)
    assert "Traceback" not in said(result)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("ask",), "ask what"),
        (("ask", ""), "question"),
        (("ask", "高" * 20_000), "too long"),
        (("ask", "高认", "--on", "0000-00-00"), "2026-04-01"),
        (("ask", "高认", "--on", "昨天"), "2026-04-01"),
        (("ask", "--batch", "questions.jsonl"), "--out"),
        (("ask", "--batch", "nowhere.jsonl", "--out", "out.jsonl"), "not a file"),
        (("knowledge", "search", "复核", "--on", "2026-13-01"), "YYYY-MM-DD"),
        (("eval", "--set", "nothing"), "unknown set"),
        (("serve", "--workers", "2"), "CREDIT_CHROMA_URL"),
    ],
)
def test_what_cannot_be_done_ends_with_one_sentence(arguments: tuple[str, ...], words: str, tmp_path: Path):
    (tmp_path / "questions.jsonl").write_text("")

    result = run(*arguments)

    assert result.exit_code == 2
    assert words in said(result)
    assert "Traceback" not in said(result)


def test_the_commands_of_the_contract_are_there():
    for command in ("serve", "ask", "knowledge", "records", "assess", "eval", "admin"):
        assert command in run("--help").stdout
    for command in ("check", "index", "list", "search", "add"):
        assert command in run("knowledge", "--help").stdout


def in_a_process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as a person does."""
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "api", *arguments],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])} | environment,
        capture_output=True,
        text=True,
        timeout=180,  # only against a hang: reading torch takes long on a busy machine
        check=False,
    )


def test_a_wrong_setting_ends_the_program_with_a_sentence():
    ended = in_a_process("knowledge", "list", CREDIT_PORT="no")

    assert ended.returncode == 2
    assert "CREDIT_PORT" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert ended.stdout == ""


@pytest.mark.slow
def test_a_model_that_is_not_there_is_not_downloaded(tmp_path: Path):
    ended = in_a_process("knowledge", "index", CREDIT_EMBEDDING_MODEL=str(tmp_path / "nothing"))

    assert ended.returncode == 1
    assert "CREDIT_EMBEDDING_MODEL" in ended.stderr
    assert "Traceback" not in ended.stderr
