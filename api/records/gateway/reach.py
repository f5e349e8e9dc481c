"""Which of many enterprises are within reach, and what they are called."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from api.records.gateway.search import reach_of_enterprise
from api.records.reader import Reader
from api.records.scope import Scope

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Reached:
    """An enterprise within reach."""

    uscc: str
    name: str


def list_reached(reader: Reader, scope: Scope, usccs: Collection[str]) -> tuple[Reached, ...]:
    """Return those of these enterprises that the scope reaches, by credit code."""
    if not scope.signed_in:
        return ()
    enterprise, wanted, found = reader.tables["enterprise"], sorted(set(usccs)), list[Reached]()
    for start in range(0, len(wanted), AT_ONCE):
        some = enterprise.c.uscc.in_(wanted[start : start + AT_ONCE])
        statement = select(enterprise.c.uscc, enterprise.c.name).where(
            some, reach_of_enterprise(reader, scope, enterprise)
        )
        found += [Reached(row.uscc, row.name) for row in reader.rows(statement)]
    return tuple(sorted(found, key=lambda one: one.uscc))
