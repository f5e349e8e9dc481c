"""An officer's own grades: kept beside the enterprise's and never in their place."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from api.auth.work import Work
from api.errors import BadInput, Conflict, NotFound
from api.store import Account, ReviewCase, ReviewGrade
from api.usecases.assess_stored import is_plain
from api.usecases.review.desk import ReviewDesk
from api.usecases.review.frozen import Claim, Frozen, frozen_claims
from api.usecases.review.turns import held, note
from api.usecases.review.words import Why
from selfassess.grades import Grade

LONGEST_COMMENT = 1000
NO_ITEM = ("标准里没有这一项。", "The standard has no such item.")


@dataclass(frozen=True, slots=True)
class Given:
    """A grade as an officer gives it. ``seen`` is the number of the grade that the page showed, 0 for none."""

    no: str
    grade: str
    why: str
    comment: str = ""
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Graded:
    """An officer's grade as it counts."""

    number: int
    grade: Grade
    claimed: Grade
    why: Why
    comment: str
    officer: str
    at: datetime

    @property
    def differs(self) -> bool:
        """Whether it is not what the enterprise said."""
        return self.grade is not self.claimed


def grade_item(desk: ReviewDesk, submission_id: str, given: Given) -> str:
    """Store an officer's grade and return the next item that has none, empty when all are graded.

    Raises `NotFound`, `BadInput`, `Conflict` for who has not taken it or comes second.
    """
    handled, case = held(desk, submission_id)
    work, frozen = desk.work, frozen_claims(handled.submission)
    claim = frozen.claims.get(given.no)
    if claim is None:
        raise NotFound(*NO_ITEM)
    grade, why, comment = _checked(given, claim, frozen.items[given.no].grades.allowed)
    earlier = _rows(work, case)
    seen = next((row for row in reversed(earlier) if row.item == given.no), None)
    if (seen.number if seen else 0) != given.seen:
        raise Conflict(
            "这一项刚才在另一个页面评过，请核对后再保存。",
            "It was graded on another page meanwhile: check and save again.",
        )
    onward = _onward(frozen, {row.item for row in earlier}, given.no)
    if seen is not None and (seen.grade, seen.reason, seen.comment) == (grade, why, comment):
        return onward
    work.session.add(
        ReviewGrade(
            case_id=case.id,
            number=earlier[-1].number + 1 if earlier else 1,
            uscc=case.uscc,
            item=given.no,
            claimed=claim.grade,
            grade=grade,
            reason=why,
            comment=comment,
            officer_id=work.who.account_id,
            at=work.now,
        )
    )
    case.turn += 1
    case.changed_at = work.now
    work.session.flush()
    note(desk, handled.submission, "review_graded", item=given.no, grade=grade, code=why)
    return onward


def grades_of(work: Work, case: ReviewCase | None) -> Mapping[str, Graded]:
    """Return the grade that counts of every item an officer has graded."""
    if case is None:
        return {}
    statement = (
        select(ReviewGrade, Account.display_name)
        .outerjoin(Account, Account.id == ReviewGrade.officer_id)
        .where(ReviewGrade.case_id == case.id)
        .order_by(ReviewGrade.number)
    )
    return {
        row.item: Graded(
            row.number, Grade(row.grade), Grade(row.claimed), Why(row.reason), row.comment, name or "", row.at
        )
        for row, name in work.session.execute(statement)
    }


def _checked(given: Given, claim: Claim, allowed: Sequence[Grade]) -> tuple[Grade, Why, str]:
    if claim.exempt:
        raise BadInput("这一项不适用于这家企业，不用评定。", "The item does not concern the enterprise.")
    if given.grade not in {one for one in allowed if one.answered}:
        raise BadInput("请选择评定档次。", "Choose a grade.")
    grade, comment = Grade(given.grade), given.comment.strip()
    if grade is claim.grade and not given.why:
        why = Why.AGREED
    elif given.why not in set(Why) or (given.why == Why.AGREED and grade is not claim.grade):
        raise BadInput("和企业自评不同，请选择理由。", "It differs from the enterprise's grade: choose a reason.")
    else:
        why = Why(given.why)
    if why is Why.OTHER and not comment:
        raise BadInput("理由选“其他”时请写意见。", "Explain the reason “other”.")
    if len(comment) > LONGEST_COMMENT or not is_plain(comment):
        raise BadInput(
            f"意见最多{LONGEST_COMMENT}字，不能有损坏的字符。", f"A comment has at most {LONGEST_COMMENT} characters."
        )
    return grade, why, comment


def _onward(frozen: Frozen, graded: Collection[str], no: str) -> str:
    """The next item without a grade, after this one and then from the beginning."""
    numbers = [other for other, claim in frozen.claims.items() if claim.concerns]
    place = numbers.index(no)
    rest = (*numbers[place + 1 :], *numbers[:place])
    return next((other for other in rest if other not in graded), "")


def _rows(work: Work, case: ReviewCase) -> Sequence[ReviewGrade]:
    statement = select(ReviewGrade).where(ReviewGrade.case_id == case.id).order_by(ReviewGrade.number)
    return work.session.scalars(statement).all()
