"""Where a value lies on an axis, and which round values are written beside it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
LEAST = 1e-6  # what differs by less is the same


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps values from ``low`` to ``high`` onto places from ``start`` to ``end``."""

    low: float
    high: float
    start: float
    end: float

    def place(self, value: float) -> float:
        """Return where a value lies."""
        span = self.high - self.low
        share = (value - self.low) / span if span else 0.0
        return self.start + share * (self.end - self.start)


def round_steps(values: Iterable[float], most: int = 5) -> tuple[float, ...]:
    """Return at most ``most`` + 1 round values from zero (or below) that cover all values."""
    known = [value for value in values if math.isfinite(value)]
    low, high = min([0.0, *known]), max([0.0, *known])
    if high - low < LEAST:
        high = low + 1.0
    step = _step((high - low) / most)
    first, last = math.floor(low / step), math.ceil(high / step)
    first += (first + 1) * step <= low + LEAST
    last -= (last - 1) * step >= high - LEAST
    return tuple(round(number * step, 10) for number in range(first, last + 1))


def spread(count: int, most: int) -> tuple[int, ...]:
    """Return at most ``most`` of the places 0 … ``count`` - 1, evenly spread, first and last included."""
    if count <= most:
        return tuple(range(count))
    gap = (count - 1) / (most - 1)
    return tuple(round(number * gap) for number in range(most))


def _step(least: float) -> float:
    """The smallest round number that is no smaller than ``least``."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(factor * power for factor in STEPS if factor * power >= least * (1 - 1e-9))
