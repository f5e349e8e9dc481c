"""A version as an officer reads it: every item with claim, record, proof, remarks, what changed, and the own grade."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select

from api.auth.identity import Kind
from api.store import Account, ReviewCase
from api.usecases.assess_documents import Document, Revision
from api.usecases.assess_review import Review, frozen_evidence, open_review
from api.usecases.review.consistency import Remark, find_remarks
from api.usecases.review.desk import Handled, ReviewDesk, find_version
from api.usecases.review.earlier import Change, Earlier, Repeated, compare_with_earlier
from api.usecases.review.frozen import Claim, Frozen
from api.usecases.review.grading import Graded, grades_of
from api.usecases.review.words import State
from selfassess.item import Item
from selfassess.proposal import clause_of
from selfassess.text import Text, text
from selfassess.wording import show_limit


@dataclass(frozen=True)
class Sheet:
    """One item in review."""

    item: Item
    section: Text
    group: Text
    clause: Text
    claim: Claim
    remarks: tuple[Remark, ...]
    documents: tuple[tuple[Document, Revision], ...]
    change: Change | None
    repeated: Repeated | None
    graded: Graded | None

    @property
    def no(self) -> str:
        """The number of the item."""
        return self.item.no

    @property
    def limits(self) -> tuple[Text, ...]:
        """The limits of the item, each with whom it is for."""
        limits = [(one.applies_to, show_limit(one)) for one in self.item.thresholds]
        return tuple(text(f"{whom.zh} {limit.zh}", f"{whom.en} {limit.en}") for whom, limit in limits)

    @property
    def look_at(self) -> tuple[Text, ...]:
        """What usually proves the item."""
        evidence = self.item.evidence
        return (*evidence.procedure, *evidence.record, *evidence.agreement)

    @property
    def is_waiting(self) -> bool:
        """Whether an officer still has to grade it."""
        return self.claim.concerns and self.graded is None

    @property
    def is_flagged(self) -> bool:
        """Whether something here is worth a second look."""
        return bool(self.remarks) or self.repeated is not None


@dataclass(frozen=True)
class Reading:
    """A whole version in review."""

    desk: ReviewDesk
    handled: Handled
    review: Review

    @property
    def id(self) -> str:
        """The version's id."""
        return self.handled.submission.id

    @property
    def case(self) -> ReviewCase | None:
        """The review, where somebody began it."""
        return self.handled.case

    @property
    def state(self) -> State:
        """Where the review stands."""
        return State(self.case.state) if self.case else State.FREE

    @property
    def turn(self) -> int:
        """What goes with everything that is done about it."""
        return self.case.turn if self.case else 0

    @property
    def is_mine(self) -> bool:
        """Whether the person may grade and decide."""
        who = self.desk.work.who
        is_taken = self.case is not None and self.state is State.TAKEN and self.case.officer_id == who.account_id
        return is_taken and who.kind is Kind.OFFICER

    @cached_property
    def officer(self) -> str:
        """Who has it, or had it last."""
        if self.case is None or self.case.officer_id is None:
            return ""
        name = select(Account.display_name).where(Account.id == self.case.officer_id)
        return self.desk.work.session.scalar(name) or ""

    @cached_property
    def frozen(self) -> Frozen:
        """What was frozen, with its documents."""
        submission = self.handled.submission
        return Frozen(self.review.snapshot, submission.standard, tuple(frozen_evidence(self.review)))

    @cached_property
    def earlier(self) -> Earlier:
        """What came before."""
        return compare_with_earlier(self.desk.work, self.handled.submission, self.frozen)

    @cached_property
    def grades(self) -> Mapping[str, Graded]:
        """The officer's grades."""
        return grades_of(self.desk.work, self.case)

    @cached_property
    def remarks(self) -> Mapping[str, tuple[Remark, ...]]:
        """What does not fit together, by item."""
        return find_remarks(self.frozen)

    @cached_property
    def sheets(self) -> Mapping[str, Sheet]:
        """Every item of the standard, in order."""
        frozen, earlier = self.frozen, self.earlier
        return {
            item.no: Sheet(
                item=item,
                section=section.title,
                group=group.title,
                clause=clause_of(frozen.standard, item),
                claim=frozen.claims[item.no],
                remarks=self.remarks.get(item.no, ()),
                documents=frozen.proofs.get(item.no, ()),
                change=earlier.changes.get(item.no),
                repeated=earlier.repeated.get(item.no),
                graded=self.grades.get(item.no),
            )
            for section, group, item in frozen.standard.walk()
        }

    @property
    def concerned(self) -> tuple[Sheet, ...]:
        """The items that concern the enterprise."""
        return tuple(sheet for sheet in self.sheets.values() if sheet.claim.concerns)

    @property
    def waiting(self) -> tuple[Sheet, ...]:
        """The items that are not graded yet."""
        return tuple(sheet for sheet in self.concerned if sheet.is_waiting)

    def next_to(self, no: str) -> tuple[str, str, str]:
        """Return the item before, the item after, and the next one not graded; empty where there is none."""
        numbers = [sheet.no for sheet in self.concerned]
        place = numbers.index(no) if no in numbers else 0
        before = numbers[place - 1] if place else ""
        after = numbers[place + 1] if place + 1 < len(numbers) else ""
        left = {sheet.no for sheet in self.waiting} - {no}
        onward = [other for other in (*numbers[place + 1 :], *numbers[:place]) if other in left]
        return before, after, onward[0] if onward else ""


def read_version(
    desk: ReviewDesk, submission_id: str, what: str = "self_assessment", *, is_changing: bool = False
) -> Reading:
    """Return a version to read, with a trace left. Raises `NotFound`, `ReasonNeeded`.

    ``is_changing``: the transaction writes, and the trace goes with it.
    """
    services, work = desk.services, desk.work
    review = open_review(services, work, desk.reader, desk.scope, submission_id, what, is_changing=is_changing)
    return Reading(desk, find_version(desk, submission_id), review)
