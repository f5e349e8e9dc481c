"""`credit-assistant assess …`: the standards held, and a whole self-assessment from a file."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from api.cli_assess_input import read_bytes, read_day, read_object
from api.cli_assess_records import read_records
from api.cli_assess_screen import print_result, print_standards
from api.cli_assess_statement import print_statement
from api.cli_output import console, fail
from api.usecases.recorded import Recorded
from selfassess.errors import AssessmentError
from selfassess.loader import get_standard, list_standards, require_in_force
from selfassess.report import run as run_assessment
from selfassess.standard import Standard
from selfassess.statement import read_statement
from selfassess.statement_template import write_template

app = typer.Typer(name="assess", help="自评 / self-assessment against a certification standard", no_args_is_help=True)
English = Annotated[bool, typer.Option("--english", help="English instead of Chinese")]
AsJson = Annotated[bool, typer.Option("--json", help="print JSON")]


@app.command()
def standards(english: English = False, as_json: AsJson = False) -> None:
    """List the standards held, with their document, period and number of items."""
    held = list_standards()
    if as_json:
        typer.echo(json.dumps([_standard_json(standard) for standard in held], ensure_ascii=False, indent=2))
        return
    print_standards(held, "en" if english else "zh")


@app.command()
def run(
    standard: Annotated[str, typer.Option(help="standard id, see `assess standards`")],
    answers: Annotated[Path, typer.Option(help='JSON file: {"<item no>": {"grade": …, "note": …}, "finance": {…}}')],
    on: Annotated[str | None, typer.Option(help="the day of the assessment, YYYY-MM-DD; by default today")] = None,
    profile: Annotated[Path | None, typer.Option(help="JSON file with the enterprise's profile")] = None,
    records: Annotated[str | None, typer.Option(help="address of the shared records database")] = None,
    uscc: Annotated[str | None, typer.Option(help="the enterprise's unified social credit code")] = None,
    what_if: Annotated[
        list[str] | None, typer.Option("--what-if", help="a supposition, such as 如果今年再被罚一次6万")
    ] = None,
    window_end: Annotated[str | None, typer.Option(help="the day look-backs are counted back from")] = None,
    english: English = False,
    as_json: AsJson = False,
) -> None:
    """Assess an enterprise from a file of answers, filled in from the records where an address is given."""
    day = read_day(on, date.today())
    try:
        held = get_standard(standard)
        require_in_force(held, day)
        content = read_object(answers)
        said = read_object(profile) if profile else {}
        known = _records(records, uscc, day)
        outcome = run_assessment(
            held,
            day,
            content,
            profile=known.profile_with(said) if known else said,
            records=known.facts if known else None,
            recorded=known.figures if known else None,
            window_end=read_day(window_end, day),
            language="en" if english else "zh",
            suppositions=what_if or (),
        )
    except AssessmentError as error:
        fail(error.said.en if english else str(error))
    if as_json:
        typer.echo(json.dumps(outcome, ensure_ascii=False, indent=2))
    else:
        print_result(outcome, held, "en" if english else "zh")


@app.command()
def template(
    file: Annotated[Path, typer.Argument(help="xlsx file to write")],
    english: English = False,
) -> None:
    """Write the spreadsheet for typing in the finance figures."""
    try:
        file.write_bytes(write_template("en" if english else "zh"))
    except OSError as error:
        fail(f"{file}写不进去：{error.strerror} / {file} cannot be written")
    console.print(f"{file}", markup=False)


@app.command()
def statement(
    file: Annotated[Path, typer.Argument(help="xlsx or csv file with the statements")],
    english: English = False,
    as_json: AsJson = False,
) -> None:
    """Read finance figures from a statement; with --json as they may stand under "finance"."""
    try:
        reading = read_statement(read_bytes(file), file.name)
    except AssessmentError as error:
        fail(error.said.en if english else str(error))
    print_statement(reading, "en" if english else "zh", as_json)


def _records(url: str | None, uscc: str | None, day: date) -> Recorded | None:
    if url is None and uscc is None:
        return None
    if url is None or uscc is None:
        fail("--records和--uscc要一起用 / --records and --uscc go together")
    return read_records(url, uscc, day, datetime.now())


def _standard_json(standard: Standard) -> dict[str, Any]:
    return {
        "id": standard.id,
        "document": standard.document,
        "number": standard.number,
        "title": standard.title.zh,
        "title_en": standard.title.en,
        "effective_from": str(standard.effective_from),
        "effective_to": None if standard.effective_to is None else str(standard.effective_to),
        "items": len(standard.items),
        "bonus": sum(item.bonus for item in standard.items.values()),
        "pass_rule_confirmed": standard.pass_rule.confirmed,
    }
