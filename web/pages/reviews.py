"""The officers' queue, and one version: its items with progress; taken, released, given to a colleague."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.errors import AppError
from api.routes.assessment_desk import Id
from api.routes.review_desk import TO_DECIDE, TO_LIST, TO_READ, ReviewDeskDep
from api.usecases.review.desk import ReviewDesk
from api.usecases.review.queue import Filter, read_queue, review_due
from api.usecases.review.reading import Reading, Sheet, read_version
from api.usecases.review.turns import officers_for, reassign, release, take
from selfassess.loader import get_standard
from web.assess.page import FormDep, number_of, word
from web.forms import local, see, tried
from web.review_words import shown, shown_of

router = APIRouter(prefix="/reviews", include_in_schema=False)
Short = Annotated[str, Query(max_length=60)]
SHOWN: dict[str, Callable[[Sheet], bool]] = {
    "all": lambda _: True,
    "waiting": lambda sheet: sheet.is_waiting,
    "flagged": lambda sheet: sheet.claim.concerns and sheet.is_flagged,
    "differing": lambda sheet: sheet.graded is not None and sheet.graded.differs,
    "changed": lambda sheet: sheet.change is not None,
}


@router.get("", dependencies=[TO_LIST])
def show_queue(
    request: Request,
    desk: ReviewDeskDep,
    office: Short = "",
    standard: Short = "",
    state: Short = "open",
    whose: Short = "",
    overdue: Short = "",
) -> Response:
    """What waits for review within reach."""
    return _queue(request, desk, Filter(office, standard, state, whose, bool(overdue)))


@router.get("/{submission_id}", dependencies=[TO_READ])
def show(request: Request, desk: ReviewDeskDep, submission_id: Id, show: Short = "all") -> Response:
    """The items of a version, with what was claimed, what does not fit, and the own grades."""
    return _version(request, read_version(desk, submission_id), show)


@router.post("/{submission_id}/take", dependencies=[TO_DECIDE])
def post_take(request: Request, desk: ReviewDeskDep, submission_id: Id, form: FormDep) -> Response:
    """Take a version."""
    turn = number_of(word(form, "turn", 9)) or 0
    outcome = tried(lambda: take(desk, submission_id, turn), desk.work.session)
    if outcome.problem is None:
        return see(local(word(form, "next", 200), f"/reviews/{submission_id}"))
    return _queue(request, desk, Filter(), outcome.problem, outcome.status)


@router.post("/{submission_id}/release", dependencies=[TO_DECIDE])
def post_release(request: Request, desk: ReviewDeskDep, submission_id: Id, form: FormDep) -> Response:
    """Give a version back to the queue."""
    turn, why = number_of(word(form, "turn", 9)) or 0, word(form, "why")
    outcome = tried(lambda: release(desk, submission_id, turn, why), desk.work.session)
    if outcome.problem is None:
        return see("/reviews")
    return _queue(request, desk, Filter(), outcome.problem, outcome.status)


@router.post("/{submission_id}/reassign", dependencies=[TO_DECIDE])
def post_reassign(request: Request, desk: ReviewDeskDep, submission_id: Id, form: FormDep) -> Response:
    """Give a version to a colleague."""
    turn, to, why = number_of(word(form, "turn", 9)) or 0, word(form, "to", 40), word(form, "why")
    outcome = tried(lambda: reassign(desk, submission_id, turn, to, why), desk.work.session)
    if outcome.problem is None:
        return see("/reviews")
    return _queue(request, desk, Filter(), outcome.problem, outcome.status)


def _queue(
    request: Request, desk: ReviewDesk, wanted: Filter, problem: AppError | None = None, status: int = 200
) -> Response:
    queue = read_queue(desk, wanted)
    values = {
        "queue": queue,
        "wanted": wanted,
        "titles": {id_: get_standard(id_).title for id_ in queue.standards},
        "is_officer": desk.work.who.customs != "",
        "me": desk.work.who.account_id,
        "problem": problem,
    }
    return shown(request, "queue.html", values, status)


def _version(request: Request, reading: Reading, show: str) -> Response:
    is_wanted = SHOWN.get(show, SHOWN["all"])
    sheets = list(reading.sheets.values())
    values: dict[str, Any] = {
        "sheets": [sheet for sheet in sheets if is_wanted(sheet)],
        "counts": {name: sum(map(wanted, sheets)) for name, wanted in SHOWN.items()},
        "show": show if show in SHOWN else "all",
        "due": review_due(reading.handled.submission),
        "officers": officers_for(reading.desk.work, reading.handled.enterprise),
        "tab": "items",
    }
    return shown_of(request, "version.html", reading, values)
