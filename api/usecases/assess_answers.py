"""Answer items of an assessment: added beside what is there, never over it.

A change says which answers it has seen. If somebody else answered in between, both answers stay, and the item
counts as open until one of them is chosen.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from api.errors import BadInput, Conflict
from api.store import AssessmentAnswer, AssessmentFigures
from api.usecases.assess import Opened, plainly, touched
from api.usecases.assess_stored import Entry, is_plain, numbers_in
from selfassess.engine import Answer, check_answer
from selfassess.errors import AssessmentError
from selfassess.figures import read_figures
from selfassess.grades import Grade
from selfassess.prefill import confirm
from selfassess.text import Text

LONGEST_NOTE = 4000
State = Literal["saved", "unchanged", "differs", "refused"]


@dataclass(frozen=True, slots=True)
class Given:
    """An answer to store. ``seen`` are the answers the person saw (`AnswersHeld.seen`); None: whatever is there."""

    no: str
    answer: Answer
    source: str = "self"
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of an answer: ``seen`` is to be sent with the next change, ``problem`` says why it was refused."""

    no: str
    state: State
    seen: str
    problem: Text | None = None
    others: tuple[Entry, ...] = ()


def save_answers(opened: Opened, given: Sequence[Given]) -> tuple[Opened, list[Saved]]:
    """Store answers; one that cannot be is refused with its reason, and the others are stored."""
    number, saved, added = opened.answers.last_number, [], False
    for one in given:
        outcome = _refused(opened, one) or _unchanged(opened, one)
        if outcome is None:
            number, added = number + 1, True
            outcome = _added(opened, one, number)
        saved.append(outcome)
    if not added:
        return opened, saved
    after = touched(opened)
    return after, [_with_others(after, one) for one in saved]


def confirm_proposals(opened: Opened, numbers: Iterable[str] | None = None) -> tuple[Opened, list[Saved]]:
    """Take over what records or figures propose with certainty, for these items or for all that are open."""
    wanted = None if numbers is None else set(numbers)
    certain = {no: proposal for no, proposal in opened.assessed.proposals.items() if proposal.grade is not None}
    taken = {*opened.answers.settled, *opened.answers.differing}
    chosen = [one for no, one in certain.items() if no not in taken and (wanted is None or no in wanted)]
    if wanted is not None and (unknown := sorted(wanted - set(certain))):
        listed = "、".join(unknown[:9])
        raise BadInput(f"记录没有对第{listed}项提出建议。", f"Nothing is proposed for item {', '.join(unknown[:9])}.")
    filled = confirm(chosen, opened.standard, {})
    given = [Given(one.no, filled[one.no], one.origin, seen=opened.answers.seen(one.no)) for one in chosen]
    return save_answers(opened, given)


def choose_answer(opened: Opened, no: str, number: int) -> tuple[Opened, list[Saved]]:
    """Settle an item with two answers: one of them, by its number, takes the place of all."""
    picked = next((entry for entry in opened.answers.heads.get(no, ()) if entry.number == number), None)
    if picked is None:
        raise Conflict("这个答案已经被替换，请刷新后再选。", "This answer was replaced. Reload and choose again.")
    return save_answers(opened, [Given(no, picked.answer, picked.source)])


def save_figures(opened: Opened, content: Mapping[str, Any], origin: str, seen: int | None = None) -> Opened:
    """Store the finance figures; blanks are left out. Raises `BadInput`, `Conflict` where others came in between."""
    kept = {str(name): value for name, value in content.items() if value not in (None, "")}
    with plainly():
        read_figures(kept)
    if seen is not None and seen != opened.figures.number and kept != opened.figures.content:
        raise Conflict(
            f"{opened.figures.name}刚刚也改了财务数据，您填的还在下面，请核对后再保存。",
            f"{opened.figures.name} changed the figures meanwhile. Yours are still below: check and save again.",
        )
    if kept == opened.figures.content:
        return opened
    work = opened.desk.work
    work.session.add(
        AssessmentFigures(
            assessment_id=opened.id,
            number=opened.figures.number + 1,
            uscc=opened.row.uscc,
            content=json.dumps(kept, ensure_ascii=False, sort_keys=True),
            origin=origin[:200],
            account_id=work.who.account_id,
            at=work.now,
        )
    )
    return touched(opened)


def _refused(opened: Opened, one: Given) -> Saved | None:
    try:
        check_answer(opened.standard, one.no, one.answer)
    except AssessmentError as error:
        return Saved(one.no, "refused", opened.answers.seen(one.no), error.said)
    if len(one.answer.note) > LONGEST_NOTE:
        said = Text(zh=f"说明最多{LONGEST_NOTE}字", en=f"a note has at most {LONGEST_NOTE} characters")
        return Saved(one.no, "refused", opened.answers.seen(one.no), said)
    if not is_plain(one.answer.note):
        said = Text(zh="说明里有损坏的字符", en="the note holds broken characters")
        return Saved(one.no, "refused", opened.answers.seen(one.no), said)
    return None


def _unchanged(opened: Opened, one: Given) -> Saved | None:
    head, heads = opened.answers.head(one.no), opened.answers.heads.get(one.no, ())
    nothing_to_clear = not heads and one.answer == Answer(Grade.UNANSWERED)
    same = head is not None and head.answer == one.answer and (head.source == one.source or one.source == "self")
    return Saved(one.no, "unchanged", opened.answers.seen(one.no)) if same or nothing_to_clear else None


def _added(opened: Opened, one: Given, number: int) -> Saved:
    work, now_there = opened.desk.work, opened.answers.seen(one.no)
    replaces = numbers_in(now_there) if one.seen is None else _seen_or_own(opened, one.no, one.seen)
    work.session.add(
        AssessmentAnswer(
            assessment_id=opened.id,
            number=number,
            uscc=opened.row.uscc,
            item=one.no,
            grade=one.answer.grade.value,
            note=one.answer.note,
            held=",".join(sorted(one.answer.held)),
            source=one.source,
            replaces=",".join(map(str, sorted(replaces))),
            account_id=work.who.account_id,
            at=work.now,
        )
    )
    return Saved(one.no, "saved", str(number))


def _seen_or_own(opened: Opened, no: str, seen: str) -> frozenset[int]:
    """The answers that were seen, and the person's own: nobody differs from themselves."""
    known = {entry.number for entry in opened.answers.history(no)}
    account_id = opened.desk.work.who.account_id
    own = {entry.number for entry in opened.answers.heads.get(no, ()) if entry.account_id == account_id}
    return frozenset(numbers_in(seen) & known | own)


def _with_others(after: Opened, one: Saved) -> Saved:
    if one.state != "saved":
        return one
    heads = after.answers.heads[one.no]
    others = tuple(entry for entry in heads if str(entry.number) != one.seen)
    return Saved(one.no, "differs" if others else "saved", after.answers.seen(one.no), None, others)
