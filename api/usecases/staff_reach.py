"""Which enterprises a coordinator or officer reaches, for administrators to see: names only, nothing to change.

Assignments and customs districts are kept in the shared records; here they are read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from api.auth.identity import Kind
from api.records.errors import RecordsError
from api.records.gateway.assignments import list_enterprises
from api.records.gateway.rating import Enterprise
from api.records.reader import Records
from api.records.scope import Scope
from api.store import Account

PAGE = 50


@dataclass(frozen=True)
class Reach:
    """A page of enterprises by credit code; ``after`` is where the next page begins. ``away``: nobody knows now."""

    enterprises: Sequence[Enterprise] = ()
    after: str = ""
    away: bool = False


def read_reach(records: Records | None, account: Account, today: date, after: str = "") -> Reach | None:
    """Return what an account of staff reaches; None for accounts that reach no others' records."""
    if account.kind == Kind.COORDINATOR and account.coordinator:
        scope = Scope.of_coordinator(account.coordinator, today)
    elif account.kind == Kind.OFFICER and account.customs:
        scope = Scope.of_customs(account.customs)
    else:
        return None
    if records is None:
        return Reach(away=True)
    try:
        with records.reader() as reader:
            found = list_enterprises(reader, scope, after, PAGE)
    except RecordsError:
        return Reach(away=True)
    return Reach(found, found[-1].uscc if found.truncated else "")
