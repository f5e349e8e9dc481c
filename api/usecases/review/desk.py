"""What an officer works with, and how a version is opened: within reach, in force, with its review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import defer

from api.auth.work import Work
from api.errors import Conflict, NotFound
from api.records.gateway.rating import Enterprise
from api.records.reader import Reader
from api.records.scope import Scope
from api.services import Services
from api.store import ReviewCase, Submission
from api.usecases.assess_submission import NO_VERSION
from api.usecases.record_reading import enterprise_in_reach

LONGEST_REASON = 500


@dataclass(frozen=True)
class ReviewDesk:
    """The transaction, the records within reach, and the day."""

    services: Services
    work: Work
    reader: Reader
    scope: Scope
    today: date


@dataclass(frozen=True)
class Handled:
    """A version about which something is done, the enterprise, and its review where one began."""

    submission: Submission
    enterprise: Enterprise
    case: ReviewCase | None


def find_version(desk: ReviewDesk, submission_id: str) -> Handled:
    """Return a version in force of an enterprise in reach. Raises `NotFound`."""
    session = desk.work.session
    statement = select(Submission).where(Submission.id == submission_id, Submission.withdrawn_at.is_(None))
    found = session.scalars(statement.options(defer(Submission.snapshot))).first()
    if found is None:
        raise NotFound(*NO_VERSION)
    try:
        enterprise = enterprise_in_reach(desk.reader, desk.scope, desk.work.who, found.uscc)
    except NotFound as error:
        raise NotFound(*NO_VERSION) from error
    case = session.scalars(select(ReviewCase).where(ReviewCase.submission_id == submission_id)).first()
    return Handled(found, enterprise, case)


def require_latest(desk: ReviewDesk, submission: Submission) -> None:
    """Raise `Conflict` where the enterprise handed in a newer version meanwhile."""
    statement = select(func.max(Submission.version)).where(Submission.assessment_id == submission.assessment_id)
    if desk.work.session.scalar(statement) != submission.version:
        raise Conflict(
            "企业已经提交新的一版，请审核新的一版。", "The enterprise has handed in a newer version: review that one."
        )
