"""/api/v1/reviews: the queue of versions handed in, and what was frozen, for coordinators and officers in reach."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel
from starlette.responses import Response

from api.deps import ReaderDep, ScopeDep, ServicesDep, WorkDep
from api.routes.assessment_desk import Id
from api.routes.assessment_evidence import FILE, file_response
from api.routes.assessments import REFUSALS
from api.routes.review_desk import TO_LIST, TO_READ, ReviewDeskDep
from api.usecases.assess_documents import LONGEST_SEARCH
from api.usecases.assess_out import DocumentOut, FoundOut
from api.usecases.assess_review import Review, frozen_evidence, open_frozen, open_review, search_frozen
from api.usecases.review.queue import Filter, read_queue
from api.usecases.review.words import State

ONE = [TO_READ]

Short = Annotated[str, Query(max_length=60)]
router = APIRouter(prefix="/api/v1/reviews", tags=["review"], responses=REFUSALS)


class HandedInOut(BaseModel):
    """A version to review. ``turn`` is to be sent with whatever is done about it."""

    id: str
    uscc: str
    name: str
    standard: str
    version: int
    sha256: str
    submitted_at: datetime
    customs_office: str
    state: State
    officer: str
    turn: int
    due: date
    overdue: bool


def get_review(services: ServicesDep, work: WorkDep, reader: ReaderDep, scope: ScopeDep, submission_id: Id) -> Review:
    """The version of the address, with a trace left. Raises `NotFound`, `ReasonNeeded`."""
    return open_review(services, work, reader, scope, submission_id, "self_assessment")


ReviewDep = Annotated[Review, Depends(get_review, scope="function")]


@router.get("", dependencies=[TO_LIST])
def get_reviews(
    desk: ReviewDeskDep,
    office: Short = "",
    standard: Short = "",
    state: Annotated[
        str, Query(max_length=60, description="free, taken, escalated, returned, accepted or all")
    ] = "all",
    whose: Annotated[str, Query(max_length=60, description="mine, free, others or empty")] = "",
    overdue: bool = False,
) -> list[HandedInOut]:
    """List the versions in force of enterprises within reach, what is due first on top."""
    queue = read_queue(desk, Filter(office, standard, state, whose, overdue))
    return [
        HandedInOut(
            id=one.submission.id,
            uscc=one.submission.uscc,
            name=one.enterprise.name,
            standard=one.submission.standard,
            version=one.submission.version,
            sha256=one.submission.sha256,
            submitted_at=one.submission.submitted_at,
            customs_office=one.enterprise.customs_office,
            state=one.state,
            officer=one.officer,
            turn=one.turn,
            due=one.due,
            overdue=one.is_overdue(desk.today),
        )
        for one in queue.shown
    ]


@router.get("/{submission_id}", dependencies=ONE)
def get_one(review: ReviewDep) -> dict[str, Any]:
    """Read a version as it was frozen; a reason has to be given first (403 `reason_needed`)."""
    return review.snapshot


@router.get("/{submission_id}/evidence", dependencies=ONE)
def get_frozen_evidence(review: ReviewDep, q: Annotated[str, Query(max_length=LONGEST_SEARCH)] = "") -> list[FoundOut]:
    """List the documents a version names, or those that hold every word of ``q``."""
    if q.strip():
        return [FoundOut.model_validate(found) for found in search_frozen(review, q)]
    return [
        FoundOut(document=DocumentOut.model_validate(document), piece="") for document, _ in frozen_evidence(review)
    ]


@router.get("/{submission_id}/file", dependencies=ONE, response_class=Response, responses=FILE)
def get_frozen_file(review: ReviewDep, evidence: Annotated[str, Query(max_length=32)]) -> Response:
    """Download a file that a version names, as it was then."""
    return file_response(*open_frozen(review, evidence))
