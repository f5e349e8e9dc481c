"""The walk through a standard item by item, as a value: where it stands, what is answered, what is left.

Nothing is kept here between two messages: the value is stored, and goes on another day or channel where it stopped.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from selfassess.applicability import NotHeld, applicable_items
from selfassess.engine import Answer, normalise
from selfassess.errors import UnknownItem, WrongStandard
from selfassess.grades import Grade
from selfassess.item import Item
from selfassess.logic import Figure
from selfassess.profile import Profile
from selfassess.proposal import Proposal
from selfassess.situation import Situation, propose
from selfassess.standard import Section, Standard
from selfassess.text import Text

Await = Literal["figure", "confirm", "reason", "between"]


@dataclass(frozen=True)
class Pending:
    """What the last question waits for: a figure, a yes to ``grade``, a reason, or a choice between ``options``."""

    kind: Await
    grade: Grade | None = None
    options: tuple[Grade, ...] = ()
    metric: str | None = None
    note: str = ""
    held: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Walk:
    """Where the walk stands. ``at`` is None when nothing is left to ask.

    ``figures`` are the figures given so far for items with limits, ``finance`` the lines and ratios of the
    statements, which several items share.
    """

    standard: str
    at: str | None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    skipped: tuple[str, ...] = ()
    figures: Mapping[str, Mapping[str, Figure]] = field(default_factory=dict)
    finance: Mapping[str, str] = field(default_factory=dict)
    pending: Pending | None = None
    stopped: bool = False


@dataclass(frozen=True)
class View:
    """What surrounds the walk and may be newer than it: the standard, the profile and what the records propose."""

    standard: Standard
    profile: Profile
    window_end: date
    exempt: Mapping[str, Text]
    proposals: Mapping[str, Proposal]

    @property
    def numbers(self) -> tuple[str, ...]:
        """The items to walk over, in the order of the standard."""
        return tuple(no for no in self.standard.items if no not in self.exempt)

    def item(self, no: str) -> Item:
        """The item of this number."""
        return self.standard.items[no]


def view_of(situation: Situation) -> View:
    """What a walk through this situation sees; raises WrongStandard where the standard is for others."""
    applicable = applicable_items(situation.standard, situation.profile, situation.window_end)
    if isinstance(applicable, NotHeld):
        raise WrongStandard(applicable.reason.zh, applicable.reason.en)
    proposals = {proposal.no: proposal for proposal in propose(situation)}
    return View(situation.standard, situation.profile, situation.window_end, applicable.exempt, proposals)


def start(view: View, answers: Mapping[str, Answer] | None = None) -> Walk:
    """A walk that begins at the first item not yet answered."""
    given = {no: answer for no, answer in normalise(view.standard, answers or {}).items() if answer.grade.answered}
    walk = Walk(view.standard.id, None, given)
    return replace(walk, at=following(walk, view))


def open_items(walk: Walk, view: View) -> tuple[str, ...]:
    """The items not answered, in order; those skipped count as open."""
    return tuple(no for no in view.numbers if not is_answered(walk, no))


def is_answered(walk: Walk, no: str) -> bool:
    """Whether the item has an answer."""
    return no in walk.answers and walk.answers[no].grade.answered


def following(walk: Walk, view: View) -> str | None:
    """The next open item after the one the walk is at; round to the front, skipped ones last; None if none is left."""
    still_open = open_items(walk, view)
    fresh = [no for no in still_open if no not in walk.skipped]
    place = view.numbers.index(walk.at) if walk.at in view.numbers else -1
    for pool in (fresh, list(still_open)):
        ahead = [no for no in pool if view.numbers.index(no) > place]
        if ahead or pool:
            return (ahead or pool)[0]
    return None


def left_by_section(walk: Walk, view: View) -> tuple[tuple[Section, int], ...]:
    """How many items are open in each section that has any."""
    still_open = open_items(walk, view)
    counts = [(section, sum(item.no in still_open for item in section.items)) for section in view.standard.sections]
    return tuple((section, count) for section, count in counts if count)


def go_to(walk: Walk, view: View, no: str) -> Walk:
    """The walk at an item, answered or not; raises UnknownItem for one the walk does not visit."""
    if no not in view.numbers:
        raise UnknownItem(f"这次自评没有第{no}项", f"this assessment has no item {no}")
    return replace(walk, at=no, pending=None, stopped=False)


def go_to_section(walk: Walk, view: View, numbers: tuple[str, ...]) -> Walk:
    """The walk at the first open item of these, or at the first of them if all are answered."""
    visited = [no for no in numbers if no in view.numbers]
    still_open = [no for no in visited if not is_answered(walk, no)]
    return go_to(walk, view, (still_open or visited or list(numbers))[0])


def skip(walk: Walk, view: View) -> Walk:
    """The walk at the next open item; the one left behind is asked again at the end."""
    if walk.at is None:
        return walk
    left = walk.at
    skipped = walk.skipped if is_answered(walk, left) or left in walk.skipped else (*walk.skipped, left)
    moved = replace(walk, skipped=skipped, pending=None, stopped=False)
    return replace(moved, at=following(moved, view) or left)


def back(walk: Walk, view: View) -> Walk:
    """The walk at the item before, answered or not."""
    place = view.numbers.index(walk.at) if walk.at in view.numbers else len(view.numbers)
    return replace(walk, at=view.numbers[max(0, place - 1)], pending=None, stopped=False)


def stop(walk: Walk) -> Walk:
    """The walk put down; every answer stays."""
    return replace(walk, stopped=True)


def resume(walk: Walk, view: View) -> Walk:
    """The walk taken up where it stopped; at the next open item where that one was answered elsewhere meanwhile."""
    taken_up = replace(walk, stopped=False)
    if taken_up.at is None or taken_up.at not in view.numbers or is_answered(taken_up, taken_up.at):
        return replace(taken_up, pending=None, at=following(taken_up, view))
    return taken_up


def record(walk: Walk, view: View, answer: Answer) -> Walk:
    """The walk with the answer to the item it is at, one item further."""
    if walk.at is None:
        return walk
    normalise(view.standard, {walk.at: answer})
    answers = {**walk.answers, walk.at: answer}
    skipped = tuple(no for no in walk.skipped if no != walk.at)
    moved = replace(walk, answers=answers, skipped=skipped, pending=None)
    return replace(moved, at=following(moved, view))


def merge(walk: Walk, view: View, answers: Mapping[str, Answer]) -> Walk:
    """The walk with answers given elsewhere, on the form or by a colleague; the newer ones count."""
    given = {no: answer for no, answer in normalise(view.standard, answers).items() if answer.grade.answered}
    merged = replace(walk, answers={**walk.answers, **given})
    return resume(merged, view) if not walk.stopped else merged
