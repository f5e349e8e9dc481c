"""`credit-assistant records …`: a synthetic shared database, and the check of a real one."""

from __future__ import annotations

import os
import sys
from collections import Counter
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from api.cli_output import console, fail, progress_bar
from api.records.bench import Timing, run_bench
from api.records.check import CheckReport, Finding, State, check_records
from api.records.contract import FEATURES
from api.records.errors import RecordsError
from api.records.reader import open_records
from api.records.sample.load import Loaded, Progress, find_sample, make_sample

app = typer.Typer(name="records", help="the shared records database: sample, check, bench", no_args_is_help=True)

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
        loaded = _make(url, enterprises, seed, date.fromisoformat(day), replace)
    except (RecordsError, ValueError) as error:
        fail(str(error), code=1)
    typer.echo(_speed(loaded))


@app.command()
def check(
    url: Url,
    mapping: Annotated[Path | None, typer.Option(help="YAML with this installation's names")] = None,
    every: Annotated[bool, typer.Option("--all", help="list every column, not only those that need a look")] = False,
) -> None:
    """Compare a database with the contract: what is there, what is missing, what that switches off.

    Exit code 0: complete. 1: usable, something is switched off or to put right. 2: not usable, or not reachable.
    """
    try:
        report = check_records(url, mapping)
    except RecordsError as error:
        fail(str(error))
    _print(report, every)
    raise typer.Exit(report.exit_code)


@app.command()
def bench(
    url: Annotated[list[str], typer.Option(help="database URL, once for each engine")],
    sizes: Annotated[str, typer.Option(help="make samples of these sizes first, such as 1000,10000")] = "",
    runs: Annotated[int, typer.Option(min=1, help="runs of each question")] = 200,
    best_of: Annotated[int, typer.Option(min=1, help="ask each one so often, the quickest counts")] = 1,
    seed: Seed = 1,
    day: Day = SAMPLE_DAY,
) -> None:
    """Measure the database time of the questions people ask most, and how it grows with the number of enterprises.

    Without sizes the synthetic databases are measured as they are; with sizes each one is replaced again and again.
    Exit code 1 where a mark is missed.
    """
    try:
        counts = [int(size) for size in sizes.split(",")] if sizes else [None]
        timings = [
            timing
            for count in counts
            for address in url
            for timing in _bench(address, count, seed, date.fromisoformat(day), runs, best_of)
        ]
    except (RecordsError, ValueError) as error:
        fail(str(error), code=2)
    raise typer.Exit(0 if all(timing.met for timing in timings) else 1)


def _bench(url: str, enterprises: int | None, seed: int, day: date, runs: int, best_of: int) -> list[Timing]:
    engine = url.partition(":")[0].partition("+")[0]
    if enterprises is not None:
        loaded = _make(url, enterprises, seed, day, replace=True)
        typer.echo(f"{engine} {enterprises:,}: {_speed(loaded)}")
    records = open_records(url)
    try:
        sample = find_sample(records)
        load = ", ".join(f"{value:.2f}" for value in os.getloadavg())
        typer.echo(f"{os.cpu_count()} processors, load of the last 1, 5, 15 minutes {load}; quickest of {best_of}")
        typer.echo(HEADER)
        timings = []
        for timing in run_bench(records, sample, runs, best_of):
            timings.append(timing)
            typer.echo(_line(engine, sample.enterprises, timing))
    finally:
        records.close()
    return timings


HEADER = (
    f"{'engine':<11}{'firms':>8}  {'question':<21}{'runs':>5}{'p50 ms':>9}{'p95 ms':>9}{'max ms':>9}"
    f"{'cpu p95':>9}{'mark':>6}  kept"
)


def _line(engine: str, enterprises: int, timing: Timing) -> str:
    mark = "" if timing.target is None else f"{timing.target:.0f}"
    kept = f"{timing.stopped} stopped" if timing.stopped else "" if not mark else "yes" if timing.met else "NO"
    return (
        f"{engine:<11}{enterprises:>8}  {timing.question:<21}{timing.runs:>5}"
        f"{timing.p50:>9.2f}{timing.p95:>9.2f}{timing.worst:>9.2f}{timing.processor:>9.2f}{mark:>6}  {kept}".rstrip()
    )


def _make(url: str, enterprises: int, seed: int, day: date, replace: bool) -> Loaded:
    with progress_bar("虚构数据 sample") as bar:

        def heard(progress: Progress) -> None:
            bar(progress.enterprises, progress.of)
            if progress.phase == "index":
                console.print(f"{progress.rows:,} rows loaded; 建立索引 building indexes", markup=False)

        return make_sample(url, enterprises=enterprises, seed=seed, day=day, progress=heard, replace=replace)


def _speed(loaded: Loaded) -> str:
    return (
        f"{loaded.rows:,} rows in {loaded.load_seconds:,.0f} s, {loaded.rows_per_second:,.0f} rows per second; "
        f"indexes {loaded.index_seconds:,.0f} s"
    )


def _print(report: CheckReport, every: bool) -> None:
    """One line for a table that is as it should be, one for each column that is not."""
    screen = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("表 table", "列 column", "状态 state", "说明 detail", "影响 affects"):
        screen.add_column(heading, overflow="fold")
    for name, of in groupby(report.findings, key=lambda finding: finding.table):
        findings = list(of)
        present = sum(finding.state is State.PRESENT for finding in findings)
        if present and not every:
            screen.add_row(name, f"{present} 列", State.PRESENT, _renamed(findings[0], name), "")
        for finding in findings:
            if every or finding.state is not State.PRESENT:
                detail = "; ".join(filter(None, (_renamed(finding, name), finding.detail)))
                affected = "；".join(map(_plain, finding.switches_off))
                screen.add_row(finding.table, finding.column, finding.state, detail, affected)
    Console(width=None if sys.stdout.isatty() else 200).print(screen)  # a pipe has no width to fold to
    typer.echo("，".join(f"{state} {count}" for state, count in Counter(f.state for f in report.findings).items()))


def _renamed(finding: Finding, table: str) -> str:
    """What this installation calls it, where that is another name."""
    own = f"{table}.{finding.column}" if finding.column else table
    return "" if finding.real_name in ("", own) else f"here {finding.real_name}"


def _plain(name: str) -> str:
    """The plain name of a feature; a record key of the standards stays as it is."""
    return FEATURES[name][0] if name in FEATURES else name
