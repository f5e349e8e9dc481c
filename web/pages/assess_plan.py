"""The cultivation plan: tasks with owner, day and reminder, begun from the gaps."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from api.auth.access import About, open_to
from api.auth.identity import Kind
from api.errors import AppError, BadInput
from api.routes.assessment_desk import DeskDep
from api.usecases.assess import Opened, open_assessment
from api.usecases.assess_plan import (
    REMIND_DAYS,
    TaskIn,
    add_task,
    change_task,
    delete_task,
    find_task,
    list_tasks,
    plan_gaps,
    remind_on,
)
from web.assess.page import FormDep, day_in, number_of, shown, spoken, word
from web.forms import see, tried

router = APIRouter(
    prefix="/assessments/{assessment_id}/plan",
    include_in_schema=False,
    dependencies=[open_to(Kind.ENTERPRISE, about=About.ASSESSMENT)],
)


@router.get("")
def show(request: Request, desk: DeskDep, assessment_id: str) -> Response:
    """The tasks."""
    return _shown(request, open_assessment(desk, assessment_id))


@router.post("/gaps")
def post_gaps(request: Request, desk: DeskDep, assessment_id: str) -> Response:
    """Make a task of every gap that has none."""
    plan_gaps(open_assessment(desk, assessment_id, to_write=True), spoken(request))
    return see(f"/assessments/{assessment_id}/plan")


@router.post("/tasks")
def post_task(request: Request, desk: DeskDep, assessment_id: str, form: FormDep) -> Response:
    """Add a task, or change or delete the one the form names."""
    opened = open_assessment(desk, assessment_id, to_write=True)
    outcome = tried(lambda: _keep(opened, form), desk.work.session)
    if outcome.problem is None:
        return see(f"/assessments/{assessment_id}/plan")
    return _shown(request, open_assessment(desk, assessment_id), outcome.problem, outcome.status)


def _keep(opened: Opened, form: FormData) -> None:
    task_id, pressed = word(form, "task", 40), word(form, "press", 20)
    if pressed == "delete":
        delete_task(opened, task_id)
        return
    if pressed == "done":
        row = find_task(opened, task_id)
        given = TaskIn(row.item, row.what, row.owner, row.due, row.remind_days, done=row.done_at is None)
    else:
        given = _typed(form)
    if task_id:
        change_task(opened, task_id, given)
    else:
        add_task(opened, given)


def _typed(form: FormData) -> TaskIn:
    days = number_of(word(form, "remind_days", 5).strip() or str(REMIND_DAYS))
    if days is None:
        raise BadInput("提前提醒的天数请填数字。", "The days of the reminder are a number.")
    return TaskIn(
        item=word(form, "item", 8),
        what=word(form, "what"),
        owner=word(form, "owner", 200),
        due=day_in(form, "due"),
        remind_days=days,
        done=bool(word(form, "done", 5)),
    )


def _shown(request: Request, opened: Opened, problem: AppError | None = None, status: int = 200) -> Response:
    tasks = list_tasks(opened)
    values = {
        "tasks": [task for task in tasks if task.done_at is None],
        "done_tasks": [task for task in tasks if task.done_at is not None],
        "remind_on": remind_on,
        "remind_days": REMIND_DAYS,
        "items": opened.standard.items,
        "problem": problem,
    }
    return shown(request, "plan.html", opened, values, status)
