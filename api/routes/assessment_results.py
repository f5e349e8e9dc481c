"""What follows from a self-assessment: result, suppositions, forecast, comparison, plan, versions handed in."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter

from api.auth.access import About, open_to
from api.auth.identity import Kind
from api.routes.assessment_desk import LanguageParam, OpenedDep, SubmissionDep, TaskDep
from api.routes.assessments import ONE, REFUSALS
from api.usecases.assess import plainly
from api.usecases.assess_comparison import peer_average, progress
from api.usecases.assess_in import PlanIn, TaskBody, WhatIfIn, WithdrawIn
from api.usecases.assess_out import (
    ComparisonOut,
    SubmissionOut,
    SubmissionsOut,
    TaskOut,
    comparison_out,
    submission_out,
    task_out,
)
from api.usecases.assess_plan import TaskIn, add_task, change_task, delete_task, list_tasks, plan_gaps
from api.usecases.assess_result_out import ForecastOut, ResultOut, WhatIfOut, forecast_out, result_out
from api.usecases.assess_submission import list_submissions, submit, what_is_missing, withdraw
from selfassess.supposition_report import what_if

A_TASK = [open_to(Kind.ENTERPRISE, about=About.ASSESSMENT_TASK)]
A_SUBMISSION = [open_to(Kind.ENTERPRISE, about=About.SUBMISSION)]

router = APIRouter(prefix="/api/v1", tags=["self-assessment"], responses=REFUSALS)


@router.get("/assessments/{assessment_id}/results", dependencies=ONE)
def get_results(opened: OpenedDep, language: LanguageParam = "zh") -> ResultOut:
    """Read verdict, items, gaps, smallest fixes, forecast and caveats."""
    return result_out(opened, language)


@router.post("/assessments/{assessment_id}/what-if", dependencies=ONE)
def post_what_if(opened: OpenedDep, given: WhatIfIn, language: LanguageParam = "zh") -> WhatIfOut:
    """Ask what a supposition would change; nothing is stored."""
    with plainly():
        return WhatIfOut.model_validate(what_if(opened.situation, given.sentence, language))


@router.get("/assessments/{assessment_id}/forecast", dependencies=ONE)
def get_forecast(opened: OpenedDep, language: LanguageParam = "zh") -> ForecastOut | None:
    """Read when each item that fails by the record passes; null where the records cannot be read."""
    return forecast_out(opened, language)


@router.get("/assessments/{assessment_id}/comparison", dependencies=ONE)
def get_comparison(opened: OpenedDep) -> ComparisonOut:
    """Compare with the enterprise's own assessments and with the average of others of its type."""
    return comparison_out(opened, progress(opened), peer_average(opened))


@router.get("/assessments/{assessment_id}/plan", dependencies=ONE)
def get_plan(opened: OpenedDep) -> list[TaskOut]:
    """List the tasks of the plan."""
    return [task_out(task) for task in list_tasks(opened)]


@router.post("/assessments/{assessment_id}/plan", dependencies=ONE)
def post_plan(opened: OpenedDep, given: PlanIn, language: LanguageParam = "zh") -> list[TaskOut]:
    """Add a task, or one for every gap that has none; return the whole plan."""
    if given.task is not None:
        add_task(opened, _task(given.task))
    else:
        plan_gaps(opened, language, given.items)
    return [task_out(task) for task in list_tasks(opened)]


@router.put("/assessment-tasks/{task_id}", dependencies=A_TASK)
def put_task(found: TaskDep, given: TaskBody) -> TaskOut:
    """Change a task."""
    opened, task = found
    return task_out(change_task(opened, task.id, _task(given)))


@router.delete("/assessment-tasks/{task_id}", dependencies=A_TASK, status_code=HTTPStatus.NO_CONTENT)
def remove_task(found: TaskDep) -> None:
    """Take a task out of the plan."""
    opened, task = found
    delete_task(opened, task.id)


@router.get("/assessments/{assessment_id}/submissions", dependencies=ONE)
def get_submissions(opened: OpenedDep, language: LanguageParam = "zh") -> SubmissionsOut:
    """List every version handed in, and what stands in the way of the next."""
    return SubmissionsOut(
        submissions=[submission_out(one) for one in list_submissions(opened)],
        missing=[said.read(language) for said in what_is_missing(opened)],
    )


@router.post("/assessments/{assessment_id}/submissions", dependencies=ONE, status_code=HTTPStatus.CREATED)
def post_submission(opened: OpenedDep) -> SubmissionOut:
    """Hand the assessment in as the next version: frozen, with a digest."""
    return submission_out(submit(opened))


@router.get("/submissions/{submission_id}", dependencies=A_SUBMISSION)
def get_snapshot(found: SubmissionDep) -> dict[str, Any]:
    """Read a version as it was frozen; its digest is that of this JSON with sorted keys and without spaces."""
    _, submission = found
    content: dict[str, Any] = json.loads(submission.snapshot)
    return content


@router.post("/submissions/{submission_id}/withdraw", dependencies=A_SUBMISSION)
def post_withdrawal(found: SubmissionDep, given: WithdrawIn) -> SubmissionOut:
    """Take a version back; it stays in the history."""
    opened, submission = found
    return submission_out(withdraw(opened, submission.version, given.why))


def _task(given: TaskBody) -> TaskIn:
    return TaskIn(given.item, given.what, given.owner, given.due, given.remind_days, given.done)
