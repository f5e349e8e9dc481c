"""Which items a page of the form shows, and how far the assessment is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from api.usecases.assess import Opened
from selfassess.standard import Section
from web.assess.cards import Card

MOST_UNFOLDED = 4  # a whole section of open cards is too long for a phone
SHOWN = {"all": "全部", "open": "待答", "contradicting": "有矛盾", "evidence": "缺材料"}


@dataclass(frozen=True, slots=True)
class Progress:
    """How many items concern the enterprise, are answered, wait for a tap, or need a choice."""

    asked: int
    answered: int
    proposed: int
    contradicting: int
    evidence: int

    @property
    def open(self) -> int:
        """How many are not answered yet."""
        return self.asked - self.answered


@dataclass(frozen=True)
class Part:
    """A section as it stands in the navigation."""

    section: Section
    progress: Progress


@dataclass(frozen=True)
class Sheet:
    """One page of the form: the cards shown, where they stand, and what else there is."""

    show: str
    section: str
    cards: tuple[Card, ...]
    parts: tuple[Part, ...]
    progress: Progress

    @property
    def unfolded(self) -> frozenset[str]:
        """The cards that stand open: what does not fit, and the first that wait for an answer."""
        waiting = [card.no for card in self.cards if card.is_waiting][:MOST_UNFOLDED]
        return frozenset(waiting).union(card.no for card in self.cards if card.is_urgent)


def is_shown(card: Card, show: str) -> bool:
    """Whether a filter shows a card."""
    if show == "open":
        return card.state in ("open", "proposed", "differs")
    if show == "contradicting":
        return card.state in ("contradicts", "differs")
    return card.needs_evidence if show == "evidence" else True


def sheet_of(opened: Opened, cards: Mapping[str, Card], section: str, show: str) -> Sheet:
    """Return a page: one section, or with a filter the items of all sections. Unknown words mean the first."""
    sections = opened.standard.sections
    show = show if show in SHOWN else "all"
    chosen = next((one for one in sections if one.id == section), None if show != "all" else sections[0])
    inside = list(cards.values()) if chosen is None else [cards[item.no] for item in chosen.items]
    return Sheet(
        show=show,
        section="" if chosen is None else chosen.id,
        cards=tuple(card for card in inside if is_shown(card, show)),
        parts=tuple(Part(one, progress_of(cards[item.no] for item in one.items)) for one in sections),
        progress=progress_of(cards.values()),
    )


def progress_of(cards: Iterable[Card]) -> Progress:
    """Count some cards; items that do not concern the enterprise are left out."""
    counted = [card for card in cards if card.state != "exempt"]
    return Progress(
        asked=len(counted),
        answered=sum(card.state in ("answered", "contradicts") for card in counted),
        proposed=sum(card.state == "proposed" for card in counted),
        contradicting=sum(is_shown(card, "contradicting") for card in counted),
        evidence=sum(card.needs_evidence for card in counted),
    )
