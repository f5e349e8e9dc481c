"""What anyone may look up: registration, level, directories, licences, penalties and joint measures.

Only rows that are under publication on the day asked about, as long as the law allows (`publication_limits.py`),
and of them only the columns that are published. Persons, telephone and address are never among them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, and_, exists, false, or_, true

from api.records.gateway.publication_limits import PublicationEnd, publication_end, within_limit
from api.records.gateway.rating import Rating
from api.records.gateway.search import MOST, Found, matching
from api.records.gateway.source import R, Record, about, as_records, columns_of, table_of
from api.records.mapping import optional
from api.records.reader import Reader, Rows
from api.records.scope import Scope


@dataclass(frozen=True, slots=True)
class DirectoryEntry(Record):
    """An entry of one of the published directories."""

    TABLE: ClassVar[str] = "publication"

    uscc: str
    directory: str
    entry_no: str | None
    detail: str | None
    published_from: date
    published_to: date | None


@dataclass(frozen=True, slots=True)
class PublishedRegistration(Record):
    """The published part of a registration."""

    TABLE: ClassVar[str] = "enterprise"

    uscc: str
    customs_code: str
    name: str
    kind: str
    registered_on: date
    status: str
    customs_office_name: str


@dataclass(frozen=True, slots=True)
class PublishedRating(Record):
    """The published level."""

    TABLE: ClassVar[str] = "credit_rating"

    uscc: str
    scheme: str
    level: str
    effective_from: date


@dataclass(frozen=True, slots=True)
class PublishedPenalty(Record):
    """The published part of a penalty."""

    TABLE: ClassVar[str] = "penalty"

    uscc: str
    decision_no: str
    decided_on: date
    cause: str
    warning: bool
    fine: Decimal
    confiscated_gains: Decimal
    confiscated_goods: Decimal
    discredit_class: str | None
    deciding_customs_name: str
    published_from: date | None
    published_to: date | None

    def publication_end(self, day: date) -> PublicationEnd:
        """Return when its publication ends by the rule of ``day``."""
        return publication_end(self.decided_on, self.discredit_class, self.published_to, day)


@dataclass(frozen=True, slots=True)
class PublishedLicence(Record):
    """The published part of a licence."""

    TABLE: ClassVar[str] = "licence"

    uscc: str
    kind: str
    licence_no: str
    name: str
    valid_from: date
    valid_to: date | None
    state: str
    published_from: date | None
    published_to: date | None


@dataclass(frozen=True, slots=True)
class PublishedMeasure(Record):
    """The published part of a joint incentive or sanction."""

    TABLE: ClassVar[str] = "joint_measure"

    uscc: str
    kind: str
    department: str
    measure: str
    valid_from: date
    valid_to: date | None
    published_from: date | None
    published_to: date | None


@dataclass(frozen=True, slots=True)
class PublishedRecord:
    """Everything under publication about one enterprise on one day."""

    registration: PublishedRegistration
    rating: PublishedRating | None
    directories: tuple[DirectoryEntry, ...]
    licences: tuple[PublishedLicence, ...]
    penalties: tuple[PublishedPenalty, ...]
    measures: tuple[PublishedMeasure, ...]


def search_published(
    reader: Reader, scope: Scope, text: str, day: date, directory: str = "", cap: int = MOST
) -> Rows[Found]:
    """Return enterprises by name part, credit code or customs code, within one directory if named."""
    if not scope.sees_published:
        return Rows()
    enterprise = reader.tables["enterprise"]
    entry = table_of(reader, DirectoryEntry)
    listed = exists().where(
        entry.c.uscc == enterprise.c.uscc, entry.c.directory == directory, _under_publication(entry.c, day)
    )
    return matching(reader, and_(_visible(scope), listed if directory else true()), text, day, cap)


def list_directory(
    reader: Reader, scope: Scope, directory: str, day: date, after: str = "", cap: int = MOST
) -> Rows[DirectoryEntry]:
    """Return a page of a directory in the order of credit codes, beginning after ``after``."""
    entry = table_of(reader, DirectoryEntry)
    statement = (
        columns_of(reader, DirectoryEntry)
        .where(_visible(scope), entry.c.directory == directory, entry.c.uscc > after, _under_publication(entry.c, day))
        .order_by(entry.c.uscc)
    )
    return as_records(DirectoryEntry, reader.rows(statement, cap=cap))


def list_registrations(reader: Reader, scope: Scope, usccs: Collection[str]) -> Rows[PublishedRegistration]:
    """Return the published part of the registrations of some enterprises, in no order."""
    enterprise = table_of(reader, PublishedRegistration)
    statement = columns_of(reader, PublishedRegistration).where(_visible(scope), enterprise.c.uscc.in_(sorted(usccs)))
    return as_records(PublishedRegistration, reader.rows(statement))


def find_published(reader: Reader, scope: Scope, uscc: str, day: date) -> PublishedRecord | None:
    """Return what is under publication about one enterprise, or None where there is no such enterprise."""
    registration = _published(reader, scope, PublishedRegistration, uscc)
    if not registration:
        return None
    rating = table_of(reader, Rating).c
    ends = optional(rating, "effective_to")
    held = and_(rating.effective_from <= day, or_(ends.is_(None), ends >= day))
    ratings = _published(reader, scope, PublishedRating, uscc, held)
    penalty, measure = table_of(reader, PublishedPenalty).c, table_of(reader, PublishedMeasure).c
    in_operation = or_(optional(measure, "valid_to").is_(None), optional(measure, "valid_to") >= day)
    return PublishedRecord(
        registration=registration[0],
        rating=ratings[-1] if ratings else None,
        directories=_current(reader, scope, DirectoryEntry, uscc, day),
        licences=_current(reader, scope, PublishedLicence, uscc, day),
        penalties=_current(reader, scope, PublishedPenalty, uscc, day, within_limit(penalty, day)),
        measures=_current(reader, scope, PublishedMeasure, uscc, day, in_operation),
    )


def list_own_publications(reader: Reader, scope: Scope, uscc: str, day: date) -> Rows[DirectoryEntry]:
    """Return the directory entries of an enterprise in reach that began by ``day``, ended ones included."""
    begins = table_of(reader, DirectoryEntry).c.published_from
    return about(reader, scope, DirectoryEntry, uscc, begins <= day, newest=begins)


def _current(reader: Reader, scope: Scope, kind: type[R], uscc: str, day: date, *where: ColumnElement[bool]) -> Rows[R]:
    return _published(reader, scope, kind, uscc, _under_publication(table_of(reader, kind).c, day), *where)


def _published(reader: Reader, scope: Scope, kind: type[R], uscc: str, *where: ColumnElement[bool]) -> Rows[R]:
    statement = columns_of(reader, kind).where(_visible(scope), table_of(reader, kind).c.uscc == uscc, *where)
    return as_records(kind, reader.rows(statement))


def _visible(scope: Scope) -> ColumnElement[bool]:
    return true() if scope.sees_published else false()


def _under_publication(columns: Any, day: date) -> ColumnElement[bool]:
    """A row without a first day of publication is not published."""
    begins, ends = optional(columns, "published_from"), optional(columns, "published_to")
    return and_(begins <= day, or_(ends.is_(None), ends >= day))
