"""Documents: the list, and each with its provisions, where citations lead to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from api.auth.access import EVERYONE, open_to
from api.deps import TodayDep, edition_of
from api.errors import NotFound
from knowledge.models import Document, Provision
from web.views import certainties, page

router = APIRouter(prefix="/documents", include_in_schema=False, dependencies=[open_to(*EVERYONE)])

KINDS = ("order", "announcement", "standard", "law", "guide", "faq")


@dataclass(frozen=True)
class Listed:
    """A document with what a list shows of it."""

    document: Document
    provisions: int
    in_force: bool


@router.get("")
def show_list(request: Request, today: TodayDep) -> HTMLResponse:
    """All documents held, by kind."""
    counts: dict[str, int] = {}
    documents: dict[str, Document] = {}
    for provision in _provisions(request):
        documents[provision.document.id] = provision.document
        counts[provision.document.id] = counts.get(provision.document.id, 0) + 1
    listed = [Listed(d, counts[d.id], d.first_day <= today <= d.last_day) for d in documents.values()]
    groups = [(kind, [entry for entry in listed if entry.document.kind == kind]) for kind in KINDS]
    return page(request, "documents.html", {"groups": [g for g in groups if g[1]], "certainties": certainties()})


@router.get("/{document_id}")
def show_document(request: Request, document_id: str, today: TodayDep) -> HTMLResponse:
    """One document with its provisions, each under its anchor."""
    provisions = [p for p in _provisions(request) if p.document.id == document_id]
    if not provisions:
        raise NotFound("没有这份文件。", "There is no such document.")
    document = provisions[0].document
    in_force = document.first_day <= today <= document.last_day
    sources = {p.id: p for p in _provisions(request)}
    values = {
        "document": document,
        "provisions": provisions,
        "in_force": in_force,
        "cited": sources,
        "known": lambda day: day if isinstance(day, date) else None,
    }
    return page(request, "document.html", values)


def _provisions(request: Request) -> Sequence[Provision]:
    return edition_of(request).provisions
