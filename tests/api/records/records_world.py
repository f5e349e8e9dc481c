"""The synthetic world the records tests look at: its day, seed, size, and who is who in it."""

from __future__ import annotations

from datetime import date, datetime

from api.records.sample.fiction import uscc_of
from api.records.sample.plan import FIRST_MARK, MARK_NAMES
from api.records.scope import Scope

DAY = date(2026, 11, 22)
READ_AT = datetime(2026, 11, 22, 8, 0)
SEED = 7
ENTERPRISES = 200


def uscc(slot: int) -> str:
    """The credit code of an enterprise of the sample."""
    return uscc_of(slot, SEED)


def own(*slots: int) -> Scope:
    """The scope of a user of these enterprises."""
    return Scope.of_enterprises(map(uscc, slots))


def slot_of(mark: str) -> int:
    """The slot of the enterprise with this distinguishing mark."""
    return FIRST_MARK + MARK_NAMES.index(mark)
