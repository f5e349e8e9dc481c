"""How many enterprises there are, by district, office, level and type, with small groups hidden."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Row, and_, func, or_, select

from api.records.gateway.suppression import hidden_keys, with_totals
from api.records.mapping import optional
from api.records.reader import Reader, Rows
from api.records.scope import Scope

By = Literal["district", "office", "level", "kind"]
PUBLISHED: tuple[By, ...] = ("district", "level", "kind")  # all of them together, so that one table cannot undo another
NOT_RATED = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One group. ``enterprises`` is None where the group is too small to show, or would give such a group away."""

    keys: tuple[str, ...]
    enterprises: int | None


@dataclass(frozen=True, slots=True)
class Counts:
    """A table of counts out of ``tables``; ``total`` is None where it would give a hidden group away.

    A group without a level has the key "". ``as_of`` is when the newest registration counted was written.
    """

    by: tuple[By, ...]
    cells: tuple[Cell, ...]
    total: int | None
    truncated: bool
    tables: tuple[str, ...]
    as_of: datetime


def count_enterprises(reader: Reader, scope: Scope, day: date, by: tuple[By, ...] = ("level",)) -> Counts | None:
    """Return registered enterprises in operation on ``day`` by the groups named.

    Officers see their own district or office in full. Everyone else sees the nation by district, level and type,
    with groups below five hidden, and others where a hidden group could be worked out from any of these tables.
    """
    if not scope.sees_published or not (scope.is_officer or set(by) <= set(PUBLISHED)):
        return None
    grouped = by if scope.is_officer else PUBLISHED
    enterprise = reader.tables["enterprise"].c
    parts = [scope.supervises(enterprise)] if scope.is_officer else _districts(reader)
    found = [_count(reader, within, day, grouped) for within in parts]
    rows = [row for part in found for row in part]
    if not rows:
        return None
    counts = with_totals({_key(row): row.enterprises for row in rows})
    hidden = frozenset() if scope.is_officer else hidden_keys(counts)
    wanted = tuple(place for place, name in enumerate(grouped) if name in by)
    cells = [
        Cell(tuple(str(key[grouped.index(name)]) for name in by), None if key in hidden else count)
        for key, count in counts.items()
        if tuple(place for place, value in enumerate(key) if value is not None) == wanted
    ]
    everyone = (None,) * len(grouped)
    return Counts(
        by=by,
        cells=tuple(sorted(cells, key=lambda cell: cell.keys)),
        total=None if everyone in hidden else counts[everyone],
        truncated=any(part.truncated for part in found),
        tables=("enterprise", "credit_rating") if "level" in by else ("enterprise",),
        as_of=max(row.as_of for row in rows),
    )


def _key(row: Row[Any]) -> tuple[str, ...]:
    return tuple(NOT_RATED if value is None else str(value) for value in tuple(row)[:-2])


def _districts(reader: Reader) -> list[ColumnElement[bool]]:
    """One condition for each district: the nation is counted part by part, each within the time limit."""
    district = reader.tables["enterprise"].c.customs_district
    codes: list[str] = []
    while found := reader.first(select(func.min(district)).where(*(district > code for code in codes[-1:]))):
        if found[0] is None:
            break
        codes.append(found[0])
    return [district == code for code in codes]


def _count(reader: Reader, within: ColumnElement[bool], day: date, by: tuple[By, ...]) -> Rows[Row[Any]]:
    enterprise, rating = reader.tables["enterprise"], reader.tables["credit_rating"]
    groups: dict[str, ColumnElement[Any]] = {
        "district": enterprise.c.customs_district_name,
        "office": enterprise.c.customs_office_name,
        "level": rating.c.level,
        "kind": enterprise.c.kind,
    }
    columns = [groups[name].label(name) for name in by]
    ends = optional(rating.c, "effective_to")
    in_force = and_(rating.c.effective_from <= day, or_(ends.is_(None), ends >= day))
    source: Any = enterprise
    if "level" in by:
        source = enterprise.outerjoin(rating, and_(rating.c.uscc == enterprise.c.uscc, in_force))
    return reader.rows(
        select(*columns, func.count().label("enterprises"), func.max(enterprise.c.as_of).label("as_of"))
        .select_from(source)
        .where(within, enterprise.c.status == "open", enterprise.c.registered_on <= day)
        .group_by(*columns)
        .order_by(*columns)
    )
