"""The queue of a district: which versions wait for review, until when, who has them, and how much everybody has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from sqlalchemy import select

from api.auth.identity import Kind
from api.records.gateway.reach import Reached
from api.store import Account, ReviewCase, Submission
from api.usecases.assess import CHINA
from api.usecases.assess_review import list_handed_in
from api.usecases.review.desk import ReviewDesk
from api.usecases.review.words import State

# Our own target, not a rule: none that we hold says how long the review of a self-assessment may take.
DAYS_TO_REVIEW = 20
AT_ONCE = 500
Whose = Literal["", "mine", "free", "others"]


@dataclass(frozen=True, slots=True)
class Waiting:
    """One version of the queue. ``turn`` goes with what is done about it."""

    submission: Submission
    enterprise: Reached
    state: State
    officer_id: str
    officer: str
    turn: int
    due: date

    def is_overdue(self, today: date) -> bool:
        """Whether the day has passed on which the officer, or the enterprise, should have been done."""
        return self.state is not State.ACCEPTED and self.due < today


@dataclass(frozen=True, slots=True)
class Filter:
    """What to show of the queue; empty fields leave nothing out. ``state`` may also be ``open`` or ``all``."""

    office: str = ""
    standard: str = ""
    state: str = "open"
    whose: str = ""
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class Load:
    """How many versions an officer has, and how many of them are overdue."""

    officer_id: str
    name: str
    number: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Queue:
    """What is shown, out of everything within reach."""

    shown: Sequence[Waiting]
    everything: Sequence[Waiting]
    load: Sequence[Load]

    @property
    def offices(self) -> Mapping[str, str]:
        """The offices there is something of, by code."""
        found = {one.enterprise.customs_office: one.enterprise.customs_office_name for one in self.everything}
        return dict(sorted(found.items()))

    @property
    def standards(self) -> Sequence[str]:
        """The standards there is something of."""
        return sorted({one.submission.standard for one in self.everything})


def read_queue(desk: ReviewDesk, wanted: Filter) -> Queue:
    """Return the queue within reach, what is due first on top."""
    handed_in = list_handed_in(desk.work, desk.reader, desk.scope)
    cases = _cases(desk, [one.submission.id for one in handed_in])
    names = _names(desk, {case.officer_id for case in cases.values() if case.officer_id})
    everything = [_waiting(one.submission, one.enterprise, cases.get(one.submission.id), names) for one in handed_in]
    everything.sort(key=lambda one: (one.due, one.submission.submitted_at, one.submission.id))
    shown = [one for one in everything if _is_wanted(one, wanted, desk)]
    return Queue(shown, everything, _load(desk, everything))


def review_due(submission: Submission) -> date:
    """Return the day by which a version should be reviewed."""
    return submission.submitted_at.astimezone(CHINA).date() + timedelta(days=DAYS_TO_REVIEW)


def _waiting(submission: Submission, enterprise: Reached, case: ReviewCase | None, names: Mapping[str, str]) -> Waiting:
    state = State(case.state) if case else State.FREE
    officer_id = (case.officer_id if case else None) or ""
    due = case.due_on if case and case.due_on and state is State.RETURNED else review_due(submission)
    turn = case.turn if case else 0
    return Waiting(submission, enterprise, state, officer_id, names.get(officer_id, ""), turn, due)


def _is_wanted(one: Waiting, wanted: Filter, desk: ReviewDesk) -> bool:
    mine = one.officer_id == desk.work.who.account_id
    whose = {"mine": mine, "free": not one.officer_id, "others": bool(one.officer_id) and not mine}
    late = one.is_overdue(desk.today)
    states = {"all": True, "open": one.state.is_open or (one.state is State.RETURNED and late)}
    return (
        wanted.office in ("", one.enterprise.customs_office)
        and wanted.standard in ("", one.submission.standard)
        and states.get(wanted.state, one.state == wanted.state)
        and whose.get(wanted.whose, True)
        and (late or not wanted.overdue)
    )


def _load(desk: ReviewDesk, everything: Sequence[Waiting]) -> list[Load]:
    """Every officer of the scope and everybody who has something, the one with most first."""
    taken = [one for one in everything if one.state is State.TAKEN]
    number = Counter(one.officer_id for one in taken)
    late = Counter(one.officer_id for one in taken if one.is_overdue(desk.today))
    names = {one.officer_id: one.officer for one in taken} | _colleagues(desk)
    listed = [Load(id_, name, number[id_], late[id_]) for id_, name in names.items()]
    return sorted(listed, key=lambda one: (-one.number, one.name, one.officer_id))


def _colleagues(desk: ReviewDesk) -> dict[str, str]:
    if not desk.work.who.customs:
        return {}
    statement = select(Account.id, Account.display_name).where(
        Account.kind == Kind.OFFICER,
        Account.customs.startswith(desk.work.who.customs, autoescape=True),
        Account.disabled_at.is_(None),
    )
    return {row.id: row.display_name for row in desk.work.session.execute(statement)}


def _cases(desk: ReviewDesk, ids: Sequence[str]) -> dict[str, ReviewCase]:
    found: dict[str, ReviewCase] = {}
    for start in range(0, len(ids), AT_ONCE):
        statement = select(ReviewCase).where(ReviewCase.submission_id.in_(ids[start : start + AT_ONCE]))
        found |= {case.submission_id: case for case in desk.work.session.scalars(statement)}
    return found


def _names(desk: ReviewDesk, ids: set[str]) -> dict[str, str]:
    statement = select(Account.id, Account.display_name).where(Account.id.in_(ids))
    return {row.id: row.display_name for row in desk.work.session.execute(statement)}
