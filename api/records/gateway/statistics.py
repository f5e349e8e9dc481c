"""How many enterprises there are, by district, office, level and type, with small groups hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import and_, false, func, or_, select, true

from api.records.mapping import optional
from api.records.reader import Reader
from api.records.scope import Scope

SMALL_GROUP = 10
By = Literal["district", "office", "level", "kind"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One group. ``enterprises`` is None where the group is too small to show."""

    keys: tuple[str | None, ...]
    enterprises: int | None


@dataclass(frozen=True, slots=True)
class Counts:
    """A table of counts. ``total`` is None where it would give a hidden group away."""

    by: tuple[By, ...]
    cells: tuple[Cell, ...]
    total: int | None
    truncated: bool


def count_enterprises(
    reader: Reader, scope: Scope, day: date, by: tuple[By, ...] = ("level",), k: int = SMALL_GROUP
) -> Counts | None:
    """Return registered enterprises in operation on ``day`` by the groups named.

    Officers see their own district or office in full. Everyone else sees the nation, with groups below ``k``
    hidden, and a second one where a single hidden group could be worked out from the total.
    """
    enterprise, rating = reader.tables["enterprise"], reader.tables["credit_rating"]
    ends = optional(rating.c, "effective_to")
    in_force = and_(rating.c.effective_from <= day, or_(ends.is_(None), ends >= day))
    groups = {
        "district": enterprise.c.customs_district_name,
        "office": enterprise.c.customs_office_name,
        "level": rating.c.level,
        "kind": enterprise.c.kind,
    }
    columns = [groups[name].label(name) for name in by]
    source: Any = enterprise
    if "level" in by:
        source = enterprise.outerjoin(rating, and_(rating.c.uscc == enterprise.c.uscc, in_force))
    allowed = scope.supervises(enterprise.c) if scope.is_officer else (true() if scope.sees_published else false())
    statement = (
        select(*columns, func.count().label("enterprises"))
        .select_from(source)
        .where(allowed, enterprise.c.status == "open", enterprise.c.registered_on <= day)
        .group_by(*columns)
        .order_by(*columns)
    )
    rows = reader.rows(statement)
    if not rows:
        return None
    cells = [Cell(tuple(row[:-1]), row.enterprises) for row in rows]
    shown = cells if scope.is_officer else hide_small(cells, k)
    return Counts(by, tuple(shown), _total(cells, shown, k), rows.truncated)


def hide_small(cells: Sequence[Cell], k: int) -> list[Cell]:
    """Return the cells with groups below ``k`` hidden, so that none can be worked out from the total.

    Hidden cells number either none or at least two and together hold at least ``k`` enterprises.
    """
    ordered = sorted(range(len(cells)), key=lambda position: cells[position].enterprises or 0)
    hidden: set[int] = set()
    together = 0
    for position in ordered:
        size = cells[position].enterprises or 0
        if size >= k and (not hidden or (len(hidden) > 1 and together >= k)):
            break
        hidden.add(position)
        together += size
    return [Cell(cell.keys, None) if place in hidden else cell for place, cell in enumerate(cells)]


def _total(cells: Sequence[Cell], shown: Sequence[Cell], k: int) -> int | None:
    """The total, unless it would give a hidden group away: one hidden alone, or fewer than ``k`` in all of them."""
    hidden = [cell.enterprises or 0 for cell, seen in zip(cells, shown, strict=True) if seen.enterprises is None]
    if hidden and (len(hidden) == 1 or sum(hidden) < k):
        return None
    return sum(cell.enterprises or 0 for cell in cells)
