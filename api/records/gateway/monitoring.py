"""What changed between two days among the enterprises in reach: lists for coordinators and officers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Row, select

from api.records.gateway.search import reach_of_enterprise
from api.records.gateway.source import Source, row_key
from api.records.mapping import optional
from api.records.reader import Reader, Rows
from api.records.scope import Scope

# a change of the credit measures renames every level at once; it says nothing about an enterprise
CHANGES = (
    "certification", "failed_revalidation", "discredit_finding", "serious_discredit_finding", "tier_upgrade",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LevelChange:
    """A new level and the one held before it."""

    source: Source
    uscc: str
    name: str
    customs_office_name: str
    enterprise: Source
    level: str
    effective_from: date
    basis: str
    previous_level: str | None
    previous: Source | None


@dataclass(frozen=True, slots=True)
class NewPenalty:
    """A penalty decided in the period."""

    source: Source
    uscc: str
    name: str
    customs_office_name: str
    enterprise: Source
    decided_on: date
    field: str
    cause: str
    fine: Decimal
    confiscated_gains: Decimal
    confiscated_goods: Decimal


@dataclass(frozen=True, slots=True)
class NewListing:
    """An entry on the abnormal list in the period."""

    source: Source
    uscc: str
    name: str
    customs_office_name: str
    enterprise: Source
    listed_on: date
    reason: str
    removed_on: date | None


@dataclass(frozen=True, slots=True)
class ReviewDue:
    """A level whose review falls into the period."""

    source: Source
    uscc: str
    name: str
    customs_office_name: str
    enterprise: Source
    level: str
    next_review: date


def list_level_changes(reader: Reader, scope: Scope, first: date, last: date, cap: int = 200) -> Rows[LevelChange]:
    """Return level changes that took effect between two days, the newest first."""
    rating = reader.tables["credit_rating"]
    before, previous = rating.alias("before"), rating.alias("previous")
    latest_before = (
        select(row_key(before))
        .where(before.c.uscc == rating.c.uscc, before.c.effective_from < rating.c.effective_from)
        .order_by(before.c.effective_from.desc())
        .limit(1)
        .scalar_subquery()
    )
    when = rating.c.effective_from
    columns = (
        rating.c.level, when, rating.c.basis, previous.c.level, row_key(previous), previous.c.as_of,
    )  # fmt: skip
    where = (rating.c.basis.in_(CHANGES), when.between(first, last))
    beside = (previous, row_key(previous) == latest_before)
    rows = _events(reader, scope, rating, when, columns, cap, *where, beside=beside)
    return Rows(map(_level_change, rows), truncated=rows.truncated)


def _level_change(row: Row[Any]) -> LevelChange:
    uscc, name, office, key, written, level, begins, basis, previous, previous_key, previous_written, *own = tuple(row)
    former = None if previous is None else Source("credit_rating", str(previous_key), previous_written)
    enterprise = Source("enterprise", str(key), written)
    source = Source("credit_rating", str(own[0]), own[1])
    return LevelChange(source, uscc, name, office, enterprise, level, begins, basis, previous, former)


def list_new_penalties(reader: Reader, scope: Scope, first: date, last: date, cap: int = 200) -> Rows[NewPenalty]:
    """Return penalties decided between two days, the newest first."""
    penalty = reader.tables["penalty"]
    names = ("decided_on", "field", "cause", "fine", "confiscated_gains", "confiscated_goods")
    when = penalty.c.decided_on
    columns = tuple(penalty.c[name] for name in names)
    rows = _events(reader, scope, penalty, when, columns, cap, when.between(first, last))
    return _as(NewPenalty, "penalty", rows)


def list_new_listings(reader: Reader, scope: Scope, first: date, last: date, cap: int = 200) -> Rows[NewListing]:
    """Return entries on the abnormal list between two days, the newest first."""
    listing = reader.tables["abnormal_listing"]
    when = listing.c.listed_on
    columns = (when, listing.c.reason, optional(listing.c, "removed_on"))
    rows = _events(reader, scope, listing, when, columns, cap, when.between(first, last))
    return _as(NewListing, "abnormal_listing", rows)


def list_reviews_due(reader: Reader, scope: Scope, first: date, last: date, cap: int = 200) -> Rows[ReviewDue]:
    """Return levels now held whose next review falls between two days, the nearest first."""
    rating = reader.tables["credit_rating"]
    due = optional(rating.c, "next_review")
    held = optional(rating.c, "effective_to").is_(None)
    columns = (rating.c.level, due.label("next_review"))
    rows = _events(reader, scope, rating, due, columns, cap, held, due.between(first, last), newest=False)
    return _as(ReviewDue, "credit_rating", rows)


def _events(
    reader: Reader,
    scope: Scope,
    table: Any,
    when: ColumnElement[date],
    columns: tuple[ColumnElement[Any], ...],
    cap: int,
    *where: ColumnElement[bool],
    newest: bool = True,
    beside: tuple[Any, ColumnElement[bool]] | None = None,
) -> Rows[Row[Any]]:
    enterprise = reader.tables["enterprise"]
    source = table.join(enterprise, enterprise.c.uscc == table.c.uscc)
    if beside is not None:
        source = source.outerjoin(*beside)
    statement = (
        select(
            table.c.uscc.label("uscc"),
            enterprise.c.name.label("name"),
            enterprise.c.customs_office_name.label("office"),
            row_key(enterprise).label("enterprise_key"),
            enterprise.c.as_of.label("enterprise_as_of"),
            *(column.label(f"value_{position}") for position, column in enumerate(columns)),
            row_key(table).label("row_key"),
            table.c.as_of.label("row_as_of"),
        )
        .select_from(source)
        .where(reach_of_enterprise(reader, scope, enterprise), *where)
        .order_by(when.desc() if newest else when, row_key(table))
    )
    return reader.rows(statement, cap=cap)


def _as(kind: Any, table: str, rows: Rows[Row[Any]]) -> Rows[Any]:
    return Rows((_event(kind, table, tuple(row)) for row in rows), truncated=rows.truncated)


def _event(kind: Any, table: str, values: tuple[Any, ...]) -> Any:
    uscc, name, office, key, written, *rest = values
    enterprise = Source("enterprise", str(key), written)
    return kind(Source(table, str(rest[-2]), rest[-1]), uscc, name, office, enterprise, *rest[:-2])
