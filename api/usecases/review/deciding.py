"""What an officer decides about a version: return it for rectification, accept it, note something, escalate it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from api.auth.work import Work
from api.errors import BadInput, Conflict, NotFound
from api.records.wording import day_text
from api.store import Account, Membership, ReviewCase, ReviewDecision, Submission
from api.usecases.assess_stored import is_plain
from api.usecases.channels.notices import notify
from api.usecases.review.desk import ReviewDesk
from api.usecases.review.frozen import Frozen, frozen_claims
from api.usecases.review.grading import grades_of
from api.usecases.review.turns import advance, held, note, read_reason
from api.usecases.review.words import Decision, State
from selfassess.loader import get_standard

USUAL_DAYS = 20  # our own proposal: no rule that we hold sets a period for a self-assessment
LONGEST_PERIOD = timedelta(days=366)
LONGEST_TASK = 500
MOST_NAMED = 12
NO_DECISION = ("没有这项决定。", "There is no such decision.")


@dataclass(frozen=True, slots=True)
class Returned:
    """One item to put right: what to do, and by when."""

    no: str
    what: str
    due: date


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as it was taken."""

    number: int
    kind: Decision
    reason: str
    items: tuple[Returned, ...]
    officer: str
    at: datetime

    @property
    def due(self) -> date | None:
        """The last day of any item."""
        return max((one.due for one in self.items), default=None)


def decide(
    desk: ReviewDesk, submission_id: str, turn: int, kind: Decision, reason: str, items: Sequence[Returned] = ()
) -> int:
    """Take a decision and return its number. Raises `NotFound`, `BadInput`, `Conflict` for who has not taken it.

    The enterprise is told of a return and of an acceptance.
    """
    handled, case = held(desk, submission_id)
    submission, work = handled.submission, desk.work
    why, frozen = read_reason(reason), frozen_claims(submission)
    returned = _checked(desk, frozen, items) if kind is Decision.RETURN else ()
    if kind is Decision.ACCEPT:
        _require_graded(work, case, frozen)
    advance(work, case, turn, **_after(work, kind, returned))
    number = (work.session.scalar(_last(case)) or 0) + 1
    work.session.add(
        ReviewDecision(
            case_id=case.id,
            number=number,
            uscc=case.uscc,
            kind=kind,
            reason=why,
            content=json.dumps([_as_json(one) for one in returned], ensure_ascii=False),
            officer_id=work.who.account_id,
            at=work.now,
        )
    )
    work.session.flush()
    _tell(work, submission, kind, returned, number)
    note(desk, submission, f"review_{kind}", why=why, items=",".join(one.no for one in returned))
    return number


def decisions_of(work: Work, case: ReviewCase | None) -> Sequence[Decided]:
    """Return what was decided, the first decision first."""
    if case is None:
        return ()
    statement = (
        select(ReviewDecision, Account.display_name)
        .outerjoin(Account, Account.id == ReviewDecision.officer_id)
        .where(ReviewDecision.case_id == case.id)
        .order_by(ReviewDecision.number)
    )
    return [_decided(row, name or "") for row, name in work.session.execute(statement)]


def find_decision(work: Work, case: ReviewCase | None, number: int) -> Decided:
    """Return a decision by its number. Raises `NotFound`."""
    found = next((one for one in decisions_of(work, case) if one.number == number), None)
    if found is None:
        raise NotFound(*NO_DECISION)
    return found


def _decided(row: ReviewDecision, officer: str) -> Decided:
    items = tuple(Returned(one["item"], one["what"], date.fromisoformat(one["due"])) for one in json.loads(row.content))
    return Decided(row.number, Decision(row.kind), row.reason, items, officer, row.at)


def _after(work: Work, kind: Decision, items: Sequence[Returned]) -> dict[str, Any]:
    """What becomes of the review."""
    if kind is Decision.NOTE:
        return {}
    if kind is Decision.ESCALATE:
        return {"state": State.ESCALATED, "officer_id": None, "escalated_by": work.who.account_id}
    state = State.RETURNED if kind is Decision.RETURN else State.ACCEPTED
    return {"state": state, "decided_at": work.now, "due_on": max((one.due for one in items), default=None)}


def _checked(desk: ReviewDesk, frozen: Frozen, items: Sequence[Returned]) -> tuple[Returned, ...]:
    if not items:
        raise BadInput("请至少选一项要补正的项目。", "Choose at least one item to put right.")
    unknown = [one.no for one in items if one.no not in frozen.items]
    if unknown or len({one.no for one in items}) != len(items):
        raise BadInput("标准里没有这一项。", "The standard has no such item.")
    for one in items:
        if not one.what.strip() or len(one.what) > LONGEST_TASK or not is_plain(one.what):
            raise BadInput(
                f"第{one.no}项：请用{LONGEST_TASK}字以内写明要做什么。",
                f"Item {one.no}: say what to do in at most {LONGEST_TASK} characters.",
            )
        if not desk.today < one.due <= desk.today + LONGEST_PERIOD:
            raise BadInput(
                f"第{one.no}项：期限应当在今天之后的一年内。", f"Item {one.no}: the last day lies within the next year."
            )
    chosen = {one.no: one for one in items}
    return tuple(Returned(no, chosen[no].what.strip(), chosen[no].due) for no in frozen.items if no in chosen)


def _require_graded(work: Work, case: ReviewCase, frozen: Frozen) -> None:
    graded = grades_of(work, case)
    left = [no for no, claim in frozen.claims.items() if claim.concerns and no not in graded]
    if left:
        raise Conflict(
            f"还有{len(left)}项没有评定，评定完才能接受。",
            f"{len(left)} items are not graded: grade them before accepting.",
        )


def _tell(work: Work, submission: Submission, kind: Decision, items: Sequence[Returned], number: int) -> None:
    """Leave the people of the enterprise a notice."""
    if kind not in (Decision.RETURN, Decision.ACCEPT):
        return
    title = get_standard(submission.standard).title.zh
    if kind is Decision.RETURN:
        named = "、".join(one.no for one in items[:MOST_NAMED]) + ("等" if len(items) > MOST_NAMED else "")
        due = day_text(max(one.due for one in items), "zh-Hans")
        text = f"提交的自评（{title}，第{submission.version}版）退回补正：第{named}项，共{len(items)}项，最迟{due}。"
    else:
        text = f"提交的自评（{title}，第{submission.version}版）已审核并接受。这不是认证决定。"
    link = f"/assessments/{submission.assessment_id}/submissions"
    people = select(Membership.account_id).where(Membership.uscc == submission.uscc)
    for account_id in work.session.scalars(people).all():
        key = f"review:{submission.id}:{number}"
        notify(work.session, account_id, key, "review", text, work.now, uscc=submission.uscc, link=link)


def _last(case: ReviewCase) -> Any:
    return select(func.max(ReviewDecision.number)).where(ReviewDecision.case_id == case.id)


def _as_json(one: Returned) -> dict[str, str]:
    return {"item": one.no, "what": one.what, "due": one.due.isoformat()}
