"""`credit-assistant assess …`: the standards held, and a whole self-assessment from a file."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from api.cli_output import fail
from selfassess.errors import AssessmentError
from selfassess.loader import list_standards
from selfassess.report import run as run_assessment

app = typer.Typer(help="self-assessment against a certification standard", no_args_is_help=True)


@app.command()
def standards() -> None:
    """List the standards held, with their document, period and number of items."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("id", "document", "施行 from", "废止 to", "items", "title"):
        table.add_column(heading)
    for standard in list_standards():
        table.add_row(
            standard.id,
            standard.document,
            str(standard.effective_from),
            str(standard.effective_to or ""),
            str(len(standard.items)),
            standard.title.zh,
        )
    Console().print(table)


@app.command()
def run(
    standard: Annotated[str, typer.Option(help="standard id, see `assess standards`")],
    answers: Annotated[Path, typer.Option(help='JSON file: {"<item no>": {"grade": …, "note": …}, "finance": {…}}')],
    on: Annotated[str | None, typer.Option(help="the day of the assessment, YYYY-MM-DD")] = None,
    profile: Annotated[Path | None, typer.Option(help="JSON file with the enterprise's profile")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="print the whole outcome as JSON")] = False,
) -> None:
    """Assess an enterprise from a file of answers."""
    try:
        day = date.fromisoformat(on) if on else date.today()
    except ValueError:
        fail(f"{on!r} is not a day: write YYYY-MM-DD")
    try:
        outcome = run_assessment(standard, day, _read(answers), _read(profile) if profile else None)
    except AssessmentError as error:
        fail(str(error), code=1)
    typer.echo(json.dumps(outcome, ensure_ascii=False, indent=2)) if as_json else _print(outcome)


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        fail(f"{path} cannot be read as JSON: {error}")
    if not isinstance(content, dict):
        fail(f"{path} must hold a JSON object")
    return content


def _print(outcome: dict[str, Any]) -> None:
    screen = Console(highlight=False)
    result = outcome["outcome"]
    verdict = {True: "通过 passed", False: "未通过 not passed", None: "未定 open"}[result["passed"]]
    screen.print(f"{outcome['standard']} {outcome['on']}: {verdict}")
    screen.print(", ".join(f"{grade} {count}" for grade, count in result["counts"].items()))
    for gap in outcome["gaps"]:
        screen.print(f"  {gap['no']}: {gap['reason']} → {gap['next_step']}", markup=False)
