"""Which of many enterprises are within reach, and what they are called."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from api.records.gateway.search import reach_of_enterprise
from api.records.reader import Reader
from api.records.scope import Scope

AT_ONCE = 500
COLUMNS = ("uscc", "name", "customs_office", "customs_office_name")


@dataclass(frozen=True, slots=True)
class Reached:
    """An enterprise within reach, and the office that looks after it."""

    uscc: str
    name: str
    customs_office: str
    customs_office_name: str


def list_reached(reader: Reader, scope: Scope, usccs: Collection[str]) -> tuple[Reached, ...]:
    """Return those of these enterprises that the scope reaches, by credit code."""
    if not scope.signed_in:
        return ()
    enterprise, wanted, found = reader.tables["enterprise"], sorted(set(usccs)), list[Reached]()
    for start in range(0, len(wanted), AT_ONCE):
        some = enterprise.c.uscc.in_(wanted[start : start + AT_ONCE])
        columns = [enterprise.c[name] for name in COLUMNS]
        statement = select(*columns).where(some, reach_of_enterprise(reader, scope, enterprise))
        found += [
            Reached(row.uscc, row.name, row.customs_office, row.customs_office_name) for row in reader.rows(statement)
        ]
    return tuple(sorted(found, key=lambda one: one.uscc))
