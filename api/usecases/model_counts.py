"""What the use of a language model came to, over all workers and days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.store import ModelCount


def add_counts(session: Session, on: date, counts: Mapping[str, float]) -> None:
    """Add what one worker counted to the counts of a day."""
    for name in sorted(counts):  # in one order, so that two workers never wait for each other
        held = session.get(ModelCount, (on, name), with_for_update=True)
        if held is None:
            session.add(ModelCount(counted_on=on, name=name, amount=counts[name]))
        else:
            held.amount += counts[name]
    session.flush()


def total_counts(session: Session, since: date | None = None) -> dict[str, float]:
    """Return the counts by name, of all days or since one."""
    statement = select(ModelCount.name, func.sum(ModelCount.amount)).group_by(ModelCount.name)
    if since is not None:
        statement = statement.where(ModelCount.counted_on >= since)
    return {name: float(amount) for name, amount in session.execute(statement.order_by(ModelCount.name))}
