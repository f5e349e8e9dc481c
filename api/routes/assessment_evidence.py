"""/api/v1/evidence and what it proves: upload, revise, link, search, open."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Form, Query
from starlette.responses import Response

from api.auth.access import About, open_to
from api.auth.identity import Kind
from api.errors import BadInput, NotFound
from api.evidence.kinds import KINDS, MEDIA_TYPES
from api.routes.assessment_desk import COUNTED, OPEN, CheckedDep, DeskDep, EvidenceDep, OpenedDep
from api.routes.assessments import ONE, REFUSALS
from api.usecases.assess import open_assessment
from api.usecases.assess_documents import LONGEST_SEARCH, Revision, list_evidence, open_file, search_evidence
from api.usecases.assess_evidence import (
    LONGEST_TITLE,
    add_evidence,
    add_revision,
    evidence_of,
    find_document,
    link_evidence,
)
from api.usecases.assess_in import Items, LinksIn
from api.usecases.assess_out import DocumentOut, FoundOut
from api.usecases.question import Day

AN_EVIDENCE = [open_to(Kind.ENTERPRISE, about=About.EVIDENCE)]
# Nothing in a file runs in a page of ours, whatever a browser makes of it.
SEALED = {"Content-Security-Policy": "default-src 'none'; sandbox", "X-Content-Type-Options": "nosniff"}
FILE: dict[int | str, dict[str, Any]] = {
    HTTPStatus.OK.value: {
        "description": "the file as it was uploaded",
        "content": {MEDIA_TYPES[kind]: {"schema": {"type": "string", "format": "binary"}} for kind in KINDS},
    }
}
Moment = Annotated[Day | None, Form()]

router = APIRouter(prefix="/api/v1", tags=["self-assessment"], responses=REFUSALS)


@router.get("/assessments/{assessment_id}/evidence", dependencies=ONE)
def get_evidence_of(opened: OpenedDep) -> list[DocumentOut]:
    """List the documents that prove items of the assessment."""
    return [DocumentOut.model_validate(one) for one in evidence_of(opened)]


@router.post("/assessments/{assessment_id}/evidence", dependencies=[*ONE, COUNTED], status_code=HTTPStatus.CREATED)
def post_evidence(
    checked: CheckedDep,
    opened: OpenedDep,
    items: Annotated[Items, Form(description="the items the document proves")],
    title: Annotated[str, Form(max_length=LONGEST_TITLE)] = "",
    period_from: Moment = None,
    period_to: Moment = None,
) -> DocumentOut:
    """Upload a document that proves items: pdf, docx, xlsx, png or jpeg, up to 20 MB."""
    return DocumentOut.model_validate(add_evidence(opened, checked, items, title, (period_from, period_to)))


@router.get("/evidence", dependencies=[OPEN])
def get_all_evidence(desk: DeskDep, q: Annotated[str, Query(max_length=LONGEST_SEARCH)] = "") -> list[FoundOut]:
    """List the enterprise's documents, or those that hold every word of ``q``."""
    if q.strip():
        return [FoundOut.model_validate(found) for found in search_evidence(desk, q)]
    return [FoundOut(document=DocumentOut.model_validate(one), piece="") for one in list_evidence(desk)]


@router.get("/evidence/{evidence_id}", dependencies=AN_EVIDENCE, response_class=Response, responses=FILE)
def get_file(desk: DeskDep, evidence: EvidenceDep, number: Annotated[int | None, Query(ge=1)] = None) -> Response:
    """Download a revision, by default the newest."""
    revision, content = open_file(desk, evidence.id, number)
    return file_response(revision, content)


@router.post("/evidence/{evidence_id}", dependencies=[*AN_EVIDENCE, COUNTED])
def post_revision(
    checked: CheckedDep, desk: DeskDep, evidence: EvidenceDep, period_from: Moment = None, period_to: Moment = None
) -> DocumentOut:
    """Upload a newer revision; the earlier ones stay."""
    return DocumentOut.model_validate(add_revision(desk, evidence.id, checked, (period_from, period_to)))


@router.put("/evidence/{evidence_id}", dependencies=AN_EVIDENCE)
def put_links(desk: DeskDep, evidence: EvidenceDep, given: LinksIn) -> DocumentOut:
    """Say which items of an assessment a document proves."""
    try:
        opened = open_assessment(desk, given.assessment, to_write=True)
    except NotFound as error:
        raise BadInput(error.zh, error.en) from error
    link_evidence(opened, evidence.id, given.items)
    return DocumentOut.model_validate(find_document(opened, evidence.id))


def file_response(revision: Revision, content: bytes) -> Response:
    """Return a file to be saved, never shown inside a page of ours."""
    name = quote(revision.file_name, safe="")
    headers = {"Content-Disposition": f"attachment; filename=\"evidence.{revision.kind}\"; filename*=UTF-8''{name}"}
    return Response(content, media_type=MEDIA_TYPES[revision.kind], headers=headers | SEALED)
