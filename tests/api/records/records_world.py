"""The synthetic world the records tests look at: its day, seed and size."""

from __future__ import annotations

from datetime import date

from api.records.sample.fiction import uscc_of

DAY = date(2026, 11, 22)
SEED = 7
ENTERPRISES = 200


def uscc(slot: int) -> str:
    """The credit code of an enterprise of the sample."""
    return uscc_of(slot, SEED)
