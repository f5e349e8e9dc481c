"""Whose records a question may reach.

A `Scope` is derived from the login, never from a request body or a model, and is an argument of every
query. Anything unknown, malformed or empty becomes the scope that reaches nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, or_, select

from api.records.identity import is_uscc
from api.records.mapping import Tables, optional

_DISTRICT = re.compile(r"[0-9A-Z]{2}")
_OFFICE = re.compile(r"[0-9A-Z]{4}")
_COORDINATOR = re.compile(r"\S.{0,59}")


class Reach(StrEnum):
    """The kinds of scope."""

    NOTHING = "nothing"
    PUBLIC = "public"
    ENTERPRISES = "enterprises"
    ASSIGNED = "assigned"
    CUSTOMS = "customs"


@dataclass(frozen=True, slots=True)
class Scope:
    """Which enterprises a person may read. Use the constructors below: they fail closed."""

    reach: Reach = Reach.NOTHING
    usccs: frozenset[str] = frozenset()
    coordinator: str = ""
    on: date | None = None
    customs: str = ""

    @classmethod
    def nothing(cls) -> Scope:
        """Return the scope that reaches no row of any table."""
        return cls()

    @classmethod
    def public(cls) -> Scope:
        """Return the scope of a visitor: what is published, and nothing else."""
        return cls(Reach.PUBLIC)

    @classmethod
    def of_enterprises(cls, usccs: Iterable[str]) -> Scope:
        """Return the scope of an enterprise user; codes with a wrong check character are left out."""
        valid = frozenset(uscc for uscc in usccs if is_uscc(uscc))
        return cls(Reach.ENTERPRISES, usccs=valid) if valid else cls()

    @classmethod
    def of_coordinator(cls, coordinator: str, on: date) -> Scope:
        """Return the scope of a coordinator: the enterprises assigned on the day of the login."""
        return cls(Reach.ASSIGNED, coordinator=coordinator, on=on) if _COORDINATOR.fullmatch(coordinator) else cls()

    @classmethod
    def of_customs(cls, prefix: str) -> Scope:
        """Return the scope of an officer: a district (first two characters) or one office (all four)."""
        known = _DISTRICT.fullmatch(prefix) or _OFFICE.fullmatch(prefix)
        return cls(Reach.CUSTOMS, customs=prefix) if known else cls()

    @property
    def sees_published(self) -> bool:
        """Whether what is published may be read: by everyone we know, visitors included."""
        return self.reach is not Reach.NOTHING

    @property
    def signed_in(self) -> bool:
        """Whether a person stands behind the scope."""
        return self.reach not in (Reach.NOTHING, Reach.PUBLIC)

    @property
    def is_officer(self) -> bool:
        """Whether the person is an officer with a district or office."""
        return self.reach is Reach.CUSTOMS

    def covers(self, tables: Tables, uscc: ColumnElement[Any]) -> ColumnElement[bool]:
        """Return the condition that ``uscc`` is an enterprise this scope reaches."""
        if self.reach is Reach.ENTERPRISES:
            codes = sorted(self.usccs)  # nearly always one, and a list is put into the query anew each time
            return uscc == codes[0] if len(codes) == 1 else uscc.in_(codes)
        if self.reach is Reach.ASSIGNED and self.on is not None:
            assigned = tables.alias("coordinator_assignment", "assigned")
            ends = optional(assigned.c, "assigned_to")
            return uscc.in_(  # a list, not EXISTS: so a database can begin with the few enterprises assigned
                select(assigned.c.uscc).where(
                    assigned.c.coordinator == self.coordinator,
                    assigned.c.assigned_from <= self.on,
                    or_(ends.is_(None), ends >= self.on),
                )
            )
        if self.reach is Reach.CUSTOMS and self.customs:
            supervised = tables.alias("enterprise", "supervised")
            return exists().where(and_(supervised.c.uscc == uscc, self.supervises(supervised.c)))
        return false()

    def supervises(self, columns: Any) -> ColumnElement[bool]:
        """Return the condition that a row of ``enterprise`` belongs to this officer's district or office."""
        if self.reach is not Reach.CUSTOMS or not self.customs:
            return false()
        column = columns.customs_district if len(self.customs) == 2 else columns.customs_office
        return column == self.customs  # type: ignore[no-any-return]
