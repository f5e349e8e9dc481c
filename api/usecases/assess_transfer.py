"""An assessment as a JSON document that comes back unchanged: what was said, and the plan; not the verdict."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from api.errors import BadInput
from api.store import AssessmentTask
from api.usecases.assess import Desk, Opened, plainly, start_assessment, told
from api.usecases.assess_answers import Given, save_answers, save_figures
from api.usecases.assess_plan import TaskIn, add_tasks, list_tasks
from api.usecases.question import read_day
from selfassess.answers import read_answers, write_answers
from selfassess.errors import AnswersUnreadable
from selfassess.loader import get_standard

FORMAT = "credit-assessment/1"
FIELDS = {"format", "standard", "on", "profile", "answers", "finance", "plan"}


def export_assessment(opened: Opened) -> dict[str, Any]:
    """Return the document. Answers that records gave keep that as their source."""
    answers = write_answers(opened.answers.settled)
    for no, written in answers.items():
        head = opened.answers.head(no)
        if head is not None and head.source != "self":
            written["source"] = head.source
    return {
        "format": FORMAT,
        "standard": opened.row.standard,
        "on": opened.row.day.isoformat(),
        "profile": opened.said,
        "answers": {no: answers[no] for no in opened.standard.items if no in answers},
        "finance": dict(opened.figures.content),
        "plan": [_task_out(task) for task in list_tasks(opened)],
    }


def import_assessment(desk: Desk, content: Mapping[str, Any]) -> Opened:
    """Begin an assessment from such a document. Raises `BadInput` for anything else; then nothing is stored.

    That an answer comes from the records is believed where the records say so.
    """
    if content.get("format") != FORMAT or set(content) - FIELDS:
        raise BadInput("这不是导出的自评文件。", "This is not an exported self-assessment.")
    try:
        day = read_day(content.get("on"))
    except ValueError as error:
        raise BadInput("自评文件里的日期不正确。", "The day in the file is not valid.") from error
    profile, answers, finance = (_mapping(content, name) for name in ("profile", "answers", "finance"))
    opened = start_assessment(desk, str(content.get("standard")), day, profile)
    if finance:
        opened = save_figures(opened, finance, "import")
    opened, saved = save_answers(opened, _given(opened, answers))
    refused = next((one.problem for one in saved if one.problem is not None), None)
    if refused is not None:
        raise told(refused)
    add_tasks(opened, [_task_in(task) for task in _listed(content, "plan")])
    desk.work.note("assessment_imported", desk.work.trail.enterprise(opened.row.uscc), assessment=opened.id)
    return opened.again()


def _given(opened: Opened, answers: Mapping[str, Any]) -> list[Given]:
    bare = {no: {k: v for k, v in _entry(no, one).items() if k != "source"} for no, one in answers.items()}
    with plainly():
        read, _ = read_answers(bare, get_standard(opened.row.standard))
    proposals = opened.assessed.proposals
    given = []
    for no, answer in read.items():
        said = answers.get(no)
        source = str(said.get("source", "self")) if isinstance(said, Mapping) else "self"
        proposal = proposals.get(no)
        proven = proposal is not None and proposal.grade is answer.grade and proposal.origin == source
        given.append(Given(no, answer, source if proven else "self"))
    return given


def _entry(no: str, one: object) -> Mapping[str, Any]:
    if not isinstance(one, Mapping):
        with plainly():
            raise AnswersUnreadable(f"第{no[:20]}项的答案读不出来", f"the answer to item {no[:20]} cannot be read")
    return one


def _mapping(content: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = content.get(name) or {}
    if not isinstance(found, Mapping):
        raise BadInput(f"自评文件里的{name}不正确。", f"The field {name} of the file is not valid.")
    return found


def _listed(content: Mapping[str, Any], name: str) -> list[Any]:
    found = content.get(name) or []
    if not isinstance(found, list):
        raise BadInput(f"自评文件里的{name}不正确。", f"The field {name} of the file is not valid.")
    return found


def _task_out(task: AssessmentTask) -> dict[str, Any]:
    return {
        "item": task.item,
        "what": task.what,
        "owner": task.owner,
        "due": None if task.due is None else task.due.isoformat(),
        "remind_days": task.remind_days,
        "done": task.done_at is not None,
    }


def _task_in(content: object) -> TaskIn:
    if not isinstance(content, Mapping):
        raise BadInput("自评文件里的计划不正确。", "The plan in the file is not valid.")
    try:
        due = None if content.get("due") is None else date.fromisoformat(str(content["due"]))
        return TaskIn(
            item=str(content.get("item", "")),
            what=str(content.get("what", "")),
            owner=str(content.get("owner", "")),
            due=due,
            remind_days=int(content.get("remind_days", 0)),
            done=bool(content.get("done")),
        )
    except (TypeError, ValueError) as error:
        raise BadInput("自评文件里的计划不正确。", "The plan in the file is not valid.") from error
