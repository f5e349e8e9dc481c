"""The cultivation plan of an assessment: tasks with owner, due day and reminder, begun from its gaps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from api.errors import BadInput, NotFound
from api.store import Assessment, AssessmentTask
from api.usecases.assess import Desk, Opened, open_assessment
from api.usecases.assess_stored import is_plain
from selfassess.gaps import Gap, find_gaps
from selfassess.item import Effort
from selfassess.text import Language

NO_TASK = ("没有这项任务。", "There is no such task.")
MOST_TASKS = 500
LONGEST_WHAT = 2000
LONGEST_OWNER = 80
MOST_REMIND = 365
REMIND_DAYS = 14
# Days usually needed, a proposal to start from; what takes time alone is due the day it passes.
USUAL_DAYS: dict[Effort, int] = {"paperwork": 30, "practice": 90, "works": 180, "finance": 365, "waiting": 90}


@dataclass(frozen=True, slots=True)
class TaskIn:
    """A task as typed in."""

    item: str
    what: str
    owner: str = ""
    due: date | None = None
    remind_days: int = REMIND_DAYS
    done: bool = False


@dataclass(frozen=True, slots=True)
class Reminder:
    """A task whose reminder has come, or that is late."""

    task: AssessmentTask
    late: bool


def list_tasks(opened: Opened) -> Sequence[AssessmentTask]:
    """Return the tasks in the order of the standard, then by due day."""
    statement = select(AssessmentTask).where(AssessmentTask.assessment_id == opened.id)
    found = opened.desk.work.session.scalars(statement).all()
    place = {no: index for index, no in enumerate(opened.standard.items)}
    return sorted(found, key=lambda task: (place.get(task.item, 0), task.due or date.max, task.what, task.id))


def add_task(opened: Opened, given: TaskIn) -> AssessmentTask:
    """Add a task. Raises `BadInput`."""
    return add_tasks(opened, [given])[0]


def add_tasks(opened: Opened, given: Sequence[TaskIn]) -> list[AssessmentTask]:
    """Add tasks, all or none. Raises `BadInput`."""
    if given and len(list_tasks(opened)) + len(given) > MOST_TASKS:
        raise BadInput(f"一份计划最多{MOST_TASKS}项任务。", f"A plan has at most {MOST_TASKS} tasks.")
    added = []
    for one in given:
        _check(opened, one)
        task = AssessmentTask(assessment_id=opened.id, uscc=opened.row.uscc, item=one.item)
        _fill(opened, task, one)
        added.append(task)
    opened.desk.work.session.add_all(added)
    opened.desk.work.session.flush()
    return added


def change_task(opened: Opened, task_id: str, given: TaskIn) -> AssessmentTask:
    """Change a task. Raises `NotFound`, `BadInput`."""
    task = find_task(opened, task_id)
    _check(opened, given)
    _fill(opened, task, given)
    return task


def delete_task(opened: Opened, task_id: str) -> None:
    """Take a task out of the plan. Raises `NotFound`."""
    session = opened.desk.work.session
    session.delete(find_task(opened, task_id))
    session.flush()


def find_task(opened: Opened, task_id: str) -> AssessmentTask:
    """Return a task of this assessment. Raises `NotFound`."""
    task = opened.desk.work.session.get(AssessmentTask, task_id)
    if task is None or task.assessment_id != opened.id:
        raise NotFound(*NO_TASK)
    return task


def open_task(desk: Desk, task_id: str) -> tuple[Opened, AssessmentTask]:
    """Return a task of the person's enterprise with its assessment. Raises `NotFound`."""
    task = desk.work.session.get(AssessmentTask, task_id)
    if task is None or not desk.work.who.uscc or task.uscc != desk.uscc:
        raise NotFound(*NO_TASK)
    return open_assessment(desk, task.assessment_id, to_write=True), task


def plan_gaps(opened: Opened, language: Language = "zh", numbers: Iterable[str] | None = None) -> int:
    """Add a task for every gap, or for these, that has none yet; return how many."""
    wanted = None if numbers is None else set(numbers)
    planned = {task.item for task in list_tasks(opened)}
    proposed = [
        _proposed(opened, gap, language)
        for gap in find_gaps(opened.assessed, opened.ahead)
        if gap.no not in planned and gap.grade.answered and (wanted is None or gap.no in wanted)
    ]
    return len(add_tasks(opened, proposed))


def reminders(desk: Desk) -> list[Reminder]:
    """Return the open tasks of the enterprise that are late or whose reminder has come, the most urgent first."""
    statement = (
        select(AssessmentTask)
        .join(Assessment, Assessment.id == AssessmentTask.assessment_id)
        .where(
            AssessmentTask.uscc == desk.uscc,
            AssessmentTask.done_at.is_(None),
            AssessmentTask.due.is_not(None),
            AssessmentTask.due <= desk.today + timedelta(days=MOST_REMIND),
            Assessment.put_away_at.is_(None),
        )
        .order_by(AssessmentTask.due, AssessmentTask.id)
    )
    due = [task for task in desk.work.session.scalars(statement) if remind_on(task) <= desk.today]
    return [Reminder(task, late=task.due is not None and task.due < desk.today) for task in due]


def remind_on(task: AssessmentTask) -> date:
    """The day a task is reminded of; far away where it has no due day."""
    return date.max if task.due is None else task.due - timedelta(days=task.remind_days)


def _proposed(opened: Opened, gap: Gap, language: Language) -> TaskIn:
    usual = opened.desk.today + timedelta(days=USUAL_DAYS[gap.effort])
    owner = ("、" if language == "zh" else ", ").join(owner.read(language) for owner in gap.owners)
    return TaskIn(gap.no, gap.next_step.read(language)[:LONGEST_WHAT], owner[:LONGEST_OWNER], gap.passes_on or usual)


def _check(opened: Opened, given: TaskIn) -> None:
    if given.item not in opened.standard.items:
        raise BadInput("任务要对应标准里的一项。", "A task belongs to an item of the standard.")
    if not 0 < len(given.what.strip()) <= LONGEST_WHAT:
        raise BadInput(
            f"请用{LONGEST_WHAT}字以内写明任务。", f"Describe the task in at most {LONGEST_WHAT} characters."
        )
    if not is_plain(given.what + given.owner):
        raise BadInput("任务里有损坏的字符。", "The task holds broken characters.")
    if len(given.owner) > LONGEST_OWNER or not 0 <= given.remind_days <= MOST_REMIND:
        raise BadInput("负责人或者提醒天数不正确。", "The owner or the reminder is not valid.")
    if given.due is not None and not date(2000, 1, 1) <= given.due <= date(2100, 12, 31):
        raise BadInput("期限不正确。", "The due day is not valid.")


def _fill(opened: Opened, task: AssessmentTask, given: TaskIn) -> None:
    work = opened.desk.work
    task.item, task.what, task.owner = given.item, given.what.strip(), given.owner.strip()
    task.due, task.remind_days = given.due, given.remind_days
    task.done_at = (task.done_at or work.now) if given.done else None
    task.account_id, task.changed_at = work.who.account_id, work.now
