"""`credit-assistant knowledge add FILE`: official text in, shown before it is kept."""

from __future__ import annotations

import logging
import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from api.bootstrap import Parts
from api.cli_knowledge import app, build
from api.cli_output import console, fail, progress_bar
from api.settings import read_settings
from knowledge.ingest import (
    Addition,
    Given,
    IngestError,
    Missing,
    commit_addition,
    held_documents,
    missing,
    parse_law,
    plan_addition,
    propose,
    read_source,
    rows,
    settle,
)
from knowledge.library import read_library


@app.command("add")
def add_command(
    file: Annotated[Path, typer.Argument(help="the official text: docx, pdf, html, md or txt")],
    number: Annotated[str | None, typer.Option(help="document number, e.g. 海关总署令第282号")] = None,
    title: Annotated[str | None, typer.Option(help="title, where the text does not give it")] = None,
    issuer: Annotated[str | None, typer.Option(help="issuing body")] = None,
    promulgated: Annotated[str | None, typer.Option(help="date of promulgation, YYYY-MM-DD")] = None,
    effective_from: Annotated[str | None, typer.Option(help="first day in force, YYYY-MM-DD")] = None,
    effective_to: Annotated[str | None, typer.Option(help="last day in force, YYYY-MM-DD")] = None,
    id_: Annotated[str | None, typer.Option("--id", help="identifier; made from the number by default")] = None,
    url: Annotated[str | None, typer.Option(help="official address")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="add without asking")] = False,
    reindex: Annotated[bool, typer.Option(help="rebuild the index afterwards")] = True,
) -> None:
    """Add an official text: articles, paragraphs and items are shown before anything is kept."""
    # The PDF library reports damaged files on its own; the refusal below says it once and clearly.
    logging.getLogger("pypdf").setLevel(logging.ERROR)
    settings = read_settings()
    parts = Parts(settings)
    given = Given(
        title_zh=title,
        number=number,
        issuer=issuer,
        promulgated=_day(promulgated, "--promulgated"),
        effective_from=_day(effective_from, "--effective-from"),
        effective_to=_day(effective_to, "--effective-to"),
        id=id_,
        url=url,
    )
    try:
        addition = _plan(file, given, parts)
        _show(addition)
        if not yes and not typer.confirm("加入知识库？ Add it?", default=False, err=True):
            fail("没有加入任何内容。 Nothing was added.", code=1)
        written = commit_addition(addition, parts.official_dir)
    except IngestError as error:
        fail(f"{error.message_zh}\n{error.message_en}", code=1)
    console.print(f"已加入 added: {', '.join(path.name for path in written)}", markup=False)
    if reindex:
        build(Parts(settings))


def _plan(file: Path, given: Given, parts: Parts) -> Addition:
    with progress_bar("读取 reading") as progress:
        source = read_source(file, progress)
    law = parse_law(source)
    proposal = propose(law, source)
    given = _asked(given, missing(proposal, given))
    metadata = settle(proposal, given, source)
    held = held_documents([*read_library(parts.standards_dir), *parts.official])
    return plan_addition(law, metadata, held, proposal.remarks)


def _asked(given: Given, gaps: list[Missing]) -> Given:
    """Ask a person for what the text does not say; without a terminal, say which option to give."""
    if not gaps or not sys.stdin.isatty():
        return given
    answers: dict[str, Any] = {}
    for gap in gaps:
        hint = f"（{gap.sentence}）" if gap.sentence else ""
        answer = typer.prompt(f"{gap.label_zh} {gap.label_en}{hint}", default=gap.suggestion or None, err=True)
        is_day = gap.field in {"promulgated", "effective_from"} and answer != "unknown"
        answers[gap.field] = _day(answer, gap.option) if is_day else answer
    return Given(**{**given.__dict__, **answers})


def _show(addition: Addition) -> None:
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    for label, value in rows(addition):
        table.add_row(label, value.replace("[", r"\["))
    console.print(table)


def _day(text: str | None, option: str) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        fail(f"{option} {text!r}: 请写成 2026-04-01 这样的形式 / write it like 2026-04-01")
