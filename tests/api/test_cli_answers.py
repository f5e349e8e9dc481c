"""The command line with the real index: one answer, a file of questions, a search."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from api.bootstrap import Parts
from api.cli import app

pytestmark = pytest.mark.model
RUNNER = CliRunner()
ANSWER = {
    "kind", "on", "question_language", "text", "statements", "citations", "caveats", "missing", "suggestions",
    "latency_ms", "trace_id",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _real_index(parts: Parts, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CREDIT_DATA_DIR", str(parts.settings.data_dir.resolve()))
    monkeypatch.chdir(tmp_path)


def run(*arguments: str) -> Result:
    """Run a command that should succeed."""
    result = RUNNER.invoke(app, list(arguments))
    assert result.exit_code == 0, result.stderr
    return result


def test_an_answer_is_printed_with_its_sources():
    printed = run("ask", "282号令第四条", "--on", "2026-05-01").stdout

    assert "五个等级" in printed
    assert "[1]" in printed
    assert "海关总署令第282号" in printed
    assert "2026-04-01" in printed


def test_an_answer_as_json_has_exactly_the_fields_of_the_contract():
    answer = json.loads(run("ask", "现在认证要多久", "--json").stdout)

    assert set(answer) == ANSWER
    assert answer["kind"] == "unknown"


def test_an_answer_for_a_day_uses_the_law_of_that_day():
    answer = json.loads(run("ask", "认证决定要多少天", "--on", "2025-06-01", "--json").stdout)

    assert answer["on"] == "2025-06-01"
    assert answer["citations"][0]["document_id"] == "gacc-order-251"


UNUSED = ("torch", "transformers", "langchain_openai", "openai", "alembic", "openpyxl", "docx", "pypdf", "authlib")
ASK = f"""
import sys
from typer.testing import CliRunner
from api.cli import app
print(CliRunner().invoke(app, ["ask", "282号令第四条"]).exit_code, [name for name in {UNUSED} if name in sys.modules])
"""


def test_an_answer_loads_no_torch_no_client_of_a_model_and_no_file_formats(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))

    asked = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, timeout=180, check=False)  # noqa: S603

    assert asked.stdout == "0 []\n", asked.stderr


PENALTY = "高级认证企业被罚款一次6万元行不行"
RULED = {"answered", "partial"}
ROWS: list[tuple[dict[str, Any], set[str]]] = [  # what stands in a line, and the kinds that are right
    ({"id": "a", "question": "282号令第四条"}, RULED),
    ({"id": 2, "question": "认证决定要多少天", "on": "2025-06-01"}, RULED),
    ({"id": "h", "question": "那认证企业呢？", "history": [PENALTY]}, RULED),
    ({"id": "t", "question": "那认证企业呢？", "history": [{"question": PENALTY}]}, RULED),
    ({"id": "none"}, {"clarify"}),
    ({"id": "empty", "question": ""}, {"clarify"}),
    ({"id": "long", "question": "高" * 20_000}, {"clarify"}),
    ({"id": "day", "question": "高认", "on": "0000-00-00"}, {"clarify"}),
    ({"id": "type", "question": 5}, {"clarify"}),
    ({"id": "more", "question": "282号令第四条", "expect": ["x"], "topic": "levels"}, RULED),
    ({"id": "null", "question": "282号令第四条", "on": None, "history": None}, RULED),
    ({"id": "separator", "question": "282号令\u2028第四条"}, RULED),
    ({"id": "controls", "question": "282号令\u0085第四条\u0000"}, RULED),
    ({"id": {"deep": [1]}, "question": "转人工"}, {"handoff"}),
]
UNREADABLE = {  # lines that are no object with a question
    "no_json": b"not json",
    "a_list": b'["a list"]',
    "half": b'{"id": "half", "question"',
    "nested": b"[" * 100_000,
    "broken_utf_8": b'{"id": "\xff\xfe", "question": ""}',
    "of_a_question": b'{"id": "b", "question": "282\xff"}',
    "half_a_character": b'{"id": "\\ud800", "question": "x"}',
    "not_a_number": b'{"id": NaN, "question": "x"}',
    "endless_number": b'{"id": ' + b"1" * 5000 + b', "question": "x"}',
}


def batch(folder: Path, *lines: bytes) -> list[dict[str, Any]]:
    """Answer a file of these lines and return what was written, line by line."""
    (folder / "in.jsonl").write_bytes(b"\n".join(lines) + b"\n")
    run("ask", "--batch", "in.jsonl", "--out", "out.jsonl")
    written = (folder / "out.jsonl").read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in written if line]


def test_a_file_of_questions_is_answered_line_by_line_in_order(tmp_path: Path):
    answers = batch(tmp_path, *(json.dumps(row, ensure_ascii=False).encode() for row, _ in ROWS))

    assert [answer["id"] for answer in answers] == [row["id"] for row, _ in ROWS]
    assert [set(answer) - {"id"} for answer in answers] == [ANSWER] * len(ROWS)
    kinds = [(answer["id"], answer["kind"], right) for answer, (_, right) in zip(answers, ROWS, strict=True)]
    assert [k for k in kinds if k[1] not in k[2]] == []


def test_a_line_that_cannot_be_read_gets_a_polite_answer_and_its_neighbours_theirs(tmp_path: Path):
    good = '{"id": "good", "question": "282号令第四条"}'.encode()

    answers = batch(tmp_path, good, *(line for bad in UNREADABLE.values() for line in (bad, good)))

    kinds = ["answered", *["clarify", "answered"] * len(UNREADABLE)]
    assert [answer["kind"] for answer in answers] == kinds
    assert all(answer["text"] for answer in answers)
    by_case = dict(zip(UNREADABLE, answers[1::2], strict=True))
    assert by_case["of_a_question"]["id"] == "b"
    assert "UTF-8" in by_case["of_a_question"]["text"]


def test_a_file_of_a_windows_editor_is_read_and_an_answer_is_one_line_for_every_reader(tmp_path: Path):
    ids = ["a\u2028b", "a\u2029b", "a\u0085b"]
    lines = [json.dumps({"id": i, "question": "转人工"}, ensure_ascii=False) for i in ids]
    (tmp_path / "in.jsonl").write_bytes(("\ufeff" + "\r\n\r\n".join(lines) + "\r\n").encode())

    run("ask", "--batch", "in.jsonl", "--out", "out.jsonl")

    answers = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(answer["id"], answer["kind"]) for answer in answers] == [(i, "handoff") for i in ids]


def test_answers_that_cannot_be_written_end_with_a_sentence(tmp_path: Path):
    (tmp_path / "in.jsonl").write_text("")

    result = RUNNER.invoke(app, ["ask", "--batch", "in.jsonl", "--out", "nowhere/out.jsonl"])

    assert result.exit_code == 2
    assert "nowhere/out.jsonl" in result.stderr


def test_an_empty_file_gives_an_empty_file(tmp_path: Path):
    (tmp_path / "in.jsonl").write_text("")

    run("ask", "--batch", "in.jsonl", "--out", "out.jsonl")

    assert (tmp_path / "out.jsonl").read_text() == ""


def test_a_search_shows_only_what_is_in_force_on_the_day():
    found = json.loads(
        run("knowledge", "search", "失信企业认定", "--on", "2025-06-01", "--limit", "5", "--json").stdout
    )

    assert found["on"] == "2025-06-01"
    assert len(found["results"]) == 5
    assert {"id", "document_id", "number", "anchor", "title", "score", "confidence", "text"} <= set(found["results"][0])
    assert not any(row["document_id"] == "gacc-order-282" for row in found["results"])


def test_the_evaluation_prints_its_figures_as_json():
    questions = Path("few.jsonl")
    questions.write_text(
        '{"id": "1", "question": "282号令第四条", "kind": "answered", "expect": ["gacc-order-282#art-4"]}\n'
        '{"id": "2", "question": "今天天气怎么样", "kind": "out_of_scope", "expect": []}\n'
    )

    report = json.loads(run("eval", "--questions", "few.jsonl", "--json").stdout)

    assert {"set", "n", "metrics", "failures"} <= set(report)
    assert report["n"] == 2
    assert report["metrics"]["right_source_first"] == 1.0
    assert report["metrics"]["out_of_scope_caught"] == 1.0
