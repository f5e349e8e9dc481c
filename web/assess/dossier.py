"""What is put on paper of an assessment: the result with plan, evidence and the version handed in."""

from __future__ import annotations

from api.exports.paper import Dossier, HandedIn, PlanTask
from api.store import AssessmentTask, Submission
from api.usecases.assess import CHINA, Opened
from api.usecases.assess_evidence import documents_by_item, evidence_of
from api.usecases.assess_plan import list_tasks
from api.usecases.assess_submission import list_submissions
from api.usecases.enterprise_names import enterprise_names


def dossier_of(opened: Opened) -> Dossier:
    """Return everything the papers of an assessment are made from."""
    desk, uscc = opened.desk, opened.row.uscc
    handed_in = standing_submission(opened)
    return Dossier(
        enterprise=enterprise_names(desk.records, [uscc])[uscc],
        uscc=uscc,
        assessed=opened.assessed,
        day=opened.row.day,
        made_at=desk.work.now.astimezone(CHINA).replace(tzinfo=None),
        ahead=opened.ahead,
        tasks=plan_of(opened),
        evidence=titles_by_item(opened),
        origins={no: head.source for no in opened.standard.items if (head := opened.answers.head(no)) is not None},
        handed_in=None if handed_in is None else HandedIn(handed_in.version, handed_in.sha256),
    )


def titles_by_item(opened: Opened) -> dict[str, tuple[str, ...]]:
    """Return the titles of the documents that prove each item."""
    return {
        no: tuple(one.title for one in documents) for no, documents in documents_by_item(evidence_of(opened)).items()
    }


def plan_of(opened: Opened) -> tuple[PlanTask, ...]:
    """Return the plan as it is put on paper and into a calendar."""
    return tuple(_task(row) for row in list_tasks(opened))


def standing_submission(opened: Opened) -> Submission | None:
    """Return the version in force, if nothing was changed since: only then is a paper of that version."""
    found = next(iter(list_submissions(opened)), None)
    if found is None or found.withdrawn_at is not None or opened.row.changed_at > found.submitted_at:
        return None
    return found


def _task(row: AssessmentTask) -> PlanTask:
    return PlanTask(row.id, row.item, row.what, row.owner, row.due, row.remind_days, row.done_at is not None)
