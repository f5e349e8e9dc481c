"""Whose turn it is: a version is taken, released, given to another officer, and never decided by two at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, update

from api.auth.identity import Kind
from api.auth.work import Work
from api.errors import BadInput, Conflict, NotAllowed
from api.records.gateway.rating import Enterprise
from api.store import Account, ReviewCase, Submission
from api.store.base import new_id
from api.store.once import insert_once
from api.usecases.assess_stored import is_plain
from api.usecases.review.desk import LONGEST_REASON, Handled, ReviewDesk, find_version, require_latest
from api.usecases.review.words import STATE_NAMES, State

NEVER_TAKEN = 0  # the turn of a version that nobody has touched


def take(desk: ReviewDesk, submission_id: str, turn: int) -> ReviewCase:
    """Take a version for oneself. Raises `NotFound`, `Conflict` where somebody was faster."""
    handled, work = find_version(desk, submission_id), desk.work
    require_latest(desk, handled.submission)
    case = handled.case
    if case is None and turn == NEVER_TAKEN and _begin(work, handled.submission):
        note(desk, handled.submission, "review_taken")
        return current(work, submission_id)
    case = current(work, submission_id)
    if case.turn == turn and case.state == State.ESCALATED and case.escalated_by == work.who.account_id:
        raise Conflict("您上报的这份自评要由别的关员领取。", "Another officer has to take what you escalated.")
    if case.turn == turn and case.state not in (State.FREE, State.ESCALATED):
        raise Conflict(*_second(work, case))
    advance(work, case, turn, state=State.TAKEN, officer_id=work.who.account_id, taken_at=work.now)
    note(desk, handled.submission, "review_taken")
    return case


def release(desk: ReviewDesk, submission_id: str, turn: int, why: str = "") -> ReviewCase:
    """Give a version back to the queue; the grades given so far stay. Raises `NotFound`, `Conflict`, `BadInput`."""
    handled, case = held(desk, submission_id)
    if why:
        read_reason(why)
    advance(desk.work, case, turn, state=State.FREE, officer_id=None, taken_at=None)
    note(desk, handled.submission, "review_released", why=why)
    return case


def reassign(desk: ReviewDesk, submission_id: str, turn: int, to: str, why: str) -> ReviewCase:
    """Give a version to another officer in charge. Raises `NotFound`, `NotAllowed`, `Conflict`, `BadInput`.

    Whoever has it may, and an officer of the whole district.
    """
    handled, work = find_version(desk, submission_id), desk.work
    require_latest(desk, handled.submission)
    reason = read_reason(why)
    if to not in {one.id for one in officers_for(work, handled.enterprise)}:
        raise BadInput("请选择负责这家企业的关员。", "Choose an officer who is in charge of this enterprise.")
    is_own = handled.case is not None and handled.case.officer_id == work.who.account_id
    if not is_own and len(work.who.customs) != 2:
        raise NotAllowed(
            "只有领取人或者直属海关的关员可以改派。",
            "Only whoever has it, or an officer of the district, may reassign it.",
        )
    is_begun = handled.case is None and turn == NEVER_TAKEN and _begin(work, handled.submission)
    case = current(work, submission_id)
    turn = case.turn if is_begun else turn
    if case.turn == turn and not State(case.state).is_open:
        raise Conflict(*_second(work, case))
    advance(work, case, turn, state=State.TAKEN, officer_id=to, taken_at=work.now)
    note(desk, handled.submission, "review_reassigned", to=to, why=reason)
    return case


def held(desk: ReviewDesk, submission_id: str) -> tuple[Handled, ReviewCase]:
    """Return a version that the person has taken, kept from others until the end. Raises `Conflict`, `NotFound`."""
    handled = find_version(desk, submission_id)
    require_latest(desk, handled.submission)
    if handled.case is None:
        raise Conflict("请先领取这份自评。", "Take this self-assessment first.")
    case = current(desk.work, submission_id)
    if case.state != State.TAKEN or case.officer_id != desk.work.who.account_id:
        raise Conflict(*_second(desk.work, case))
    return handled, case


def current(work: Work, submission_id: str) -> ReviewCase:
    """Return the review as it is stored now; others who want to change it wait."""
    statement = select(ReviewCase).where(ReviewCase.submission_id == submission_id).with_for_update()
    return work.session.scalars(statement.execution_options(populate_existing=True)).one()


def advance(work: Work, case: ReviewCase, turn: int, **values: Any) -> None:
    """Change a review if it still is as the person saw it. Raises `Conflict` for whoever comes second."""
    changed = work.session.execute(
        update(ReviewCase)
        .where(ReviewCase.id == case.id, ReviewCase.turn == turn)
        .values(turn=turn + 1, changed_at=work.now, **values)
        .returning(ReviewCase.id)
    ).first()
    work.session.refresh(case)
    if changed is None:
        raise Conflict(*_second(work, case))


def officers_for(work: Work, enterprise: Enterprise) -> Sequence[Account]:
    """Return the officers in charge of an enterprise: of its office, or of its district."""
    codes = (enterprise.customs_office, enterprise.customs_district)
    statement = select(Account).where(
        Account.kind == Kind.OFFICER, Account.customs.in_(codes), Account.disabled_at.is_(None)
    )
    return work.session.scalars(statement.order_by(Account.display_name, Account.id)).all()


def read_reason(written: str) -> str:
    """Return a reason as it is kept. Raises `BadInput`."""
    reason = written.strip()
    if not reason:
        raise BadInput("请写明理由。", "Give a reason.")
    if not is_plain(reason) or len(reason) > LONGEST_REASON:
        raise BadInput(f"理由最多{LONGEST_REASON}字。", f"A reason has at most {LONGEST_REASON} characters.")
    return reason


def note(desk: ReviewDesk, submission: Submission, action: str, why: str = "", **details: str | int) -> None:
    """Write to the audit log; of a reason, its digest."""
    work = desk.work
    if why:
        details["reason_digest"] = work.trail.text_digest(why)
    subject = work.trail.enterprise(submission.uscc)
    work.note(action, subject, submission=submission.id, version=submission.version, **details)


def _begin(work: Work, submission: Submission) -> bool:
    values = {
        "id": new_id(),
        "submission_id": submission.id,
        "uscc": submission.uscc,
        "state": State.TAKEN,
        "officer_id": work.who.account_id,
        "turn": 1,
        "taken_at": work.now,
        "changed_at": work.now,
    }
    return insert_once(work.session, ReviewCase, values)


def _second(work: Work, case: ReviewCase) -> tuple[str, str]:
    """What whoever comes second is told: what happened, by whom."""
    state = State(case.state)
    if state is State.TAKEN and case.officer_id == work.who.account_id:
        return "这份自评在另一个页面改过了，请刷新后再操作。", "It was changed on another page: reload and try again."
    officer = work.session.get(Account, case.officer_id) if case.officer_id else None
    name = officer.display_name if officer else ""
    if state is State.TAKEN:
        return f"这份自评已由{name}领取，您的操作没有保存。", f"{name} has taken it; what you did was not saved."
    if state is State.FREE:
        return "这份自评已经放回队列，请先领取。", "It went back to the queue: take it first."
    zh, en = STATE_NAMES[state].zh, STATE_NAMES[state].en
    by_zh, by_en = (f"由{name}", f" by {name}") if name else ("", "")
    return f"这份自评{by_zh}{zh}，您的操作没有保存。", f"It is {en}{by_en}; what you did was not saved."
