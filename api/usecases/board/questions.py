"""The board: groups of questions that were not answered well, who looks after each, and how often they are asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from api.auth.identity import Kind
from api.auth.work import Work
from api.errors import BadInput, NotFound
from api.store import Account, AnswerRating, BoardCase, BoardQuestion

STATES = ("open", "answered", "set_aside")
ENDINGS = ("unknown", "out_of_scope", "wrong", "outdated")
LOOKED_AFTER_BY = (Kind.COORDINATOR, Kind.OFFICER)
PAGE = 30
WEEKS = 8
LONGEST_REASON = 300


@dataclass(frozen=True)
class Listed:
    """A group as the board lists it; ``weeks`` are the counts of the last weeks, the present one last."""

    row: BoardQuestion
    count: int
    endings: tuple[tuple[str, int], ...]
    weeks: tuple[int, ...]
    assignee: str


@dataclass(frozen=True)
class Choice:
    """Which groups to list; an empty field asks for nothing."""

    state: str = "open"
    ending: str = ""
    assigned_to: str = ""


def list_questions(work: Work, choice: Choice, today: date, after: int = 0) -> list[Listed]:
    """Return the groups chosen, those asked most often first."""
    count = func.count(BoardCase.id)
    statement = (
        select(BoardQuestion)
        .join(BoardCase, BoardCase.question_id == BoardQuestion.id)
        .group_by(BoardQuestion.id)
        .order_by(count.desc(), BoardQuestion.last_at.desc(), BoardQuestion.id)
    )
    if choice.state in STATES:
        statement = statement.where(BoardQuestion.state == choice.state)
    if choice.ending in ENDINGS:
        statement = statement.where(BoardCase.ending == choice.ending)
    if choice.assigned_to:
        statement = statement.where(BoardQuestion.assigned_to == choice.assigned_to)
    rows = work.session.scalars(statement.offset(after).limit(PAGE)).all()
    return _listed(work, rows, today)


def get_question(work: Work, question_id: str, today: date) -> Listed:
    """Return one group. Raises `NotFound`."""
    return _listed(work, [_found(work, question_id)], today)[0]


def cases_of(work: Work, question_id: str, most: int = 50) -> list[tuple[BoardCase, str]]:
    """Return the questions of a group with the comments on their answers, newest first."""
    statement = (
        select(BoardCase, AnswerRating.comment)
        .outerjoin(AnswerRating, AnswerRating.answer_id == BoardCase.answer_id)
        .where(BoardCase.question_id == question_id)
        .order_by(BoardCase.asked_on.desc(), BoardCase.id)
        .limit(most)
    )
    return [(case, comment or "") for case, comment in work.session.execute(statement).all()]


def people_to_assign(work: Work) -> list[Account]:
    """Return who can look after a question."""
    statement = select(Account).where(Account.kind.in_(LOOKED_AFTER_BY), Account.disabled_at.is_(None))
    return list(work.session.scalars(statement.order_by(Account.display_name, Account.id)))


def assign(work: Work, question_id: str, account_id: str) -> None:
    """Give a question to somebody, or to nobody. Raises `NotFound`, `BadInput`."""
    row = _found(work, question_id)
    if account_id and account_id not in {account.id for account in people_to_assign(work)}:
        raise BadInput("请选择一位协调员或关员。", "Choose a coordinator or an officer.")
    row.assigned_to = account_id or None
    work.session.flush()
    work.note("board_assigned", question_id, to=account_id)


def set_aside(work: Work, question_id: str, reason: str) -> None:
    """Say that a question needs no guide; the reason stays with it. Raises `NotFound`, `BadInput`."""
    row = _found(work, question_id)
    if not reason.strip():
        raise BadInput("请填写理由。", "Please give a reason.")
    row.state, row.why = "set_aside", reason.strip()[:LONGEST_REASON]
    work.session.flush()
    work.note("board_set_aside", question_id)


def reopen(work: Work, question_id: str) -> None:
    """Put a question back on the board. Raises `NotFound`."""
    row = _found(work, question_id)
    row.state, row.why = "open", ""
    work.session.flush()
    work.note("board_reopened", question_id)


def _found(work: Work, question_id: str) -> BoardQuestion:
    row = work.session.get(BoardQuestion, question_id)
    if row is None:
        raise NotFound("没有这个问题。", "There is no such question.")
    return row


def _listed(work: Work, rows: Sequence[BoardQuestion], today: date) -> list[Listed]:
    names = [row.id for row in rows]
    endings: dict[str, Counter[str]] = {name: Counter() for name in names}
    counted = select(BoardCase.question_id, BoardCase.ending, func.count()).where(BoardCase.question_id.in_(names))
    for name, ending, number in work.session.execute(counted.group_by(BoardCase.question_id, BoardCase.ending)):
        endings[name][ending] = number
    days: dict[str, Counter[date]] = {name: Counter() for name in names}
    since = first_day_of_weeks(today)
    daily = select(BoardCase.question_id, BoardCase.asked_on, func.count()).where(
        BoardCase.question_id.in_(names), BoardCase.asked_on >= since
    )
    for name, day, number in work.session.execute(daily.group_by(BoardCase.question_id, BoardCase.asked_on)):
        days[name][day] = number
    people = {row.assigned_to for row in rows if row.assigned_to}
    named = work.session.execute(select(Account.id, Account.display_name).where(Account.id.in_(people)))
    called = {account_id: name for account_id, name in named}
    return [
        Listed(
            row,
            endings[row.id].total(),
            tuple((ending, endings[row.id][ending]) for ending in ENDINGS if endings[row.id][ending]),
            by_week(days[row.id].items(), since),
            called.get(row.assigned_to or "", ""),
        )
        for row in rows
    ]


def first_day_of_weeks(today: date) -> date:
    """Return the Monday with which the weeks of the board begin."""
    return today - timedelta(days=today.weekday(), weeks=WEEKS - 1)


def by_week(days: Iterable[tuple[date, int]], since: date) -> tuple[int, ...]:
    """Return the counts of the weeks from a Monday on."""
    weeks = [0] * WEEKS
    for day, number in days:
        place = (day - since).days // 7
        if 0 <= place < WEEKS:
            weeks[place] += number
    return tuple(weeks)
