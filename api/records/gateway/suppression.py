"""Hide small groups in a table of counts and all its totals, so that none can be worked out from the rest.

Counts are published by every combination of the dimensions; a hidden count must not follow from the others by
adding and subtracting. Small groups are hidden first, then companions in every row that would give one away, and
at the end the sums are solved for a hidden count that the published ones still determine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

SMALL_GROUP = 5
ALL = None  # stands for a dimension summed over
Key = tuple[str | None, ...]
Equations = npt.NDArray[np.int64]
PRIME = 2_147_483_647  # products of two remainders still fit into 64 bits


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
    """The hidden counts that have one possible value given everything shown.

    Each line is an equation in the hidden counts alone; reduced as far as possible, an equation with a single
    unknown left gives that one away.
    """
    unknown = sorted(hidden, key=repr)
    place = {key: number for number, key in enumerate(unknown)}
    equations = []
    for line in lines:
        row = np.zeros(len(unknown), dtype=np.int64)
        row[[place[part] for part in line.parts if part in place]] = PRIME - 1
        if line.total in place:
            row[place[line.total]] = 1
        if row.any():
            equations.append(row)
    left = _reduced(np.array(equations)) if equations else np.zeros((0, 0), dtype=np.int64)
    return {unknown[int(row.nonzero()[0][0])] for row in left if np.count_nonzero(row) == 1}


def _reduced(rows: Equations) -> Equations:
    """The reduced row echelon form, in whole numbers modulo a prime: exact, where floating point would guess."""
    done = 0
    for column in range(rows.shape[1]):
        below = rows[done:, column].nonzero()[0]
        if not below.size:
            continue
        rows[[done, done + below[0]]] = rows[[done + below[0], done]]
        rows[done] = rows[done] * pow(int(rows[done, column]), -1, PRIME) % PRIME
        others = rows[:, column].nonzero()[0]
        others = others[others != done]
        rows[others] = (rows[others] - rows[others, column, None] * rows[done]) % PRIME
        done += 1
    return rows[:done]


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
