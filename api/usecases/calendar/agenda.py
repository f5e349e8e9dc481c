"""Put the calendar of the person's enterprise together. Read this first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select

from api.store import Assessment, AssessmentTask
from api.usecases.assess import CHINA, Desk
from api.usecases.calendar.duties import dated_duties, undated_duties
from api.usecases.calendar.entries import Agenda, Entry, in_order
from api.usecases.calendar.recorded import recorded_duties, recorded_entries
from api.usecases.calendar.returned import returned_entries
from api.usecases.enterprise_standing import Standing, read_standing
from api.usecases.sessions.offer import list_own
from api.usecases.sessions.topics import STATES, State
from selfassess.text import text

LONGEST_TITLE = 120
MOST_TASKS = 500


def read_agenda(desk: Desk, standing: Standing | None = None) -> Agenda:
    """Return the calendar of the enterprise. Raises `NotAllowed` for a person without one.

    Where the records are away it holds what does not come from them, and says so.
    """
    uscc, today = desk.uscc, desk.today
    if standing is None:
        standing = read_standing(desk.records, desk.scope, uscc, today)
    entries = [
        *recorded_entries(standing),
        *dated_duties(standing.level, today),
        *returned_entries(desk),
        *_tasks(desk, uscc),
        *_sessions(desk),
    ]
    duties = (*recorded_duties(standing), *undated_duties(standing.level))
    return Agenda(today, in_order(entries), duties, away=standing.away)


def _tasks(desk: Desk, uscc: str) -> Iterator[Entry]:
    statement = (
        select(AssessmentTask)
        .join(Assessment, Assessment.id == AssessmentTask.assessment_id)
        .where(
            AssessmentTask.uscc == uscc,
            AssessmentTask.done_at.is_(None),
            AssessmentTask.due.is_not(None),
            Assessment.put_away_at.is_(None),
        )
        .order_by(AssessmentTask.due, AssessmentTask.id)
        .limit(MOST_TASKS)
    )
    for task in desk.work.session.scalars(statement):
        what = " ".join(task.what.split())[:LONGEST_TITLE]
        yield Entry(
            key=f"task:{task.id}",
            sort="task",
            day=task.due or date.max,
            title=text(f"第{task.item}项 {what}", f"Item {task.item} {what}"),
            basis="own",
            link=f"/assessments/{task.assessment_id}/plan",
        )


def _sessions(desk: Desk) -> Iterator[Entry]:
    """Sessions of the experience centre ahead, booked or waited for."""
    for one in list_own(desk.work):
        own, row = one.own_standing, one.row
        if own is None or row.cancelled_at is not None or row.ends_at <= desk.work.now:
            continue
        waiting = STATES[State.WAITING] if own.state == State.WAITING else None
        yield Entry(
            key=f"session:{own.id}",
            sort="session",
            day=row.starts_at.astimezone(CHINA).date(),
            title=text(f"体验中心：{row.title}", f"Experience centre: {row.title}"),
            basis="booked",
            note=waiting or text(row.place, row.place),
            link=f"/sessions/{row.id}",
            starts_at=row.starts_at,
            ends_at=row.ends_at,
        )
