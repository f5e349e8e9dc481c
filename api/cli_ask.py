"""`credit-assistant ask`: one answer, or a file of questions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.table import Table

from api.bootstrap import Parts
from api.cli_output import fail, progress_bar
from api.settings import read_settings
from api.usecases.ask import QuestionIn, as_json, ask, problem_of
from assistant.models import Answer
from knowledge.embedding import ModelUnavailable
from knowledge.index import IndexMissing


def ask_command(
    question: Annotated[str | None, typer.Argument(help="the question")] = None,
    on: Annotated[str | None, typer.Option(help="answer for this day, YYYY-MM-DD")] = None,
    as_json_: Annotated[bool, typer.Option("--json", help="print the answer as JSON")] = False,
    batch: Annotated[Path | None, typer.Option(help="a JSONL file of questions")] = None,
    out: Annotated[Path | None, typer.Option(help="where to write the answers of --batch")] = None,
) -> None:
    """Answer a question with proof, or every question of a file."""
    if batch is not None:
        _batch(batch, out)
        return
    if question is None:
        fail("ask what? For example: credit-assistant ask 高级认证企业几年复核一次")
    try:
        asked = QuestionIn.model_validate({"question": question, "on": on})
    except ValidationError as error:
        fail(problem_of(error).en)
    answer = _ask(asked)
    if as_json_:
        typer.echo(json.dumps(as_json(answer), ensure_ascii=False, indent=2))
    else:
        _print(answer)


def _ask(asked: QuestionIn) -> Answer:
    try:
        return ask(Parts(read_settings()).assistant, asked, date.today())
    except (IndexMissing, ModelUnavailable) as error:
        fail(str(error))


def _print(answer: Answer) -> None:
    screen = Console(highlight=False)
    screen.print(answer.text, markup=False, soft_wrap=True)
    if answer.citations:
        table = Table(box=None, pad_edge=False, header_style="dim")
        for heading in ("", "依据 source", "", "有效期间 in force", "可信度"):
            table.add_column(heading)
        for c in answer.citations:
            period = f"{c.effective_from or '?'} – {c.effective_to or ''}"
            table.add_row(f"[{c.n}]".replace("[", r"\["), c.number, c.anchor, period, c.confidence)
        screen.print()
        screen.print(table)
    if answer.suggestions:
        screen.print("\n" + "\n".join(f"› {suggestion}" for suggestion in answer.suggestions), style="dim")


def _batch(batch: Path, out: Path | None) -> None:
    if out is None:
        fail("--batch needs --out, the file for the answers")
    if not batch.is_file():
        fail(f"{batch} is not a file")
    try:
        assistant = Parts(read_settings()).assistant
    except (IndexMissing, ModelUnavailable) as error:
        fail(str(error))
    lines = batch.read_text(encoding="utf-8", errors="replace").splitlines()
    today = date.today()
    with out.open("w", encoding="utf-8") as target, progress_bar("答 answering") as done:
        for number, row in enumerate(_rows(lines), 1):
            answer = _answer_row(row, lambda asked: ask(assistant, asked, today), today)
            target.write(json.dumps({"id": row.get("id"), **answer}, ensure_ascii=False) + "\n")
            done(number, len(lines))


def _rows(lines: list[str]) -> Iterator[dict[str, Any]]:
    for line in lines:
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError:
            row = {}
        yield row if isinstance(row, dict) else {}


def _answer_row(row: dict[str, Any], answer: Any, today: date) -> dict[str, Any]:
    """One answer; a row that cannot be used gets a polite one that says why."""
    fields = {key: row[key] for key in ("question", "on", "history", "language") if row.get(key) is not None}
    try:
        return as_json(answer(QuestionIn.model_validate(fields)))
    except ValidationError as error:
        problem = problem_of(error)
        return as_json(Answer("clarify", today, "zh-Hans", f"{problem.zh} {problem.en}"))
