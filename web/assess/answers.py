"""What the form sends: the answers that were changed, a tap on a record's proposal, a choice between two answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from starlette.datastructures import FormData

from api.exports.cells import plain_text
from api.usecases.assess import Opened
from api.usecases.assess_answers import Given, Saved, choose_answer, confirm_proposals, save_answers
from api.usecases.assess_stored import numbers_in
from selfassess.engine import Answer
from selfassess.grades import Grade
from selfassess.prefill import confirm
from selfassess.text import text
from web.assess.cards import KINDS, NOTHING, Card
from web.assess.page import number_of, word

ALL = "all"
REASON_WANTED = text("请写明为什么不适用，审核人员会看到", "say why it does not apply; officers will read it")


@dataclass(frozen=True)
class Kept:
    """What became of a form: the assessment by now, what was saved, and what could not be."""

    opened: Opened
    saved: tuple[Saved, ...]
    typed: dict[str, Answer]

    @property
    def refused(self) -> dict[str, Saved]:
        """The answers that were not stored, each with its reason."""
        return {one.no: one for one in self.saved if one.problem is not None}

    @property
    def differing(self) -> tuple[str, ...]:
        """The items somebody else answered otherwise meanwhile."""
        return tuple(one.no for one in self.saved if one.state == "differs")

    @property
    def count(self) -> int:
        """How many answers were stored."""
        return sum(one.state in ("saved", "differs") for one in self.saved)


def keep_form(opened: Opened, form: FormData) -> Kept:
    """Store what a form changed, then what its button asks for. Raises `BadInput`, `Conflict`."""
    typed = {no: _typed(form, no) for no in _words(form, "no") if no in opened.standard.items}
    changed = {no: answer for no, answer in typed.items() if answer != _shown(opened, no, word(form, f"seen-{no}"))}
    pressed = {no for no in (word(form, "confirm"), word(form, "choose").split(":")[0]) if no}
    given = [
        Given(no, answer, seen=word(form, f"seen-{no}"))
        for no, answer in changed.items()
        if no not in pressed and not _lacks_reason(answer)
    ]
    opened, saved = save_answers(opened, given)
    opened, more = _press(opened, form)
    refused = [
        Saved(no, "refused", opened.answers.seen(no), REASON_WANTED)
        for no, answer in changed.items()
        if no not in pressed and _lacks_reason(answer)
    ]
    return Kept(opened, (*saved, *more, *refused), typed)


def with_problems(cards: dict[str, Card], kept: Kept) -> dict[str, Card]:
    """Return the cards with what was typed and could not be stored still in its fields."""
    return cards | {
        no: replace(cards[no], answer=kept.typed.get(no, cards[no].answer), problem=one.problem)
        for no, one in kept.refused.items()
    }


def _press(opened: Opened, form: FormData) -> tuple[Opened, list[Saved]]:
    confirmed, chosen = word(form, "confirm"), word(form, "choose")
    if confirmed == ALL:
        return confirm_proposals(opened)
    if confirmed:
        return _confirm(opened, confirmed)
    if chosen:
        no, _, number = chosen.partition(":")
        return choose_answer(opened, no, number_of(number) or 0)
    return opened, []


def _confirm(opened: Opened, no: str) -> tuple[Opened, list[Saved]]:
    """Take over what the record says, also in place of an answer that contradicts it."""
    proposal = opened.assessed.proposals.get(no)
    if no not in opened.answers.settled or proposal is None or proposal.grade is None:
        return confirm_proposals(opened, [no])
    answer = confirm([proposal], opened.standard, {})[no]
    return save_answers(opened, [Given(no, answer, proposal.origin, seen=opened.answers.seen(no))])


def _typed(form: FormData, no: str) -> Answer:
    grade = word(form, f"grade-{no}")
    known = Grade(grade) if grade in set(Grade) else Grade.UNANSWERED
    held = frozenset(kind for kind in _words(form, f"held-{no}") if kind in KINDS)
    return Answer(known, plain_text(word(form, f"note-{no}", None)).strip(), held)


def _shown(opened: Opened, no: str, seen: str) -> Answer:
    """The answer that stood in the fields: the one seen, or nothing where there was none or more than one."""
    numbers = numbers_in(seen)
    if len(numbers) != 1:
        return NOTHING
    return next((entry.answer for entry in opened.answers.history(no) if entry.number in numbers), NOTHING)


def _lacks_reason(answer: Answer) -> bool:
    return answer.grade is Grade.NOT_APPLICABLE and not answer.note


def _words(form: FormData, name: str) -> Iterable[str]:
    return [one for one in form.getlist(name) if isinstance(one, str)]
