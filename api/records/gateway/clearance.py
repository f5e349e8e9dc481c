"""How often the enterprise is inspected and how long clearance takes, beside its level and regular enterprises."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import false, true

from api.records.gateway.rating import find_rating
from api.records.gateway.source import Record, Source, about, as_records, columns_of, table_of
from api.records.reader import Reader, Rows
from api.records.scope import Scope
from selfassess.window import add_months

SMALL_GROUP = 5  # averages over fewer enterprises would show a single one; only officers see them
SUCCESSION = {
    # what a level of Order 282 was called under the earlier orders, so that a window may span 2026-04-01
    "regular": ("regular", "ordinary_management", "general_credit"),
}


@dataclass(frozen=True, slots=True)
class DeclarationMonth(Record):
    """A month of declarations, findings, values and tax."""

    TABLE: ClassVar[str] = "declaration_month"

    uscc: str
    month: date
    declarations: int
    documents: int
    self_declared: int
    inspected: int
    self_inspected: int
    found: int
    high_quality_found: int
    import_value: Decimal
    export_value: Decimal
    tax_paid: Decimal


@dataclass(frozen=True, slots=True)
class FieldMonth(Record):
    """A month of inspection and quarantine work in one business field."""

    TABLE: ClassVar[str] = "field_month"

    uscc: str
    month: date
    field: str
    role: str
    declarations: int
    inspected: int
    adverse: int


@dataclass(frozen=True, slots=True)
class ClearanceMonth(Record):
    """A month of one enterprise's clearance."""

    TABLE: ClassVar[str] = "clearance_month"

    uscc: str
    month: date
    declarations: int
    inspected: int
    import_hours: float | None
    export_hours: float | None


@dataclass(frozen=True, slots=True)
class LevelMonth(Record):
    """A month of clearance, averaged over the enterprises of one level."""

    TABLE: ClassVar[str] = "clearance_level_month"

    customs_district: str
    level: str
    month: date
    enterprises: int
    declarations: int
    inspected: int
    import_hours: float | None
    export_hours: float | None


Month = ClearanceMonth | LevelMonth


@dataclass(frozen=True, slots=True)
class Average:
    """Inspection rate in per cent and hours over some months; None where nothing was declared."""

    declarations: int
    inspected: int
    import_hours: float | None
    export_hours: float | None
    sources: tuple[Source, ...]

    @property
    def inspection_rate(self) -> float | None:
        """Inspected declarations in per cent of all declarations."""
        return 100 * self.inspected / self.declarations if self.declarations else None


@dataclass(frozen=True, slots=True)
class MonthBeside:
    """One month of a comparison; None where nothing is known or shown of it."""

    month: date
    own: Average | None
    of_level: Average | None
    of_regular: Average | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The enterprise beside its level and the regular enterprises, over the same months."""

    first_month: date
    last_month: date
    level: str
    own: Average
    of_level: Average | None
    of_regular: Average | None
    months: tuple[MonthBeside, ...]


def list_declaration_months(
    reader: Reader, scope: Scope, uscc: str, day: date, months: int = 36
) -> Rows[DeclarationMonth]:
    """Return the declaration figures of the last ``months`` complete months before ``day``, newest first."""
    month = table_of(reader, DeclarationMonth).c.month
    return about(reader, scope, DeclarationMonth, uscc, *_span(month, day, months), newest=month)


def list_field_months(reader: Reader, scope: Scope, uscc: str, day: date, months: int = 36) -> Rows[FieldMonth]:
    """Return inspection and quarantine figures by field of the last ``months`` complete months."""
    month = table_of(reader, FieldMonth).c.month
    return about(reader, scope, FieldMonth, uscc, *_span(month, day, months), newest=month)


def list_clearance_months(reader: Reader, scope: Scope, uscc: str, day: date, months: int = 12) -> Rows[ClearanceMonth]:
    """Return the enterprise's own clearance of the last ``months`` complete months, newest first."""
    month = table_of(reader, ClearanceMonth).c.month
    return about(reader, scope, ClearanceMonth, uscc, *_span(month, day, months), newest=month)


def list_level_months(
    reader: Reader,
    scope: Scope,
    day: date,
    months: int = 12,
    customs_district: str = "",
    levels: Collection[str] = (),
) -> Rows[LevelMonth]:
    """Return clearance by level and month, of all levels or those named: the nation, or for officers their district.

    Averages over fewer than five enterprises are for officers only.
    """
    columns = table_of(reader, LevelMonth).c
    own_district = scope.is_officer and customs_district == scope.customs[:2]
    allowed = scope.signed_in and (customs_district == "" or own_district)
    statement = (
        columns_of(reader, LevelMonth)
        .where(true() if allowed else false(), columns.customs_district == customs_district)
        .where(*_span(columns.month, day, months))
        .where(true() if scope.is_officer else columns.enterprises >= SMALL_GROUP)
        .where(columns.level.in_(levels) if levels else true())
        .order_by(columns.month.desc(), columns.level)
    )
    return as_records(LevelMonth, reader.rows(statement))


def compare_clearance(
    reader: Reader, scope: Scope, uscc: str, day: date, months: int = 12, level: str | None = None
) -> Comparison | None:
    """Return the enterprise's own figures beside its level's and the regular average, or None without its own.

    ``level`` saves a question where the caller knows the level of the day.
    """
    own = list_clearance_months(reader, scope, uscc, day, months)
    if not own:
        return None
    if level is None:
        rating = find_rating(reader, scope, uscc, day)
        level = rating.level if rating else None
    if level is None:
        return None
    names = {*_names_of(level), *_names_of("regular")}
    levels = list_level_months(reader, scope, day, months, levels=sorted(names))
    return Comparison(
        first_month=own[-1].month,
        last_month=own[0].month,
        level=level,
        own=average(own),
        of_level=_average_of(levels, level),
        of_regular=_average_of(levels, "regular"),
        months=tuple(_beside(own, levels, level)),
    )


def _beside(own: Iterable[ClearanceMonth], levels: Iterable[LevelMonth], level: str) -> Iterator[MonthBeside]:
    """Month by month, the oldest first."""
    own_of = {row.month: average([row]) for row in own}
    levels = tuple(levels)
    for month in sorted({*own_of, *(row.month for row in levels)}):
        of_month = [row for row in levels if row.month == month]
        yield MonthBeside(month, own_of.get(month), _average_of(of_month, level), _average_of(of_month, "regular"))


def _span(month: Any, day: date, months: int) -> tuple[Any, Any]:
    """The condition for the last complete months: the month of ``day`` is still running."""
    return month >= add_months(day.replace(day=1), -months), month < day.replace(day=1)


def _average_of(levels: Iterable[LevelMonth], level: str) -> Average | None:
    months = [month for month in levels if month.level in _names_of(level)]
    return average(months) if months else None


def _names_of(level: str) -> tuple[str, ...]:
    return SUCCESSION.get(level, (level,))


def average(months: Iterable[Month]) -> Average:
    """Return the average over some months, hours weighted by declarations."""
    months = tuple(months)
    return Average(
        declarations=sum(month.declarations for month in months),
        inspected=sum(month.inspected for month in months),
        import_hours=_weighted([(month.import_hours, month.declarations) for month in months]),
        export_hours=_weighted([(month.export_hours, month.declarations) for month in months]),
        sources=tuple(month.source for month in months),
    )


def _weighted(hours: list[tuple[float | None, int]]) -> float | None:
    known = [(value, weight) for value, weight in hours if value is not None and weight]
    total = sum(weight for _, weight in known)
    return sum(value * weight for value, weight in known) / total if total else None
