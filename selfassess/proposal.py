"""What a record, or the finance calculator, says about one item, and where an answer differs from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from selfassess.grades import Grade
from selfassess.item import Extent, Item
from selfassess.logic import ThresholdCheck
from selfassess.rules.reading import Shown, Source
from selfassess.standard import Standard
from selfassess.text import Text, text
from selfassess.window import Window

Origin = Literal["record", "calculated"]


@dataclass(frozen=True)
class Proposal:
    """What records, or the finance calculator, say about one item.

    ``grade`` can be confirmed as it is; ``suggests`` is only a lead; ``possible`` are the grades the figures leave
    open; ``still_needed`` says what a person has to add. ``unavailable`` names a record that was not read.
    ``beside`` is what the audit report on file says about an item calculated from figures that were typed in.
    """

    no: str
    origin: Origin
    extent: Extent
    clause: Text
    rule: Text
    grade: Grade | None = None
    suggests: Grade | None = None
    possible: tuple[Grade, ...] = ()
    shown: tuple[Shown, ...] = ()
    checks: tuple[ThresholdCheck, ...] = ()
    sources: tuple[Source, ...] = ()
    still_needed: Text | None = None
    remarks: tuple[Text, ...] = ()
    window: Window | None = None
    unavailable: str | None = None
    beside: Proposal | None = None

    @property
    def says(self) -> Grade | None:
        """The grade proposed or, failing that, suggested."""
        return self.grade or self.suggests


@dataclass(frozen=True)
class Contradiction:
    """A self-answer and a record that do not agree. Both sides see both values."""

    no: str
    said: Grade
    record: Grade
    certain: bool
    proposal: Proposal


def clause_of(standard: Standard, item: Item) -> Text:
    """The clause as cited: announcement, annex and item."""
    return text(
        f"{standard.number}{standard.annex.zh}{item.anchor.zh}",
        f"{standard.number} {standard.annex.en}, {item.anchor.en}",
    )
