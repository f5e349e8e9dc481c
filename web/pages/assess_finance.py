"""The finance calculator of an assessment: figures typed in or read from a statement, and what they lead to."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.auth.access import About, open_to
from api.auth.identity import Kind
from api.errors import AppError, BadInput
from api.routes.assessment_desk import COUNTED, DeskDep
from api.usecases.assess import Opened, open_assessment
from api.usecases.assess_answers import save_figures
from selfassess.figure_names import LINES, OPINIONS
from selfassess.numerals import UNITS
from selfassess.statement import StatementReading
from selfassess.statement_template import write_template
from web.assess.downloads import XLSX, download
from web.assess.figures import Fields, calculated, fields_found, fields_of, fields_typed, formulas, typed_figures
from web.assess.page import FormDep, number_of, shown, spoken, word
from web.assess.uploads import StatementDep
from web.forms import see, tried
from web.views import language_of, translator

router = APIRouter(
    prefix="/assessments/{assessment_id}/finance",
    include_in_schema=False,
    dependencies=[open_to(Kind.ENTERPRISE, about=About.ASSESSMENT)],
)
DONE = {"saved": "财务数据已保存。"}


@router.get("")
def show(request: Request, desk: DeskDep, assessment_id: str, done: str = "") -> Response:
    """The figures and the indicators."""
    opened = open_assessment(desk, assessment_id)
    return _shown(request, opened, fields_of(opened.figures.content), done=done)


@router.post("")
def post(request: Request, desk: DeskDep, assessment_id: str, form: FormDep) -> Response:
    """Store what was typed."""
    opened = open_assessment(desk, assessment_id, to_write=True)
    origin = word(form, "origin", 200) or "form"
    content = typed_figures(form, opened.figures.content)
    seen = number_of(word(form, "seen")) or 0
    outcome = tried(lambda: save_figures(opened, content, origin, seen), desk.work.session)
    if outcome.problem is None:
        return see(f"/assessments/{assessment_id}/finance?done=saved")
    opened = open_assessment(desk, assessment_id)
    return _shown(request, opened, fields_typed(form), problem=outcome.problem, status=outcome.status)


@router.post("/statement", dependencies=[COUNTED])
def post_statement(request: Request, found: StatementDep, desk: DeskDep, assessment_id: str, form: FormDep) -> Response:
    """Show what a statement says, to be looked at and saved."""
    opened = open_assessment(desk, assessment_id)
    if isinstance(found, BadInput):
        return _shown(request, opened, fields_of(opened.figures.content), problem=found, status=found.status)
    name = str(getattr(form.get("file"), "filename", ""))[:200]
    return _shown(request, opened, fields_found(found), found=found, origin=name)


@router.get("/template.xlsx")
def show_template(request: Request, desk: DeskDep, assessment_id: str) -> Response:
    """A workbook to type the figures into."""
    open_assessment(desk, assessment_id)
    return download(write_template(spoken(request)), XLSX, "财务数据.xlsx", "figures.xlsx")


def _shown(
    request: Request,
    opened: Opened,
    fields: Fields,
    *,
    problem: AppError | None = None,
    found: StatementReading | None = None,
    origin: str = "",
    done: str = "",
    status: int = 200,
) -> Response:
    say = translator(language_of(request))
    values: dict[str, Any] = {
        "fields": fields,
        "lines": LINES,
        "units": list(UNITS),
        "opinions": OPINIONS,
        "items": calculated(opened),
        "formulas": formulas(opened),
        "theirs": fields_of(opened.figures.content) if problem is not None and problem.status == 409 else None,
        "found": found,
        "origin": origin,
        "problem": problem,
        "done": say(DONE[done]) if done in DONE else "",
    }
    return shown(request, "finance.html", opened, values, status)
