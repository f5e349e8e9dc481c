"""`credit-assistant knowledge …`: check, index, list, search."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from api.bootstrap import Parts
from api.cli_output import console, fail, progress_bar
from api.settings import read_settings
from knowledge.check import check_library
from knowledge.corpus import CorpusError
from knowledge.embedding import ModelUnavailable
from knowledge.index import IndexMissing
from knowledge.models import Document

app = typer.Typer(name="knowledge", help="the knowledge base: check, index, list, search, add", no_args_is_help=True)


@app.command()
def check() -> None:
    """Read the whole corpus and name every fault."""
    parts = Parts(read_settings())
    try:
        provisions = parts.provisions
    except CorpusError as error:
        fail(str(error), code=1)
    faults = check_library(provisions, parts.terms)
    for fault in faults:
        console.print(str(fault), style="red", markup=False)
    documents = {p.document.id for p in provisions}
    console.print(f"{len(documents)} documents, {len(provisions)} provisions, {len(faults)} faults")
    raise typer.Exit(1 if faults else 0)


@app.command()
def index() -> None:
    """Build the index; texts that did not change keep their vectors."""
    build(Parts(read_settings()))


@app.command("list")
def list_documents() -> None:
    """List the documents held, with the period in which each is in force."""
    documents: dict[str, tuple[Document, int]] = {}
    for provision in Parts(read_settings()).provisions:
        document, count = documents.get(provision.document.id, (provision.document, 0))
        documents[provision.document.id] = (document, count + 1)
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("id", "文号 number", "施行 from", "废止 to", "状态", "可信度", "条"):
        table.add_column(heading)
    for document, count in documents.values():
        end = "" if document.effective_to is None else str(document.effective_to)
        table.add_row(
            document.id,
            document.number,
            str(document.effective_from),
            end,
            document.standing,
            document.confidence.value,
            str(count),
        )
    Console().print(table)


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="what to look for")],
    on: Annotated[str | None, typer.Option(help="in force on this day, YYYY-MM-DD")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
) -> None:
    """Show the provisions in force on a day that fit a query, best first."""
    try:
        day = date.fromisoformat(on) if on else date.today()
    except ValueError:
        fail(f"{on!r} is not a day: write YYYY-MM-DD")
    try:
        found = Parts(read_settings()).search.search(query, day, limit)
    except (IndexMissing, ModelUnavailable) as error:
        fail(str(error))
    rows = [
        {
            "id": p.provision.id,
            "document_id": p.provision.document.id,
            "number": p.provision.document.number,
            "anchor": p.provision.anchor,
            "title": p.provision.title_zh,
            "score": round(p.score, 4),
            "support": round(p.support, 4),
            "why": p.why,
            "confidence": p.provision.confidence.value,
            "effective_from": str(p.provision.document.effective_from),
            "effective_to": str(p.provision.document.effective_to) if p.provision.document.effective_to else None,
            "text": p.provision.text(),
        }
        for p in found.passages
    ]
    if as_json:
        typer.echo(json.dumps({"query": query, "on": day.isoformat(), "results": rows}, ensure_ascii=False, indent=2))
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("score", "id", "title", ""):
        table.add_column(heading)
    for row in rows:
        table.add_row(f"{row['score']:.3f}", str(row["id"]), str(row["title"]), str(row["confidence"]))
    Console().print(table)


def build(parts: Parts) -> None:
    """Build the index with a progress bar and say what was done."""
    try:
        with progress_bar("建立索引 indexing") as progress:
            built = parts.build(progress)
    except (CorpusError, ModelUnavailable) as error:
        fail(str(error), code=1)
    console.print(
        f"index {built.fingerprint}: {built.provisions} provisions, {built.texts} texts, {built.embedded} new"
    )


def build_if_missing(parts: Parts) -> None:
    """Build the index unless one that fits is stored."""
    try:
        if parts.is_indexed:
            return
    except CorpusError as error:
        fail(str(error), code=1)
    console.print("no index fits this corpus and model yet: building it (once, a few minutes)")
    build(parts)
