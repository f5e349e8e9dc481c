"""Who the enterprise is, what its credit level is and has been."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from sqlalchemy import or_

from api.records.gateway.source import Record, about, table_of
from api.records.levels import LevelMeaning, find_meaning
from api.records.mapping import optional
from api.records.reader import Reader, Rows
from api.records.scope import Scope

GO_ON = ("scheme_change", "revalidation")  # a new rating that changes nothing for the enterprise


@dataclass(frozen=True, slots=True)
class Enterprise(Record):
    """Registration of an enterprise with Customs."""

    TABLE: ClassVar[str] = "enterprise"

    uscc: str
    customs_code: str
    name: str
    name_en: str | None
    kind: str
    cross_border_ecommerce: bool | None
    manufacturer: bool | None
    industry: str | None
    registered_on: date
    status: str
    status_from: date | None
    customs_district: str
    customs_district_name: str
    customs_office: str
    customs_office_name: str
    legal_representative: str | None
    phone: str | None
    address: str | None
    contact_person: str | None
    contact_filed_on: date | None
    head_office_uscc: str | None
    declarants: int | None
    declarants_junior: int | None
    declarants_intermediate: int | None
    declarants_senior: int | None


@dataclass(frozen=True, slots=True)
class Rating(Record):
    """A credit level and the time it was or is held, under the names of the scheme then in force."""

    TABLE: ClassVar[str] = "credit_rating"

    uscc: str
    scheme: str
    level: str
    effective_from: date
    effective_to: date | None
    basis: str
    decision_no: str | None
    deciding_customs: str | None
    deciding_customs_name: str | None
    next_review: date | None
    serious_list: bool | None

    @property
    def meaning(self) -> LevelMeaning | None:
        """What the level meant under its scheme, or None for a name this software does not know."""
        return find_meaning(self.scheme, self.level)

    def held_on(self, day: date) -> bool:
        """Whether this was the level of ``day``."""
        return self.effective_from <= day and (self.effective_to is None or self.effective_to >= day)


def held_since(history: Iterable[Rating], day: date) -> Rating | None:
    """Return the rating with which the level held on ``day`` began, whatever it was called and however often renewed.

    ``history`` is in the order of `list_ratings`, the newest first.
    """
    began = None
    for rating in history:
        if began is None and not rating.held_on(day):
            continue
        began = rating
        if rating.basis not in GO_ON:
            break
    return began


def find_enterprise(reader: Reader, scope: Scope, uscc: str) -> Enterprise | None:
    """Return the registration of an enterprise, or None where there is none in reach."""
    found = about(reader, scope, Enterprise, uscc, cap=1)
    return found[0] if found else None


def find_rating(reader: Reader, scope: Scope, uscc: str, day: date) -> Rating | None:
    """Return the level held on ``day``."""
    table = table_of(reader, Rating)
    begins, ends = table.c.effective_from, optional(table.c, "effective_to")
    in_force = (begins <= day, or_(ends.is_(None), ends >= day))
    found = about(reader, scope, Rating, uscc, *in_force, newest=begins, cap=1)
    return found[0] if found else None


def list_ratings(reader: Reader, scope: Scope, uscc: str, day: date) -> Rows[Rating]:
    """Return the levels held up to ``day``, newest first."""
    begins = table_of(reader, Rating).c.effective_from
    return about(reader, scope, Rating, uscc, begins <= day, newest=begins)
