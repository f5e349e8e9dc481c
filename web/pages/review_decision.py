"""Deciding about a version, the letters drafted from a decision, where it does not fit together, the visit's sheet."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from api.errors import AppError, BadInput
from api.routes.assessment_desk import Id
from api.routes.review_desk import TO_DECIDE, TO_READ, ReviewDeskDep
from api.usecases.review.consistency import by_kind
from api.usecases.review.deciding import USUAL_DAYS, Returned, decide, decisions_of, find_decision
from api.usecases.review.desk import ReviewDesk
from api.usecases.review.letters import file_name_of, write_letter_of
from api.usecases.review.reading import Reading, Sheet, read_version
from api.usecases.review.words import Decision, Why
from selfassess.grades import Grade
from web.assess.downloads import DOCX, download
from web.assess.page import FormDep, day_in, number_of, word
from web.forms import see, tried
from web.review_words import shown_of

router = APIRouter(prefix="/reviews/{submission_id}", include_in_schema=False)
Number = Annotated[int, Path(ge=1, le=100_000)]


@router.get("/consistency", dependencies=[TO_READ])
def show_consistency(request: Request, desk: ReviewDeskDep, submission_id: Id) -> Response:
    """What does not fit together, kind by kind."""
    reading = read_version(desk, submission_id)
    repeated = [sheet for sheet in reading.sheets.values() if sheet.repeated]
    values = {"kinds": by_kind(reading.remarks), "repeated": repeated, "tab": "consistency"}
    return shown_of(request, "consistency.html", reading, values)


@router.get("/decision", dependencies=[TO_READ])
def show_decision(request: Request, desk: ReviewDeskDep, submission_id: Id) -> Response:
    """What was decided, and the form to decide."""
    return _decision(request, read_version(desk, submission_id))


@router.post("/decision", dependencies=[TO_DECIDE])
def post_decision(request: Request, desk: ReviewDeskDep, submission_id: Id, form: FormDep) -> Response:
    """Take a decision."""
    outcome = tried(lambda: _decide(desk, submission_id, form), desk.work.session)
    if outcome.problem is None:
        return see(f"/reviews/{submission_id}/decision")
    reading = read_version(desk, submission_id, is_changing=True)
    return _decision(request, reading, form, outcome.problem, outcome.status)


@router.get("/letters/{number}", dependencies=[TO_READ])
def show_letter(desk: ReviewDeskDep, submission_id: Id, number: Number) -> Response:
    """The draft of a letter about a decision, as a document that can be edited; Chinese."""
    reading = read_version(desk, submission_id)
    decided = find_decision(desk.work, reading.case, number)
    return download(write_letter_of(reading, decided), DOCX, *file_name_of(decided))


@router.get("/worksheet", dependencies=[TO_READ])
def show_worksheet(
    request: Request,
    desk: ReviewDeskDep,
    submission_id: Id,
    items: Annotated[str, Query(max_length=10)] = "",
) -> Response:
    """A sheet to take along to the enterprise: what to look at, and room to write."""
    reading = read_version(desk, submission_id)
    chosen = [sheet for sheet in reading.concerned if items == "all" or _is_to_see(sheet)]
    values = {"chosen": chosen, "all_items": items == "all", "tab": "worksheet"}
    return shown_of(request, "worksheet.html", reading, values)


def _decide(desk: ReviewDesk, submission_id: str, form: FormData) -> int:
    kind = word(form, "kind", 12)
    if kind not in set(Decision):
        raise BadInput("请选择决定。", "Choose a decision.")
    items = _items(desk, form) if kind == Decision.RETURN else []
    turn = number_of(word(form, "turn", 9)) or 0
    return decide(desk, submission_id, turn, Decision(kind), word(form, "reason"), items)


def _items(desk: ReviewDesk, form: FormData) -> list[Returned]:
    usual = day_in(form, "due") or desk.today + timedelta(days=USUAL_DAYS)
    numbers = dict.fromkeys(no[:8] for no in form.getlist("item") if isinstance(no, str))
    return [Returned(no, word(form, f"what-{no}"), day_in(form, f"due-{no}") or usual) for no in numbers]


def _decision(
    request: Request,
    reading: Reading,
    form: FormData | None = None,
    problem: AppError | None = None,
    status: int = 200,
) -> Response:
    graded = [sheet for sheet in reading.concerned if sheet.graded]
    values = {
        "decisions": decisions_of(reading.desk.work, reading.case),
        "rows": [_row(sheet, form) for sheet in reading.concerned],
        "differing": [sheet for sheet in graded if sheet.graded and sheet.graded.differs],
        "kind": word(form, "kind", 12) if form else "",
        "reason": word(form, "reason") if form else "",
        "due": _typed_day(form) or reading.desk.today + timedelta(days=USUAL_DAYS),
        "first_day": reading.desk.today + timedelta(days=1),
        "problem": problem,
        "tab": "decision",
    }
    return shown_of(request, "decision.html", reading, values, status)


def _row(sheet: Sheet, form: FormData | None) -> dict[str, Any]:
    """One line of the return: what the officer found goes first, what was typed stays."""
    if form is not None:
        chosen = sheet.no in form.getlist("item")
        return {
            "sheet": sheet,
            "chosen": chosen,
            "what": word(form, f"what-{sheet.no}"),
            "due": word(form, f"due-{sheet.no}", 10),
        }
    graded = sheet.graded
    chosen = graded is not None and (graded.differs or graded.grade is Grade.NOT_MET) and graded.why is not Why.VISIT
    return {"sheet": sheet, "chosen": chosen, "what": graded.comment if graded else "", "due": ""}


def _typed_day(form: FormData | None) -> date | None:
    try:
        return None if form is None else day_in(form, "due")
    except BadInput:
        return None


def _is_to_see(sheet: Sheet) -> bool:
    """Whether an item is worth a look on site: flagged, graded otherwise, or said to need one."""
    graded = sheet.graded
    return sheet.is_flagged or (graded is not None and (graded.differs or graded.why is Why.VISIT))
