"""/api/v1/reviews/{id}/…: officers take, release and reassign a version, grade its items and decide."""

from __future__ import annotations

from datetime import date, datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field

from api.routes.assessment_desk import Id
from api.routes.assessments import REFUSALS
from api.routes.problems import problems
from api.routes.review_desk import TO_DECIDE, TO_READ, ReviewDeskDep
from api.store import ReviewCase
from api.usecases.review.deciding import LONGEST_TASK, Returned, decide, decisions_of
from api.usecases.review.desk import LONGEST_REASON, ReviewDesk
from api.usecases.review.grading import LONGEST_COMMENT, Given, grade_item, grades_of
from api.usecases.review.reading import read_version
from api.usecases.review.turns import current, reassign, release, take
from api.usecases.review.words import Decision, State, Why
from selfassess.grades import Grade

router = APIRouter(
    prefix="/api/v1/reviews/{submission_id}", tags=["review"], responses=REFUSALS | problems(HTTPStatus.CONFLICT)
)
Item = Annotated[str, Path(max_length=8)]
Reason = Annotated[str, Field(max_length=LONGEST_REASON)]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid")


class TurnIn(_In):
    """What the person saw last: another turn by now is refused with 409."""

    turn: int = Field(default=0, ge=0)
    reason: Reason = ""


class ReassignIn(TurnIn):
    """To whom it goes."""

    to: Annotated[str, Field(max_length=32)] = ""


class GradeIn(_In):
    """An officer's grade. ``seen`` is the number of the grade that counted before, 0 for none."""

    grade: Annotated[str, Field(max_length=20)] = ""
    why: Annotated[str, Field(max_length=20)] = ""
    comment: Annotated[str, Field(max_length=LONGEST_COMMENT)] = ""
    seen: int = Field(default=0, ge=0)


class ReturnedIn(_In):
    """An item to put right."""

    item: Annotated[str, Field(max_length=8)]
    what: Annotated[str, Field(max_length=LONGEST_TASK)]
    due: date


class DecisionIn(TurnIn):
    """A decision; ``items`` where it is a return."""

    kind: Decision
    items: Annotated[list[ReturnedIn], Field(max_length=200)] = Field(default_factory=list)


class CaseOut(BaseModel):
    """Where a review stands."""

    submission_id: str
    state: State
    turn: int
    due_on: date | None


class GradeOut(BaseModel):
    """An officer's grade of an item, beside what the enterprise said."""

    number: int
    grade: Grade
    claimed: Grade
    why: Why
    comment: str
    officer: str
    at: datetime


class ReturnedOut(BaseModel):
    """An item to put right."""

    item: str
    what: str
    due: date


class DecisionOut(BaseModel):
    """A decision as it was taken."""

    number: int
    kind: Decision
    reason: str
    items: list[ReturnedOut]
    officer: str
    at: datetime


@router.post("/take", dependencies=[TO_DECIDE])
def post_take(desk: ReviewDeskDep, submission_id: Id, body: TurnIn) -> CaseOut:
    """Take a version for oneself."""
    return _out(take(desk, submission_id, body.turn))


@router.post("/release", dependencies=[TO_DECIDE])
def post_release(desk: ReviewDeskDep, submission_id: Id, body: TurnIn) -> CaseOut:
    """Give a version back to the queue."""
    return _out(release(desk, submission_id, body.turn, body.reason))


@router.post("/reassign", dependencies=[TO_DECIDE])
def post_reassign(desk: ReviewDeskDep, submission_id: Id, body: ReassignIn) -> CaseOut:
    """Give a version to another officer in charge."""
    return _out(reassign(desk, submission_id, body.turn, body.to, body.reason))


@router.get("/grades", dependencies=[TO_READ])
def get_grades(desk: ReviewDeskDep, submission_id: Id) -> dict[str, GradeOut]:
    """Read the officer's grades by item."""
    graded = grades_of(desk.work, read_version(desk, submission_id).case)
    return {
        no: GradeOut(
            number=one.number,
            grade=one.grade,
            claimed=one.claimed,
            why=one.why,
            comment=one.comment,
            officer=one.officer,
            at=one.at,
        )
        for no, one in graded.items()
    }


@router.put("/grades/{no}", dependencies=[TO_DECIDE])
def put_grade(desk: ReviewDeskDep, submission_id: Id, no: Item, body: GradeIn) -> CaseOut:
    """Grade an item; the enterprise's own grade stays as it is."""
    grade_item(desk, submission_id, Given(no, body.grade, body.why, body.comment, body.seen))
    return _now(desk, submission_id)


@router.get("/decisions", dependencies=[TO_READ])
def get_decisions(desk: ReviewDeskDep, submission_id: Id) -> list[DecisionOut]:
    """Read what was decided, the first decision first."""
    return [
        DecisionOut(
            number=one.number,
            kind=one.kind,
            reason=one.reason,
            items=[ReturnedOut(item=item.no, what=item.what, due=item.due) for item in one.items],
            officer=one.officer,
            at=one.at,
        )
        for one in decisions_of(desk.work, read_version(desk, submission_id).case)
    ]


@router.post("/decisions", dependencies=[TO_DECIDE], status_code=HTTPStatus.CREATED)
def post_decision(desk: ReviewDeskDep, submission_id: Id, body: DecisionIn) -> CaseOut:
    """Return the version for rectification, accept it, note something, or escalate it."""
    items = [Returned(one.item, one.what, one.due) for one in body.items]
    decide(desk, submission_id, body.turn, body.kind, body.reason, items)
    return _now(desk, submission_id)


def _now(desk: ReviewDesk, submission_id: str) -> CaseOut:
    return _out(current(desk.work, submission_id))


def _out(case: ReviewCase) -> CaseOut:
    return CaseOut(submission_id=case.submission_id, state=State(case.state), turn=case.turn, due_on=case.due_on)
