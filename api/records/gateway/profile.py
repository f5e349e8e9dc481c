"""The enterprise profile: five dimensions of indicators, each explained in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from itertools import groupby
from typing import ClassVar, Literal

import yaml
from pydantic import BaseModel, ConfigDict
from sqlalchemy import func, select

from api.records.gateway.source import Record, about, table_of
from api.records.reader import Reader
from api.records.scope import Scope

DIMENSIONS = ("attributes", "conduct", "operation", "compliance", "external")


class Indicator(BaseModel):
    """What an indicator measures and how to read it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    dimension: str
    zh: str
    en: str
    unit: Literal["count", "percent", "yuan", "days", "hours", "years", "grade", "yes_no", "score"]
    better: Literal["higher", "lower", "neutral"]
    why_zh: str
    why_en: str


@dataclass(frozen=True, slots=True)
class IndicatorValue(Record):
    """One measured indicator."""

    TABLE: ClassVar[str] = "profile_indicator"

    uscc: str
    dimension: str
    indicator: str
    measured_on: date
    value: float | None
    score: float | None

    @property
    def meaning(self) -> Indicator | None:
        """The explanation, or None for an indicator this software does not know."""
        return indicators().get(self.indicator)


@dataclass(frozen=True, slots=True)
class Dimension:
    """One of the five dimensions. ``score`` is our mean of the indicator scores, not an official figure."""

    dimension: str
    score: float | None
    values: tuple[IndicatorValue, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """The latest profile of an enterprise by the day asked about."""

    measured_on: date
    dimensions: tuple[Dimension, ...]


@lru_cache(maxsize=1)
def indicators() -> Mapping[str, Indicator]:
    """Return every indicator definition by its code."""
    raw = yaml.safe_load(files("api.records").joinpath("indicators.yaml").read_text(encoding="utf-8"))
    return {item["id"]: Indicator(dimension=dimension, **item) for dimension, listed in raw.items() for item in listed}


def find_profile(reader: Reader, scope: Scope, uscc: str, day: date) -> Profile | None:
    """Return the enterprise's latest profile by ``day``, its dimensions in the official order."""
    table = table_of(reader, IndicatorValue)
    latest = (
        select(func.max(table.c.measured_on)).where(table.c.uscc == uscc, table.c.measured_on <= day).scalar_subquery()
    )
    values = about(reader, scope, IndicatorValue, uscc, table.c.measured_on == latest)
    if not values:
        return None
    ordered = sorted(values, key=lambda value: (_rank(value.dimension), value.indicator))
    return Profile(
        measured_on=values[0].measured_on,
        dimensions=tuple(_dimension(name, tuple(of)) for name, of in groupby(ordered, key=lambda v: v.dimension)),
    )


def _dimension(name: str, values: tuple[IndicatorValue, ...]) -> Dimension:
    scores = [value.score for value in values if value.score is not None]
    return Dimension(name, sum(scores) / len(scores) if scores else None, values)


def _rank(dimension: str) -> int:
    return DIMENSIONS.index(dimension) if dimension in DIMENSIONS else len(DIMENSIONS)
