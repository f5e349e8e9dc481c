"""How satisfied people were: asked of who came, shown to who managed the session, never for a small group."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import fmean

from sqlalchemy import select

from api.auth.work import Work
from api.errors import BadInput, Conflict
from api.records.gateway.suppression import SMALL_GROUP
from api.store import Booking, CentreSession, SurveyReply
from api.usecases.assess_stored import is_plain
from api.usecases.sessions.booking import open_booking
from api.usecases.sessions.topics import State
from selfassess.text import Text, text

LONGEST_COMMENT = 1000
MARKS = range(1, 6)
QUESTIONS: dict[str, Text] = {
    "content": text("内容对工作有没有用", "Was the content useful for your work"),
    "teaching": text("讲解清楚不清楚", "Was it explained clearly"),
    "arrangement": text("组织安排是否满意", "Were the arrangements satisfactory"),
}


@dataclass(frozen=True, slots=True)
class SurveyIn:
    """Marks from 1, the worst, to 5, and a comment."""

    content: int
    teaching: int
    arrangement: int
    comment: str = ""


@dataclass(frozen=True, slots=True)
class SurveyResult:
    """The mean marks of a session and what was said. None of it where fewer than `SMALL_GROUP` replied.

    ``comments`` are in the order of their letters: neither time nor enterprise can be read from it.
    """

    replies: int | None
    means: dict[str, float]
    comments: tuple[str, ...]

    @property
    def is_shown(self) -> bool:
        """Whether enough people replied."""
        return self.replies is not None


def can_reply(work: Work, booking: Booking, row: CentreSession) -> bool:
    """Whether the enterprise may say what it thought: after the session, unless it did not come."""
    return row.cancelled_at is None and row.ends_at <= work.now and booking.state in (State.BOOKED, State.ATTENDED)


def find_reply(work: Work, booking_id: str) -> SurveyReply | None:
    """Return what was replied for a booking."""
    return work.session.get(SurveyReply, booking_id)


def reply(work: Work, booking_id: str, given: SurveyIn) -> SurveyReply:
    """Keep what the enterprise thought; a second reply takes the place of the first.

    Raises `NotFound`, `BadInput`, `Conflict`.
    """
    booking, row = open_booking(work, booking_id)
    if not can_reply(work, booking, row):
        raise Conflict("参加以后才能填写调查。", "The survey is for those who came, after the session.")
    if not all(mark in MARKS for mark in (given.content, given.teaching, given.arrangement)):
        raise BadInput("每个问题请选1到5分。", "Choose a mark from 1 to 5 for every question.")
    if len(given.comment) > LONGEST_COMMENT or not is_plain(given.comment):
        raise BadInput(f"意见最多{LONGEST_COMMENT}字。", f"A comment has at most {LONGEST_COMMENT} characters.")
    found = find_reply(work, booking.id)
    if found is None:
        found = SurveyReply(booking_id=booking.id, session_id=row.id, uscc=booking.uscc)
        work.session.add(found)
    found.content, found.teaching, found.arrangement = given.content, given.teaching, given.arrangement
    found.comment, found.account_id, found.answered_at = given.comment.strip(), work.who.account_id, work.now
    work.session.flush()
    work.note("session_survey", work.trail.enterprise(booking.uscc), centre_session=row.id)
    return found


def survey_result(work: Work, row: CentreSession) -> SurveyResult:
    """Return what was thought of a session."""
    replies = work.session.scalars(select(SurveyReply).where(SurveyReply.session_id == row.id)).all()
    if len(replies) < SMALL_GROUP:
        return SurveyResult(None, {}, ())
    means = {name: fmean(getattr(one, name) for one in replies) for name in QUESTIONS}
    return SurveyResult(len(replies), means, tuple(sorted(one.comment for one in replies if one.comment)))
