"""Hide small groups in a table of counts and all its totals, so that none can be worked out from the rest.

Counts are published by every combination of the dimensions; a hidden count must not follow from the others by
adding and subtracting. Small groups are hidden first, then companions in every row that would give one away, and
at the end linear algebra looks for a hidden count that the published ones still determine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

SMALL_GROUP = 5
ALL = None  # stands for a dimension summed over
Key = tuple[str | None, ...]
NEGLIGIBLE = 1e-9


@dataclass(frozen=True, slots=True)
class Line:
    """A total and the parts it is the sum of."""

    total: Key
    parts: tuple[Key, ...]

    @property
    def keys(self) -> tuple[Key, ...]:
        """Total and parts."""
        return (self.total, *self.parts)


def with_totals(cells: Mapping[Sequence[str], int]) -> dict[Key, int]:
    """Return the counts of every combination of dimensions; ``ALL`` in a key means summed over."""
    counts: dict[Key, int] = {}
    for key, count in cells.items():
        for kept in _subsets(len(key)):
            total = tuple(value if place in kept else ALL for place, value in enumerate(key))
            counts[total] = counts.get(total, 0) + count
    return counts


def hidden_keys(counts: Mapping[Key, int], k: int = SMALL_GROUP) -> frozenset[Key]:
    """Return which counts of `with_totals` must not be shown."""
    lines = tuple(_lines(counts))
    hidden = {key for key, count in counts.items() if count < k}
    while True:
        _hide_companions(hidden, lines, counts, k)
        determined = _determined(hidden, lines)
        shown = counts.keys() - hidden
        if not determined or not shown:
            return frozenset(hidden)
        touching = [line for line in lines if not determined.isdisjoint(line.keys)]
        companions = {choice for line in touching if (choice := _smallest_shown(line, hidden, counts)) is not None}
        hidden |= companions or {min(shown, key=lambda key: (counts[key], repr(key)))}


def _hide_companions(hidden: set[Key], lines: Sequence[Line], counts: Mapping[Key, int], k: int) -> None:
    changed = True
    while changed:
        changed = False
        for line in lines:
            while _gives_away(line, hidden, counts, k):
                choice = _smallest_shown(line, hidden, counts)
                if choice is None:
                    break
                hidden.add(choice)
                changed = True


def _gives_away(line: Line, hidden: set[Key], counts: Mapping[Key, int], k: int) -> bool:
    """Whether one count is hidden alone, or the hidden parts together are a small group that the total reveals."""
    parts = [part for part in line.parts if part in hidden]
    if line.total in hidden:
        return not parts
    return len(parts) == 1 or bool(parts) and sum(counts[part] for part in parts) < k


def _smallest_shown(line: Line, hidden: set[Key], counts: Mapping[Key, int]) -> Key | None:
    """The companion that costs least: the smallest part still shown, or the total where no part is left."""
    shown = [part for part in line.parts if part not in hidden]
    if shown:
        return min(shown, key=lambda part: (counts[part], repr(part)))
    return line.total if line.total not in hidden else None


def _determined(hidden: set[Key], lines: Iterable[Line]) -> set[Key]:
    """The hidden counts that have one possible value given everything shown."""
    unknown = sorted(hidden, key=repr)
    place = {key: number for number, key in enumerate(unknown)}
    rows = []
    for line in lines:
        row = np.zeros(len(unknown))
        for key, sign in ((line.total, 1.0), *((part, -1.0) for part in line.parts)):
            if key in place:
                row[place[key]] = sign
        if row.any():
            rows.append(row)
    if not rows:
        return set()
    _, sizes, directions = np.linalg.svd(np.array(rows))
    free = directions[int((sizes > NEGLIGIBLE).sum()) :]
    return {key for key in unknown if not (np.abs(free[:, place[key]]) > NEGLIGIBLE).any()}


def _lines(counts: Mapping[Key, int]) -> Iterator[Line]:
    by_total: dict[tuple[Key, int], list[Key]] = {}
    for key in counts:
        for place, value in enumerate(key):
            if value is not ALL:
                total = (*key[:place], ALL, *key[place + 1 :])
                by_total.setdefault((total, place), []).append(key)
    for (total, _), parts in by_total.items():
        yield Line(total, tuple(parts))


def _subsets(dimensions: int) -> Iterator[tuple[int, ...]]:
    for size in range(dimensions + 1):
        yield from combinations(range(dimensions), size)
