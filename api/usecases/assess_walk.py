"""Where a person stands in the walk through an assessment: kept in the store, so that it goes on anywhere.

Answers and figures are the assessment's; only the place, what was skipped and what was just asked are the person's.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from sqlalchemy import select

from api.store import Assessment, AssessmentWalk
from api.usecases.assess import Desk, Opened, plainly
from selfassess.walk import View, Walk, merge, read_walk, start, view_of, write_walk


@dataclass(frozen=True)
class Standing:
    """The walk, what it sees, and which answers to its item the person was shown."""

    walk: Walk
    view: View
    shown: str


def current_assessment(desk: Desk) -> str | None:
    """Return the assessment whose walk the person took part in last, on whatever device or channel."""
    statement = (
        select(AssessmentWalk.assessment_id)
        .join(Assessment, Assessment.id == AssessmentWalk.assessment_id)
        .where(
            AssessmentWalk.account_id == desk.work.who.account_id,
            AssessmentWalk.uscc == desk.uscc,
            Assessment.put_away_at.is_(None),
        )
        .order_by(AssessmentWalk.changed_at.desc(), AssessmentWalk.assessment_id)
        .limit(1)
    )
    return desk.work.session.scalars(statement).first()


def standing(opened: Opened) -> Standing:
    """Return where the person stands, with the answers and figures as they are by now. Raises `BadInput`."""
    with plainly():
        view = view_of(opened.situation)
    row = _row(opened)
    if row is None:
        return Standing(start(view, opened.answers.settled), view, "")
    position = json.loads(row.position)
    shown = str(position.pop("shown"))
    kept = read_walk({**position, "answers": {}, "finance": {}})
    walk = replace(kept, answers=opened.answers.settled, finance=dict(opened.figures.content))
    if walk.at is not None and walk.at not in view.numbers:
        walk = replace(walk, at=None, pending=None)
    return Standing(walk, view, shown)


def moved_on(opened: Opened, stands: Standing) -> Standing:
    """Where to go on from: past an item that somebody else, or the form, answered since it was shown."""
    walk = stands.walk
    answered_since = walk.at is None or opened.answers.seen(walk.at) != stands.shown
    if walk.stopped or not answered_since:
        return stands
    return replace(stands, walk=merge(walk, stands.view, {}))


def keep_walk(opened: Opened, walk: Walk) -> None:
    """Store where the person stands, and that this assessment is the one being worked on."""
    work = opened.desk.work
    content = write_walk(replace(walk, answers={}, finance={}))
    content["shown"] = opened.answers.seen(walk.at) if walk.at is not None else ""
    row = _row(opened)
    if row is None:
        row = AssessmentWalk(assessment_id=opened.id, account_id=work.who.account_id, uscc=opened.row.uscc)
        work.session.add(row)
    row.position, row.changed_at = json.dumps(content, ensure_ascii=False, sort_keys=True), work.now
    work.session.flush()


def _row(opened: Opened) -> AssessmentWalk | None:
    return opened.desk.work.session.get(AssessmentWalk, (opened.id, opened.desk.work.who.account_id))
