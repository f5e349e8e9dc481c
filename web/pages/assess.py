"""Self-assessments of the enterprise: the list, beginning one, bringing one back from a file."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from api.auth.access import About, open_to
from api.auth.identity import Kind
from api.errors import AppError, BadInput
from api.routes.assessment_desk import DeskDep
from api.usecases.assess import Desk, Opened, list_assessments, open_assessment, put_away, start_assessment
from api.usecases.assess_plan import reminders
from api.usecases.assess_standards import recorded_profile
from api.usecases.assess_transfer import import_assessment
from selfassess.loader import list_standards
from selfassess.walk.prompt import GRADE_NAMES
from web.assess.page import FormDep, day_in, file_in, word
from web.assess.start import businesses_of, list_started, offers, recorded_types, said_in
from web.forms import see, tried
from web.views import page

router = APIRouter(prefix="/assessments", include_in_schema=False)
ENTERPRISE = open_to(Kind.ENTERPRISE)
MOST_REMINDED = 5


@router.get("", dependencies=[ENTERPRISE])
def show(request: Request, desk: DeskDep) -> Response:
    """What was begun, what is due, and how to begin."""
    return _shown(request, desk)


@router.post("", dependencies=[ENTERPRISE])
def post(request: Request, desk: DeskDep, form: FormDep) -> Response:
    """Begin an assessment."""
    return _begun(request, desk, form, lambda: _start(desk, form))


@router.post("/import", dependencies=[ENTERPRISE])
def post_import(request: Request, desk: DeskDep, form: FormDep) -> Response:
    """Begin an assessment from an exported file."""
    return _begun(request, desk, form, lambda: import_assessment(desk, _read(form)))


@router.post("/{assessment_id}/put-away", dependencies=[open_to(Kind.ENTERPRISE, about=About.ASSESSMENT)])
def post_put_away(desk: DeskDep, assessment_id: str) -> Response:
    """Take an assessment off the list."""
    put_away(open_assessment(desk, assessment_id, to_write=True))
    return see("/assessments")


def _start(desk: Desk, form: FormData) -> Opened:
    wanted = word(form, "standard", 60)
    if not wanted:
        raise BadInput("请先选一个标准。", "Please choose a standard first.")
    said = said_in(form, is_single=any(one.id == wanted and one.kind == "single" for one in list_standards()))
    return start_assessment(desk, wanted, day_in(form, "on") or desk.today, said)


def _read(form: FormData) -> dict[str, Any]:
    try:
        content = json.loads(file_in(form, "file").file.read())
    except (ValueError, RecursionError) as error:
        raise BadInput("这不是导出的自评文件。", "This is not an exported self-assessment.") from error
    if not isinstance(content, dict):
        raise BadInput("这不是导出的自评文件。", "This is not an exported self-assessment.")
    return content


def _begun(request: Request, desk: Desk, form: FormData, begin: Callable[[], Opened]) -> Response:
    outcome = tried(begin, desk.work.session)
    if outcome.result is None:
        return _shown(request, desk, form, outcome.problem, outcome.status)
    return see(f"/assessments/{outcome.result.id}")


def _shown(
    request: Request, desk: Desk, form: FormData | None = None, problem: AppError | None = None, status: int = 200
) -> Response:
    profile, rows = recorded_profile(desk), list_assessments(desk)
    values = {
        "listed": list_started(desk, rows),
        "reminders": reminders(desk)[:MOST_REMINDED],
        "offers": offers(profile, desk.today),
        "types": recorded_types(desk),
        "profile": profile,
        "businesses": businesses_of([one for one in list_standards() if one.in_force(desk.today)]),
        "old_businesses": businesses_of([one for one in list_standards() if not one.in_force(desk.today)]),
        "wanted": word(form, "standard") if form is not None else "",
        "on": word(form, "on") if form is not None else desk.today.isoformat(),
        "known": desk.recorded(desk.today) is not None,
        "grade_names": GRADE_NAMES,
        "problem": problem,
    }
    return page(request, "assess/list.html", values, status_code=status)
