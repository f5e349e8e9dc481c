"""/api/v1/assessments: begin, list, read, change and answer self-assessments of the enterprise acted for."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import APIRouter

from api.auth.access import About, open_to
from api.auth.identity import Kind
from api.routes.assessment_desk import OPEN, DeskDep, LanguageParam, OpenedDep
from api.routes.problems import problems
from api.usecases.assess import Opened, change_day, change_profile, list_assessments, put_away, start_assessment
from api.usecases.assess_answers import Given, Saved, choose_answer, confirm_proposals, save_answers, save_figures
from api.usecases.assess_carryover import begin_carried
from api.usecases.assess_in import AnswersIn, CarryIn, ChangeIn, ConfirmIn, FiguresIn, StartIn
from api.usecases.assess_out import (
    AnswersSavedOut,
    AssessmentOut,
    BriefOut,
    assessment_out,
    brief,
    saved_out,
)
from api.usecases.assess_result_out import ProposalOut, proposals_out
from api.usecases.assess_transfer import export_assessment, import_assessment

REFUSALS = problems(
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.CONFLICT,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.TOO_MANY_REQUESTS,
)
ONE = [open_to(Kind.ENTERPRISE, about=About.ASSESSMENT)]

router = APIRouter(prefix="/api/v1/assessments", tags=["self-assessment"], responses=REFUSALS)


@router.get("", dependencies=[OPEN])
def get_assessments(desk: DeskDep) -> list[BriefOut]:
    """List the enterprise's assessments, the one changed last first."""
    return [brief(row) for row in list_assessments(desk)]


@router.post("", dependencies=[OPEN], status_code=HTTPStatus.CREATED)
def post_assessment(desk: DeskDep, given: StartIn, language: LanguageParam = "zh") -> AssessmentOut:
    """Begin an assessment; a standard that is not for the enterprise is refused with the reason."""
    return assessment_out(start_assessment(desk, given.standard, given.on or desk.today, given.profile), language)


@router.post("/import", dependencies=[OPEN], status_code=HTTPStatus.CREATED)
def post_import(desk: DeskDep, document: dict[str, Any], language: LanguageParam = "zh") -> AssessmentOut:
    """Begin an assessment from an exported document."""
    return assessment_out(import_assessment(desk, document), language)


@router.get("/{assessment_id}", dependencies=ONE)
def get_assessment(opened: OpenedDep, language: LanguageParam = "zh") -> AssessmentOut:
    """Read everything that was said."""
    return assessment_out(opened, language)


@router.patch("/{assessment_id}", dependencies=ONE)
def patch_assessment(opened: OpenedDep, given: ChangeIn, language: LanguageParam = "zh") -> AssessmentOut:
    """Change the profile or the day, or take it off the list."""
    if given.profile:
        opened = change_profile(opened, given.profile)
    if given.on is not None:
        opened = change_day(opened, given.on)
    if given.put_away:
        put_away(opened)
    return assessment_out(opened, language)


@router.put("/{assessment_id}/answers", dependencies=ONE)
def put_answers(opened: OpenedDep, given: AnswersIn, language: LanguageParam = "zh") -> AnswersSavedOut:
    """Answer items; one that cannot be is refused by itself, one that differs from a colleague's is kept beside it."""
    plain = {no: one for no, one in given.answers.items() if one.choose is None}
    opened, saved = save_answers(opened, [Given(no, one.answer(), seen=one.seen) for no, one in plain.items()])
    return saved_out([*saved, *_chosen(opened, given)], language)


@router.get("/{assessment_id}/prefill", dependencies=ONE)
def get_prefill(opened: OpenedDep, language: LanguageParam = "zh") -> list[ProposalOut]:
    """Read what records and figures propose, with value, source, time and rule."""
    return proposals_out(opened, language)


@router.post("/{assessment_id}/prefill", dependencies=ONE)
def post_prefill(opened: OpenedDep, given: ConfirmIn, language: LanguageParam = "zh") -> AnswersSavedOut:
    """Take over proposals that are certain; what is answered stays."""
    _, saved = confirm_proposals(opened, given.items)
    return saved_out(saved, language)


@router.put("/{assessment_id}/figures", dependencies=ONE)
def put_figures(opened: OpenedDep, given: FiguresIn, language: LanguageParam = "zh") -> AssessmentOut:
    """Store the finance figures; 409 where a colleague changed them since ``seen``."""
    return assessment_out(save_figures(opened, given.figures, "api", given.seen), language)


@router.post("/{assessment_id}/carry-over", dependencies=ONE, status_code=HTTPStatus.CREATED)
def post_carry_over(opened: OpenedDep, given: CarryIn, language: LanguageParam = "zh") -> AssessmentOut:
    """Begin another level or a newer standard with the answers whose requirement is unchanged."""
    return assessment_out(begin_carried(opened, given.standard, given.on or opened.desk.today), language)


@router.get("/{assessment_id}/export", dependencies=ONE)
def get_export(opened: OpenedDep) -> dict[str, Any]:
    """Export what was said and the plan, as a document that can be imported."""
    return export_assessment(opened)


def _chosen(opened: Opened, given: AnswersIn) -> list[Saved]:
    saved: list[Saved] = []
    for no, one in given.answers.items():
        if one.choose is not None:
            opened, chosen = choose_answer(opened, no, one.choose)
            saved += chosen
    return saved
