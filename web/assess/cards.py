"""What the form shows of one item: requirement, answer, what the record says, where answers differ."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from api.usecases.assess import Opened
from api.usecases.assess_carryover import rechecks
from api.usecases.assess_documents import Document
from api.usecases.assess_evidence import documents_by_item, evidence_of
from api.usecases.assess_stored import Entry
from selfassess.carryover import Carried
from selfassess.engine import Answer
from selfassess.finance import is_calculated
from selfassess.grades import Grade
from selfassess.item import Item
from selfassess.proposal import Contradiction, Proposal
from selfassess.text import Text
from selfassess.walk.prompt import GRADE_NAMES, limits_of, notes_of, proof_of

State = Literal["answered", "open", "proposed", "differs", "contradicts", "exempt"]
KINDS = ("procedure", "record", "agreement")
NOTHING = Answer(Grade.UNANSWERED)


@dataclass(frozen=True)
class Card:
    """One item. ``answer`` stands in the fields; ``head`` is who gave it; ``differing`` are answers side by side."""

    item: Item
    group: Text
    answer: Answer
    seen: str
    state: State
    limits: tuple[Text, ...] = ()
    notes: tuple[Text, ...] = ()
    proof: tuple[Text, ...] = ()
    head: Entry | None = None
    proposal: Proposal | None = None
    contradiction: Contradiction | None = None
    differing: tuple[Entry, ...] = ()
    recheck: Carried | None = None
    documents: tuple[Document, ...] = ()
    exempt: Text | None = None
    problem: Text | None = None

    @property
    def no(self) -> str:
        """The number of the item."""
        return self.item.no

    @property
    def grades(self) -> tuple[tuple[Grade, Text], ...]:
        """The grades the item can be given, as buttons."""
        return tuple((grade, GRADE_NAMES[grade]) for grade in self.item.grades.allowed if grade.answered)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of evidence that usually prove the item."""
        return tuple(kind for kind in KINDS if getattr(self.item.evidence, kind))

    @property
    def can_confirm(self) -> bool:
        """Whether one tap takes the record's word over."""
        return self.proposal is not None and self.proposal.grade is not None and self.state == "proposed"

    @property
    def is_calculated(self) -> bool:
        """Whether the finance calculator judges the item."""
        return is_calculated(self.item)

    @property
    def is_waiting(self) -> bool:
        """Whether there is something to answer here."""
        return self.state in ("open", "proposed")

    @property
    def is_urgent(self) -> bool:
        """Whether something does not fit here."""
        return self.state in ("differs", "contradicts") or self.problem is not None

    @property
    def needs_evidence(self) -> bool:
        """Whether it is said to be met and no document shows it."""
        claimed = self.answer.grade in (Grade.MET, Grade.PARTLY_MET) and self.state != "exempt"
        by_record = self.head is not None and self.head.source != "self"
        return claimed and not by_record and bool(self.kinds) and not self.documents


def cards_of(opened: Opened) -> dict[str, Card]:
    """Return every item of the standard as a card."""
    profile, day, changed = opened.profile, opened.row.day, rechecks(opened)
    told, cards = frozenset(opened.numbers), brief_cards(opened, evidence_of(opened))
    return {
        no: replace(
            card,
            limits=limits_of(card.item, profile, day) if no in told else (),
            notes=notes_of(card.item, profile, day) if no in told else (),
            proof=proof_of(card.item) if no in told else (),
            recheck=changed.get(no),
        )
        for no, card in cards.items()
    }


def brief_cards(opened: Opened, documents: Sequence[Document]) -> dict[str, Card]:
    """Return every item as a card, without limits, notes, proof and what to look at again."""
    proofs, contradictions = documents_by_item(documents), _contradictions(opened)
    settled, differing = opened.answers.settled, opened.answers.differing
    cards = {}
    for _, group, item in opened.standard.walk():
        no = item.no
        cards[no] = Card(
            item=item,
            group=group.title,
            answer=_shown(opened, no),
            seen=opened.answers.seen(no),
            state=_state(opened, no, settled, differing, contradictions),
            head=opened.answers.head(no),
            proposal=opened.assessed.proposals.get(no),
            contradiction=contradictions.get(no),
            differing=differing.get(no, ()),
            documents=proofs.get(no, ()),
            exempt=opened.assessed.applicable.exempt.get(no),
        )
    return cards


def _shown(opened: Opened, no: str) -> Answer:
    head = opened.answers.head(no)
    return NOTHING if head is None else head.answer


def _state(
    opened: Opened,
    no: str,
    settled: Container[str],
    differing: Container[str],
    contradictions: Container[str],
) -> State:
    if no in opened.assessed.applicable.exempt:
        return "exempt"
    if no in differing:
        return "differs"
    if no in settled:
        return "contradicts" if no in contradictions else "answered"
    proposal = opened.assessed.proposals.get(no)
    return "proposed" if proposal is not None and proposal.grade is not None else "open"


def _contradictions(opened: Opened) -> dict[str, Contradiction]:
    found: dict[str, Contradiction] = {}
    for one in opened.assessed.contradictions:
        # Where figures and record both differ from the answer, the certain one speaks.
        if one.no not in found or one.certain:
            found[one.no] = one
    return found
