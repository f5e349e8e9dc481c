"""One item in review: what was claimed, recorded and proven; the officer's own grade; the text of a document."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.errors import AppError, NotFound
from api.routes.assessment_desk import Id
from api.routes.assessment_evidence import file_response
from api.routes.review_desk import TO_DECIDE, TO_READ, ReviewDeskDep
from api.usecases.assess_review import open_frozen
from api.usecases.review.consistency import look_back
from api.usecases.review.grading import NO_ITEM, Given, grade_item
from api.usecases.review.proof_text import first_look, open_text
from api.usecases.review.reading import Reading, read_version
from web.assess.page import FormDep, number_of, word
from web.forms import see, tried
from web.review_words import shown_of

router = APIRouter(prefix="/reviews/{submission_id}", include_in_schema=False)
MOST_EXCERPTS = 4


@router.get("/items/{no}", dependencies=[TO_READ])
def show_item(request: Request, desk: ReviewDeskDep, submission_id: Id, no: str, saved: str = "") -> Response:
    """One item."""
    return _item(request, read_version(desk, submission_id), no, saved=saved)


@router.post("/items/{no}", dependencies=[TO_DECIDE])
def post_item(request: Request, desk: ReviewDeskDep, submission_id: Id, no: str, form: FormDep) -> Response:
    """Store the officer's grade, and go on to the next item that has none."""
    agrees = word(form, "agree", 20)
    given = Given(
        no=no,
        grade=agrees or word(form, "grade", 20),
        why="" if agrees else word(form, "why", 20),
        comment=word(form, "comment"),
        seen=number_of(word(form, "seen", 9)) or 0,
    )
    outcome = tried(lambda: grade_item(desk, submission_id, given), desk.work.session)
    if outcome.problem is None:
        onward = outcome.result
        return see(
            f"/reviews/{submission_id}/items/{onward}?saved={no}" if onward else f"/reviews/{submission_id}/decision"
        )
    reading = read_version(desk, submission_id, is_changing=True)
    return _item(request, reading, no, given=given, problem=outcome.problem, status=outcome.status)


@router.get("/evidence", dependencies=[TO_READ])
def show_evidence(
    request: Request,
    desk: ReviewDeskDep,
    submission_id: Id,
    document: Annotated[str, Query(max_length=32)] = "",
    item: Annotated[str, Query(max_length=8)] = "",
    q: Annotated[str, Query(max_length=100)] = "",
    page: Annotated[int, Query(ge=0, le=100_000)] = 0,
) -> Response:
    """The text of a document at the page that matters, with the words marked."""
    reading = read_version(desk, submission_id, "evidence")
    sheaf = open_text(reading, document, q, page, item)
    return shown_of(request, "evidence.html", reading, {"sheaf": sheaf, "no": item, "q": q, "tab": "items"})


@router.get("/file", dependencies=[TO_READ])
def show_file(desk: ReviewDeskDep, submission_id: Id, document: Annotated[str, Query(max_length=32)] = "") -> Response:
    """The file itself, as it was when the version was handed in."""
    return file_response(*open_frozen(read_version(desk, submission_id, "evidence").review, document))


def _item(
    request: Request,
    reading: Reading,
    no: str,
    *,
    given: Given | None = None,
    problem: AppError | None = None,
    saved: str = "",
    status: int = 200,
) -> Response:
    sheet = reading.sheets.get(no)
    if sheet is None:
        raise NotFound(*NO_ITEM)
    before, after, onward = reading.next_to(no)
    looks = [first_look(reading, document.id, no) for document, _ in sheet.documents[:MOST_EXCERPTS]]
    numbers = [one.no for one in reading.concerned]
    values = {
        "sheet": sheet,
        "about": f"rule:{reading.frozen.standard_id}#item-{no.lower()}",
        "before": before,
        "after": after,
        "onward": onward,
        "place": numbers.index(no) + 1 if no in numbers else 0,
        "of": len(numbers),
        "looks": {look.document.id: look for look in looks if look is not None},
        "window": look_back(reading.frozen, sheet.item),
        "given": given,
        "saved": saved if saved in reading.sheets else "",
        "problem": problem,
        "tab": "items",
    }
    return shown_of(request, "item.html", reading, values, status)
