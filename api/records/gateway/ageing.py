"""Until when each penalty counts: in the look-backs of the standards in force, and in publication."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from api.records.gateway.facts_trade import causes_of
from api.records.gateway.penalties import Penalty, list_penalties
from api.records.gateway.publication_limits import PublicationEnd, publication_end
from api.records.reader import Reader, Rows
from api.records.scope import Scope
from selfassess.item import Item
from selfassess.loader import list_standards
from selfassess.window import first_day_outside

LONGEST = 5  # years looked back; the longest time a penalty matters is five years of publication, under Order 225
COUNTS_EVERY_PENALTY = "penalty_limits"
COUNTS_CAUSES = "penalties_by_cause"


@dataclass(frozen=True, slots=True)
class Countdown:
    """One rule a penalty counts for: an item of a standard, and the first day on which it no longer does.

    ``rule`` is the provision ``standard#item-no``. The day is calculated from the look-back of the item with the
    decision as its start; from which day a look-back is counted is an assumption the standards of 2026 leave open.
    """

    rule: str
    months: int
    leaves_on: date

    def counts(self, day: date) -> bool:
        """Whether the penalty still counts on ``day``."""
        return day < self.leaves_on


@dataclass(frozen=True, slots=True)
class AgeingPenalty:
    """A penalty, the rules it counts for with the day it ages out of each, and the end of its publication."""

    penalty: Penalty
    countdowns: tuple[Countdown, ...]
    publication: PublicationEnd | None

    @property
    def matters_until(self) -> date:
        """The first day on which it counts for none of the rules."""
        return max((countdown.leaves_on for countdown in self.countdowns), default=self.penalty.decided_on)


def list_ageing_penalties(reader: Reader, scope: Scope, uscc: str, day: date) -> Rows[AgeingPenalty]:
    """Return the penalties of an enterprise in reach that still count or are published on ``day``, newest first."""
    found = list_penalties(reader, scope, uscc, day, LONGEST)
    ageing = [_ageing(penalty, day) for penalty in found]
    return Rows((item for item in ageing if _matters(item, day)), truncated=found.truncated)


def _ageing(penalty: Penalty, day: date) -> AgeingPenalty:
    published = penalty.published_from is not None
    end = publication_end(penalty.decided_on, penalty.discredit_class, penalty.published_to, day)
    return AgeingPenalty(penalty, tuple(_countdowns(penalty, day)), end if published else None)


def _countdowns(penalty: Penalty, day: date) -> Iterator[Countdown]:
    for standard in list_standards():
        if standard.in_force(day):
            for no, item in standard.items.items():
                months = item.lookback.months if item.lookback is not None else None
                if months is not None and _asks_about(item, penalty):
                    leaves = first_day_outside(penalty.decided_on, months)
                    yield Countdown(f"{standard.id}#item-{no.lower()}", months, leaves)


def _asks_about(item: Item, penalty: Penalty) -> bool:
    decided = item.decided_by_records
    if decided.rule == COUNTS_EVERY_PENALTY:
        return True
    return decided.rule == COUNTS_CAUSES and bool(causes_of(penalty) & set(decided.parameters.get("causes", ())))


def _matters(item: AgeingPenalty, day: date) -> bool:
    shown = item.publication is not None and (item.publication.last is None or item.publication.last >= day)
    return shown or day < item.matters_until
