"""Handing an assessment in: what is missing, the frozen versions with their digest, withdrawing."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from api.auth.access import About, open_to
from api.auth.identity import Kind
from api.errors import AppError, BadInput
from api.routes.assessment_desk import DeskDep
from api.usecases.assess import Opened, open_assessment
from api.usecases.assess_submission import find_version, list_submissions, submit, what_is_missing, withdraw
from api.usecases.review.returned import answer_to
from web.assess.dossier import standing_submission
from web.assess.downloads import JSON, download
from web.assess.page import FormDep, number_of, shown, word
from web.forms import see, tried

router = APIRouter(
    prefix="/assessments/{assessment_id}/submissions",
    include_in_schema=False,
    dependencies=[open_to(Kind.ENTERPRISE, about=About.ASSESSMENT)],
)


@router.get("")
def show(request: Request, desk: DeskDep, assessment_id: str) -> Response:
    """The versions, and what stands in the way of the next one."""
    return _shown(request, open_assessment(desk, assessment_id))


@router.post("")
def post(request: Request, desk: DeskDep, assessment_id: str) -> Response:
    """Freeze the assessment as the next version."""
    opened = open_assessment(desk, assessment_id, to_write=True)
    outcome = tried(lambda: submit(opened), desk.work.session)
    if outcome.problem is None:
        return see(f"/assessments/{assessment_id}/submissions")
    return _shown(request, open_assessment(desk, assessment_id), outcome.problem, outcome.status)


@router.post("/withdraw")
def post_withdraw(request: Request, desk: DeskDep, assessment_id: str, form: FormDep) -> Response:
    """Take a version back; it stays in the history."""
    opened = open_assessment(desk, assessment_id, to_write=True)
    outcome = tried(lambda: withdraw(opened, _version(form), word(form, "why")), desk.work.session)
    if outcome.problem is None:
        return see(f"/assessments/{assessment_id}/submissions")
    return _shown(request, open_assessment(desk, assessment_id), outcome.problem, outcome.status)


@router.get("/{version}.json")
def show_snapshot(desk: DeskDep, assessment_id: str, version: int) -> Response:
    """A version as it was frozen: the bytes its digest is of."""
    found = find_version(open_assessment(desk, assessment_id), version)
    return download(found.snapshot.encode(), JSON, f"自评第{version}版.json", f"submission-{version}.json")


def _version(form: FormData) -> int:
    version = number_of(word(form, "version", 6))
    if version is None:
        raise BadInput("请选择要撤回的版本。", "Choose the version to withdraw.")
    return version


def _shown(request: Request, opened: Opened, problem: AppError | None = None, status: int = 200) -> Response:
    values = {
        "submissions": list_submissions(opened),
        "missing": what_is_missing(opened),
        "unchanged": standing_submission(opened) is not None,
        "answer": answer_to(opened),
        "problem": problem,
    }
    return shown(request, "submissions.html", opened, values, status)
