"""What an enterprise sees of the review: which items came back, what to do, until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from api.store import ReviewCase, Submission
from api.usecases.assess import Opened
from api.usecases.review.deciding import Decided, decisions_of
from api.usecases.review.words import Decision, State


@dataclass(frozen=True, slots=True)
class Answered:
    """How the version handed in last was answered; the officer's name and grades are not shown."""

    version: int
    state: State
    decision: Decided
    at: datetime


def answer_to(opened: Opened) -> Answered | None:
    """Return what was decided about the version in force, or None while nothing was."""
    session = opened.desk.work.session
    statement = (
        select(Submission.version, Submission.withdrawn_at, ReviewCase)
        .outerjoin(ReviewCase, ReviewCase.submission_id == Submission.id)
        .where(Submission.assessment_id == opened.id)
        .order_by(Submission.version.desc())
        .limit(1)
    )
    latest = session.execute(statement).first()
    if latest is None or latest.withdrawn_at is not None or latest.ReviewCase is None:
        return None
    state = State(latest.ReviewCase.state)
    wanted = {State.RETURNED: Decision.RETURN, State.ACCEPTED: Decision.ACCEPT}.get(state)
    decided = [one for one in decisions_of(opened.desk.work, latest.ReviewCase) if one.kind is wanted]
    return Answered(latest.version, state, decided[-1], decided[-1].at) if decided else None
