"""What a rule is given (a case) and what it returns (a reading)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from selfassess.facts import RecordFacts, Table
from selfassess.grades import Grade
from selfassess.item import Item
from selfassess.logic import NOT_COMPUTABLE, Figures, NotComputable
from selfassess.profile import Profile
from selfassess.text import Language, Text, text
from selfassess.window import Window, window

Direction = Literal["adverse", "favourable", "both"]
"""What more rows would do: only worsen, only improve, or either."""


class RecordNotRead(LookupError):
    """A record the rule needs was not available."""


@dataclass(frozen=True)
class Shown:
    """A value shown beside the item, in the unit people use; ``value_en`` where English differs."""

    label: Text
    value: str
    value_en: str = ""

    def read(self, language: Language = "zh") -> str:
        """The value as words of one language."""
        return self.value_en if language == "en" and self.value_en else self.value


@dataclass(frozen=True)
class Source:
    """Where a reading comes from: the table, the rows that counted, and when the table was read."""

    table: str
    as_of: datetime
    rows: tuple[str, ...]
    complete_from: date | None = None


@dataclass(frozen=True)
class Reading:
    """What the records say about one item.

    ``cases`` are the possible figures: one, or several where months are only partly inside the window.
    ``proposes`` are the grades these records may propose; ``suggests`` is a lead, not a proposal.
    """

    cases: tuple[Figures, ...] = ()
    shown: tuple[Shown, ...] = ()
    sources: tuple[Source, ...] = ()
    proposes: frozenset[Grade] = frozenset(Grade)
    suggests: Grade | None = None
    still_needed: Text | None = None
    remarks: tuple[Text, ...] = ()
    direction: Direction = "adverse"


@dataclass(frozen=True)
class Case:
    """One item to read records for, on one day."""

    item: Item
    facts: RecordFacts
    profile: Profile
    window_end: date
    previous_year: int

    @property
    def window(self) -> Window:
        """The look-back window of the item; the review cycle where the item and the profile say so."""
        lookback = self.item.lookback
        if lookback is not None and lookback.under_review and self.profile.stage == "under_review":
            start = self.profile.review_cycle_start
            if start is None:
                raise RecordNotRead("review_cycle_start")
            return Window(start, self.window_end)
        if lookback is None or lookback.months is None:
            return Window(self.window_end, self.window_end)
        return window(self.window_end, lookback.months)

    @property
    def metric(self) -> str:
        """The figure an item with a single threshold asks for."""
        return self.item.thresholds[0].metric

    def parameters(self, name: str) -> tuple[str, ...]:
        """The words the standard file gives this rule under a name."""
        return self.item.decided_by_records.parameters.get(name, ())

    def table(self, key: str) -> Table[Any]:
        """The record of this key; raises RecordNotRead if it was not available."""
        table = self.facts.table(key)
        if table is None:
            raise RecordNotRead(key)
        return table


Rule = Callable[[Case], Reading]


def source(table: Table[Any], rows: Sequence[Any]) -> Source:
    """The source of a reading: the table and the rows that counted."""
    return Source(table.source, table.as_of, tuple(row.id for row in rows), table.complete_from)


def count_reading(case: Case, table: Table[Any], rows: Sequence[Any], label: Text, **more: Any) -> Reading:
    """A reading of an item that only counts rows."""
    shown = (Shown(label, str(len(rows))),)
    return Reading(cases=({case.metric: len(rows)},), shown=shown, sources=(source(table, rows),), **more)


def share(part: Fraction | Decimal | int, whole: Fraction | Decimal | int | None) -> Fraction | NotComputable:
    """part ÷ whole, or not computable where there is no whole."""
    return NOT_COMPUTABLE if not whole else Fraction(part) / Fraction(whole)


def money(label: Text, amount: Decimal | int) -> Shown:
    """An amount in yuan as shown: 60,000元."""
    number = f"{amount:,f}".removesuffix(".00")
    return Shown(label, f"{number}元", f"CNY {number}")


def yes_or_no(label: Text, value: bool) -> Shown:
    """Yes or no as shown."""
    return Shown(label, "是" if value else "否", "yes" if value else "no")


COUNT = text("期间内次数", "cases in the window")
