"""The enterprises within reach whose name, credit code or customs code was typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Row, and_, or_, select

from api.records.gateway.names import clean_part, name_holds
from api.records.gateway.source import Source, row_key
from api.records.identity import is_customs_code, is_uscc
from api.records.mapping import optional
from api.records.reader import Reader, Rows
from api.records.scope import Scope

MOST = 50


@dataclass(frozen=True, slots=True)
class Found:
    """An enterprise in a list of search results, with its level on the day asked about and the rating that says so."""

    source: Source
    uscc: str
    customs_code: str
    name: str
    kind: str
    status: str
    customs_office_name: str
    level: str | None
    rating: Source | None


def search_enterprises(reader: Reader, scope: Scope, text: str, day: date, cap: int = MOST) -> Rows[Found]:
    """Return enterprises in reach by name part, credit code or customs code; an exact name comes first.

    A truncated result says that more names match: type more of the name.
    """
    if not scope.signed_in:
        return Rows()
    within = reach_of_enterprise(reader, scope, reader.tables["enterprise"])
    return matching(reader, within, text, day, cap)


def list_in_reach(reader: Reader, scope: Scope, day: date, after: str = "", cap: int = MOST) -> Rows[Found]:
    """Return a page of the enterprises in reach with their levels, by credit code, beginning after ``after``."""
    if not scope.signed_in:
        return Rows()
    enterprise = reader.tables["enterprise"]
    within = and_(reach_of_enterprise(reader, scope, enterprise), enterprise.c.uscc > after)
    return _found(reader, enterprise, within, day, cap, by_code=True)


def reach_of_enterprise(reader: Reader, scope: Scope, enterprise: Any) -> ColumnElement[bool]:
    """Return the condition that a row of ``enterprise`` is in reach, without a second look at the table."""
    return scope.supervises(enterprise.c) if scope.is_officer else scope.covers(reader.tables, enterprise.c.uscc)


def matching(reader: Reader, within: ColumnElement[bool], text: str, day: date, cap: int) -> Rows[Found]:
    """Return the enterprises that match ``text`` and the condition ``within``."""
    enterprise = reader.tables["enterprise"]
    part = clean_part(text)
    if not part:
        return Rows()
    number = _by_number(enterprise, part.upper())
    if number is not None:
        return _found(reader, enterprise, and_(number, within), day, cap)
    exact = _found(reader, enterprise, and_(enterprise.c.name == part, within), day, cap)
    source, holds = name_holds(reader, enterprise, part)
    partly = _found(reader, source, and_(holds, within), day, cap)
    merged = {found.uscc: found for found in (*exact, *partly)}.values()
    ordered = sorted(merged, key=lambda found: (found.name != part, not found.name.startswith(part), found.name))
    return Rows(ordered[:cap], truncated=partly.truncated or len(ordered) > cap)


def _by_number(enterprise: Any, typed: str) -> ColumnElement[bool] | None:
    if is_uscc(typed):
        return enterprise.c.uscc == typed  # type: ignore[no-any-return]
    if is_customs_code(typed) and any(character.isdigit() for character in typed):
        return enterprise.c.customs_code == typed  # type: ignore[no-any-return]
    return None


def _found(
    reader: Reader, source: FromClause, where: ColumnElement[bool], day: date, cap: int, *, by_code: bool = False
) -> Rows[Found]:
    enterprise, rating = reader.tables["enterprise"], reader.tables["credit_rating"]
    names = ("uscc", "customs_code", "name", "kind", "status", "customs_office_name")
    matched = (
        select(
            *(enterprise.c[name].label(name) for name in names),
            row_key(enterprise).label("row_key"),
            enterprise.c.as_of.label("row_as_of"),
        )
        .select_from(source)
        .where(where)
        .order_by(*((enterprise.c.uscc,) if by_code else ()))
        .limit(cap + 1)
        .subquery("matched")
    )
    ends = optional(rating.c, "effective_to")
    in_force = and_(rating.c.effective_from <= day, or_(ends.is_(None), ends >= day))
    held = and_(rating.c.uscc == matched.c.uscc, in_force)
    columns = (
        *(matched.c[name] for name in names),
        rating.c.level.label("level"),
        row_key(rating).label("rating_key"),
        rating.c.as_of.label("rating_as_of"),
        matched.c.row_key.label("row_key"),
        matched.c.row_as_of.label("row_as_of"),
    )
    statement = select(*columns).select_from(matched.outerjoin(rating, held))
    rows = reader.rows(statement.order_by(matched.c.uscc) if by_code else statement, cap=cap)
    return Rows((_as_found(row) for row in rows), truncated=rows.truncated)


def _as_found(row: Row[Any]) -> Found:
    rating = None if row.level is None else Source("credit_rating", str(row.rating_key), row.rating_as_of)
    source = Source("enterprise", str(row.row_key), row.row_as_of)
    names = (row.uscc, row.customs_code, row.name, row.kind, row.status, row.customs_office_name)
    return Found(source, *names, row.level, rating)
