"""What the levels bring: inspection rate and clearance hours by level over time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from api.records.gateway.clearance import SUCCESSION, Average, LevelMonth, average, list_level_months
from api.records.reader import Reader
from api.records.scope import Scope


@dataclass(frozen=True, slots=True)
class Point:
    """One month of one level: the number of enterprises and their average."""

    month: date
    enterprises: int
    average: Average


@dataclass(frozen=True, slots=True)
class LevelSeries:
    """A level over time, the oldest month first. ``former_names`` are the old names of its earlier months.

    That an old level goes on under today's name is our reading: the transition rule is not known.
    """

    level: str
    former_names: tuple[str, ...]
    points: tuple[Point, ...]


def list_benefits(
    reader: Reader, scope: Scope, day: date, months: int = 36, customs_district: str = ""
) -> tuple[LevelSeries, ...]:
    """Return every level's series over the last complete months: the nation, or for officers their own district.

    Months in which a level has fewer than five enterprises are for officers only.
    """
    by_level: dict[str, list[LevelMonth]] = {}
    for month in list_level_months(reader, scope, day, months, customs_district):
        by_level.setdefault(_today(month.level), []).append(month)
    return tuple(_series(level, of) for level, of in sorted(by_level.items()))


def _today(level: str) -> str:
    return next((name for name, former in SUCCESSION.items() if level in former), level)


def _series(level: str, months: Iterable[LevelMonth]) -> LevelSeries:
    by_month: dict[date, list[LevelMonth]] = {}
    for month in months:
        by_month.setdefault(month.month, []).append(month)
    points = tuple(
        Point(month, sum(row.enterprises for row in rows), average(rows)) for month, rows in sorted(by_month.items())
    )
    names = {row.level for rows in by_month.values() for row in rows} - {level}
    return LevelSeries(level, tuple(sorted(names)), points)
