"""What officers returned to be put right, as days of the calendar."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select

from api.store import Assessment, ReviewCase, Submission
from api.usecases.assess import Desk
from api.usecases.calendar.entries import Entry
from api.usecases.review.deciding import decisions_of
from api.usecases.review.words import Decision, State
from selfassess.text import text

LONGEST_TITLE = 120


def returned_entries(desk: Desk) -> Iterator[Entry]:
    """Yield the items that came back with the version handed in last, until a new version is handed in."""
    for assessment_id, case in _returned(desk):
        decided = [one for one in decisions_of(desk.work, case) if one.kind is Decision.RETURN]
        for item in decided[-1].items if decided else ():
            what = " ".join(item.what.split())[:LONGEST_TITLE]
            yield Entry(
                key=f"returned:{case.id}:{item.no}",
                sort="rectification",
                day=item.due,
                title=text(f"退回补正第{item.no}项：{what}", f"Put item {item.no} right: {what}"),
                basis="asked",
                link=f"/assessments/{assessment_id}#returned",
            )


def _returned(desk: Desk) -> list[tuple[str, ReviewCase]]:
    latest = (
        select(Submission.assessment_id, func.max(Submission.version).label("version"))
        .where(Submission.uscc == desk.uscc)
        .group_by(Submission.assessment_id)
        .subquery()
    )
    statement = (
        select(Submission.assessment_id, ReviewCase)
        .join(latest, (latest.c.assessment_id == Submission.assessment_id) & (latest.c.version == Submission.version))
        .join(ReviewCase, ReviewCase.submission_id == Submission.id)
        .join(Assessment, Assessment.id == Submission.assessment_id)
        .where(
            ReviewCase.uscc == desk.uscc,
            ReviewCase.state == State.RETURNED,
            Submission.withdrawn_at.is_(None),
            Assessment.put_away_at.is_(None),
        )
        .order_by(Submission.assessment_id)
    )
    return [(assessment_id, case) for assessment_id, case in desk.work.session.execute(statement)]
