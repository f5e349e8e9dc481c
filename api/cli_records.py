"""`credit-assistant records …`: a synthetic shared database, and the check of a real one."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from api.cli_output import console, fail, progress_bar
from api.records.bench import HEADER, report_lines, run_bench
from api.records.check import CheckReport, check_records
from api.records.errors import RecordsError
from api.records.reader import open_records
from api.records.sample.load import Progress, make_sample

app = typer.Typer(help="the shared records database: sample, check, bench", no_args_is_help=True)

SAMPLE_DAY = "2026-11-22"
Url = Annotated[str, typer.Option(help="database URL: sqlite:///FILE or postgresql://…")]
Seed = Annotated[int, typer.Option(help="the same seed gives the same data")]
Day = Annotated[str, typer.Option(help="the day the synthetic data ends on, YYYY-MM-DD")]


@app.command()
def sample(
    enterprises: Annotated[int, typer.Option(min=1, max=2_000_000, help="how many enterprises")],
    url: Url,
    seed: Seed = 1,
    day: Day = SAMPLE_DAY,
    replace: Annotated[bool, typer.Option(help="replace an earlier sample")] = False,
) -> None:
    """Create a synthetic shared records database; every name in it is fictitious."""
    try:
        with progress_bar("虚构数据 sample") as bar:

            def heard(progress: Progress) -> None:
                bar(progress.enterprises, progress.of)

            loaded = make_sample(
                url, enterprises=enterprises, seed=seed, day=date.fromisoformat(day), progress=heard, replace=replace
            )
    except (RecordsError, ValueError) as error:
        fail(str(error), code=1)
    console.print(f"{loaded.rows:,} rows, {loaded.rows_per_second:,.0f} rows per second", markup=False)


@app.command()
def check(
    url: Url, mapping: Annotated[Path | None, typer.Option(help="YAML with this installation's names")] = None
) -> None:
    """Compare a database with the contract: what is there, what is missing, what that switches off."""
    try:
        report = check_records(url, mapping)
    except RecordsError as error:
        fail(str(error))
    _print(report)
    raise typer.Exit(report.exit_code)


@app.command()
def bench(
    url: Url,
    enterprises: Annotated[int, typer.Option(help="how many enterprises the sample holds")],
    seed: Seed = 1,
    day: Day = SAMPLE_DAY,
    runs: Annotated[int, typer.Option(min=1)] = 200,
) -> None:
    """Measure the database time of the status page, the name search and the related-party cluster."""
    try:
        records = open_records(url)
        timings = run_bench(records, enterprises=enterprises, seed=seed, day=date.fromisoformat(day), runs=runs)
    except RecordsError as error:
        fail(str(error), code=1)
    typer.echo(HEADER)
    for line in report_lines(url.partition(":")[0], enterprises, timings):
        typer.echo(line)


def _print(report: CheckReport) -> None:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("table", "column", "here called", "state", "detail", "switches off"):
        table.add_column(heading)
    for finding in report.findings:
        switched = ", ".join(finding.switches_off)
        table.add_row(
            finding.table, finding.column or "", finding.real_name or "", str(finding.state), finding.detail, switched
        )
    Console().print(table)
