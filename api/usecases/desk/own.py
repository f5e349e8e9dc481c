"""The enterprises a coordinator looks after today, as the records say."""

from __future__ import annotations

from datetime import date

from api.auth.identity import Identity, Kind
from api.records.gateway.search import Found, list_in_reach
from api.records.reader import Records, Rows
from api.records.scope import Scope

MOST_ENTERPRISES = 500


def own_enterprises(records: Records | None, who: Identity, today: date) -> Rows[Found]:
    """Return them with level, kind and office; nothing for anybody else. Raises `RecordsError`."""
    if records is None or who.kind is not Kind.COORDINATOR or not who.complete:
        return Rows()
    with records.reader() as reader:
        return list_in_reach(reader, Scope.of_coordinator(who.coordinator, today), today, cap=MOST_ENTERPRISES)
