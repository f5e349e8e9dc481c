"""Latencies as steps of a logarithmic scale, so that percentiles of any period come from counting rows."""

from __future__ import annotations

import math
from collections.abc import Mapping

GROWTH = 1.05  # a step is five per cent: percentiles are exact to that


def step_of(milliseconds: float) -> int:
    """Return the step of a latency; anything below a millisecond is the first."""
    return round(math.log(max(milliseconds, 1.0)) / math.log(GROWTH))


def milliseconds_of(step: int) -> float:
    """Return the latency in the middle of a step."""
    return float(GROWTH**step)


def percentile(counts: Mapping[int, int], share: float) -> float | None:
    """Return the latency that a share of all keep within, from the number of answers of each step."""
    total = sum(counts.values())
    seen = 0
    for step in sorted(counts):
        seen += counts[step]
        if seen >= share * total:
            return milliseconds_of(step)
    return None
