"""Take answers over to another level or a newer standard: first what would be kept and what changes, then begin."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.auth.access import About, open_to
from api.auth.identity import Kind
from api.errors import AppError, BadInput
from api.routes.assessment_desk import DeskDep
from api.usecases.assess import Desk, Opened, open_assessment
from api.usecases.assess_carryover import begin_carried
from selfassess.carryover import CarryOver, carry_over
from selfassess.loader import list_standards
from selfassess.standard import Standard
from web.assess.page import FormDep, day_in, shown, word
from web.forms import see, tried

router = APIRouter(
    prefix="/assessments/{assessment_id}/carry",
    include_in_schema=False,
    dependencies=[open_to(Kind.ENTERPRISE, about=About.ASSESSMENT)],
)


@router.get("")
def show(request: Request, desk: DeskDep, assessment_id: str, standard: str = "") -> Response:
    """The standards there are, and what taking the answers over to one of them would mean."""
    return _shown(request, open_assessment(desk, assessment_id), standard)


@router.post("")
def post(request: Request, desk: DeskDep, assessment_id: str, form: FormDep) -> Response:
    """Begin the new assessment; this one stays as it is."""
    opened = open_assessment(desk, assessment_id, to_write=True)
    wanted = word(form, "standard", 60)
    outcome = tried(lambda: _begin(desk, opened, wanted, form), desk.work.session)
    if outcome.result is None:
        return _shown(request, open_assessment(desk, assessment_id), wanted, outcome.problem, outcome.status)
    return see(f"/assessments/{outcome.result.id}?show=open")


def _begin(desk: Desk, opened: Opened, wanted: str, form: FormDep) -> Opened:
    if not wanted:
        raise BadInput("请先选一个标准。", "Please choose a standard first.")
    return begin_carried(opened, wanted, day_in(form, "on") or desk.today)


def _shown(
    request: Request, opened: Opened, wanted: str, problem: AppError | None = None, status: int = 200
) -> Response:
    targets = _targets(opened)
    target = next((one for one in targets if one.id == wanted), None)
    values = {"targets": targets, "target": target, "carried": _preview(opened, target), "problem": problem}
    return shown(request, "carry.html", opened, values, status)


def _targets(opened: Opened) -> list[Standard]:
    """The standards some answer can be taken over to; the same one again begins a repeated assessment."""
    answers = opened.answers.settled
    held = [one for one in list_standards() if one.in_force(opened.desk.today)]
    return [one for one in held if any(item.earlier for item in carry_over(answers, opened.standard, one).items)]


def _preview(opened: Opened, target: Standard | None) -> CarryOver | None:
    return None if target is None else carry_over(opened.answers.settled, opened.standard, target)
