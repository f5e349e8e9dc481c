"""`credit-assistant ask`: one answer, or a file of questions."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.table import Table

from api.bootstrap import Parts
from api.cli_output import fail, progress_bar
from api.settings import read_settings
from api.usecases.answer import as_json
from api.usecases.ask import ask
from api.usecases.batch import answered_line
from api.usecases.question import QuestionIn, problem_of
from assistant.models import Answer
from knowledge.embedding import ModelUnavailable
from knowledge.index import IndexMissing

app = typer.Typer()


@app.command("ask")
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
        fail(problem_of(error.errors()[0]).en)
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
    if answer.statements and answer.origin.by == "rules":  # a drafted text carries its label itself
        screen.print(answer.caveats[-1].text, style="dim", markup=False, soft_wrap=True)
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
    today = date.today()
    try:
        with batch.open("rb") as source, out.open("wb") as target, progress_bar("答 answering") as done:
            lines = [line for line in source if line.strip()]
            for number, line in enumerate(lines, 1):
                target.write(answered_line(line, lambda asked: ask(assistant, asked, today), today))
                done(number, len(lines))
    except OSError as error:
        fail(f"{error.filename}: {error.strerror}")
