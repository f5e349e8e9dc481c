"""`credit-assistant eval`: quality figures on the project's own question sets."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from api.bootstrap import Parts
from api.cli_output import fail, progress_bar
from api.settings import read_settings
from api.usecases.evaluate import SETS as QUESTION_SETS
from api.usecases.evaluate import Report, evaluate
from api.usecases.evaluate_attacks import evaluate_attacks
from api.usecases.evaluate_conversations import evaluate_conversations
from api.usecases.evaluate_proof import evaluate_proof
from knowledge.search import provisions_by_id

SETS = (*QUESTION_SETS, "multiturn", "proof", "injection")
Progress = Callable[[int, int], None]


app = typer.Typer()


@app.command("eval")
def eval_command(
    set_: Annotated[str, typer.Option("--set", help="which set: " + ", ".join(SETS))] = "answers",
    questions: Annotated[Path | None, typer.Option(help="another file of questions (JSONL)")] = None,
    today: Annotated[str, typer.Option(help="the day the questions are asked on")] = "2026-11-22",
    as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
    failures: Annotated[bool, typer.Option(help="list what failed")] = False,
) -> None:
    """Measure the answers on a question set and print the figures with their n."""
    if set_ not in SETS:
        fail(f"unknown set {set_!r}; known: {', '.join(SETS)}")
    with progress_bar("评测 evaluating") as progress:
        report = _report(Parts(read_settings()), set_, date.fromisoformat(today), questions, progress)
    if as_json:
        typer.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=2))
    else:
        _print(report, failures)


def _report(parts: Parts, name: str, today: date, questions: Path | None, progress: Progress) -> Report:
    match name:
        case "multiturn":
            return evaluate_conversations(parts.assistant, today, progress)
        case "proof":
            return evaluate_proof(parts.terms, provisions_by_id(parts.provisions), today, progress)
        case "injection":
            known = frozenset(f"/documents/{provision.id}" for provision in parts.provisions)
            return evaluate_attacks(parts.assistant, known, today, progress)
        case _:
            return evaluate(parts.assistant, name, today, questions, progress)


def _print(report: Report, failures: bool) -> None:
    screen = Console(highlight=False)
    table = Table(title=f"{report.set}: n = {report.n}", box=None, pad_edge=False, header_style="dim")
    table.add_column("measure")
    table.add_column("value", justify="right")
    table.add_column("n", justify="right")
    table.add_column("goal", justify="right")
    for metric in report.metrics:
        table.add_row(metric.name, metric.shown, str(metric.n), metric.goal)
    screen.print(table)
    if failures:
        for failure in report.failures:
            screen.print(f"{failure['id']}: {failure['why']} — {failure['question']}", markup=False)
