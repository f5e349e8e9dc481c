"""Evidence: what proves an item, new files and revisions, what the enterprise keeps, searched."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from api.auth.access import About, open_to
from api.auth.identity import Kind
from api.errors import AppError, BadInput, NotFound
from api.evidence.upload import Checked
from api.routes.assessment_desk import COUNTED, DeskDep
from api.routes.assessment_evidence import file_response
from api.usecases.assess import Opened, open_assessment
from api.usecases.assess_documents import get_document, list_evidence, open_file, search_evidence
from api.usecases.assess_evidence import add_evidence, add_revision, evidence_of, find_document, link_evidence
from web.assess.cards import brief_cards, cards_of
from web.assess.page import FormDep, day_in, shown, word
from web.assess.uploads import CheckedDep
from web.forms import local, see, tried

ASSESSMENT = open_to(Kind.ENTERPRISE, about=About.ASSESSMENT)
EVIDENCE = open_to(Kind.ENTERPRISE, about=About.EVIDENCE)
router = APIRouter(include_in_schema=False)
NO_ITEM = ("标准里没有这一项。", "The standard has no such item.")


@router.get("/assessments/{assessment_id}/evidence", dependencies=[ASSESSMENT])
def show_all(request: Request, desk: DeskDep, assessment_id: str, q: str = "") -> Response:
    """Everything the enterprise keeps, which items still lack something, and words searched in the files."""
    opened = open_assessment(desk, assessment_id)
    documents = evidence_of(opened)
    used = {document.id: document.items for document in documents}
    values = {
        "documents": list_evidence(desk),
        "used": used,
        "q": q[:100],
        "hits": search_evidence(desk, q) if q.strip() else None,
        "lacking": [card for card in brief_cards(opened, documents).values() if card.needs_evidence],
    }
    return shown(request, "evidence.html", opened, values)


@router.get("/assessments/{assessment_id}/items/{no}/evidence", dependencies=[ASSESSMENT])
def show_item(request: Request, desk: DeskDep, assessment_id: str, no: str) -> Response:
    """What proves one item."""
    return _item(request, open_assessment(desk, assessment_id), no)


@router.post("/assessments/{assessment_id}/items/{no}/evidence", dependencies=[ASSESSMENT, COUNTED])
def post_item(
    request: Request, checked: CheckedDep, desk: DeskDep, assessment_id: str, no: str, form: FormDep
) -> Response:
    """Add a file that proves the item."""
    opened = open_assessment(desk, assessment_id, to_write=True)
    _require_item(opened, no)
    outcome = tried(lambda: _add(opened, checked, no, form), desk.work.session)
    if outcome.problem is None:
        return see(f"/assessments/{assessment_id}/items/{no}/evidence")
    return _item(request, open_assessment(desk, assessment_id), no, outcome.problem, outcome.status)


@router.post("/assessments/{assessment_id}/items/{no}/links", dependencies=[ASSESSMENT])
def post_link(request: Request, desk: DeskDep, assessment_id: str, no: str, form: FormDep) -> Response:
    """Let a document that is there prove the item, or not any more."""
    opened = open_assessment(desk, assessment_id, to_write=True)
    _require_item(opened, no)
    outcome = tried(lambda: _link(opened, no, form), desk.work.session)
    if outcome.problem is None:
        return see(f"/assessments/{assessment_id}/items/{no}/evidence")
    return _item(request, open_assessment(desk, assessment_id), no, outcome.problem, outcome.status)


@router.post("/evidence/{evidence_id}/revisions", dependencies=[EVIDENCE, COUNTED])
def post_revision(checked: CheckedDep, desk: DeskDep, evidence_id: str, form: FormDep) -> Response:
    """Keep a newer file of a document; the earlier ones stay. A file that is refused is told on a page of its own."""
    if isinstance(checked, BadInput):
        get_document(desk, evidence_id)
        raise checked
    add_revision(desk, evidence_id, checked, (day_in(form, "period_from"), day_in(form, "period_to")))
    return see(local(word(form, "next", 200), "/assessments"))


@router.get("/evidence/{evidence_id}/files/{number}", dependencies=[EVIDENCE])
def show_file(desk: DeskDep, evidence_id: str, number: int) -> Response:
    """One revision, to be saved."""
    return file_response(*open_file(desk, evidence_id, number))


def _add(opened: Opened, checked: Checked | BadInput, no: str, form: FormData) -> None:
    if isinstance(checked, BadInput):
        raise checked
    period = day_in(form, "period_from"), day_in(form, "period_to")
    add_evidence(opened, checked, [no], word(form, "title", 400), period)


def _link(opened: Opened, no: str, form: FormData) -> None:
    evidence_id = word(form, "evidence", 40)
    if not evidence_id:
        raise BadInput("请先选择材料。", "Please choose a document first.")
    items = set(find_document(opened, evidence_id).items)
    link_evidence(opened, evidence_id, items - {no} if word(form, "end") else items | {no})


def _require_item(opened: Opened, no: str) -> None:
    if no not in opened.standard.items:
        raise NotFound(*NO_ITEM)


def _item(request: Request, opened: Opened, no: str, problem: AppError | None = None, status: int = 200) -> Response:
    _require_item(opened, no)
    card = cards_of(opened)[no]
    here = {document.id for document in card.documents}
    values: dict[str, Any] = {
        "card": card,
        "others": [document for document in list_evidence(opened.desk) if document.id not in here],
        "problem": problem,
        "back": f"/assessments/{opened.id}/items/{no}/evidence",
        "section": opened.standard.section_of[no].id,
    }
    return shown(request, "item_evidence.html", opened, values, status)
