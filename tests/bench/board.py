"""How well does the question board group by meaning?

    python -m tests.bench.board

Pairs of the tuning questions that have sources: two mean the same when their expected sources are the same.
Prints for each threshold how many pairs of one meaning come together and how many of different ones, without
and with the rule that different levels, partners and articles never join.
"""

from __future__ import annotations

import json

import numpy as np
from rich.console import Console
from rich.table import Table

from api.bootstrap import Parts
from api.settings import read_settings
from api.usecases.board.grouping import ALIKE
from api.usecases.evaluate import FILES, FOLDER
from knowledge.alike import Nearby, asked_about

THRESHOLDS = (0.5, 0.55, ALIKE, 0.65, 0.7, 0.75, 0.8)


def main() -> None:
    """Print the table."""
    search = Parts(read_settings()).search
    lines = [line for name in FILES["tuning"] for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]
    rows = [row for row in map(json.loads, lines) if row.get("expect") and not row.get("history")]
    asked = [asked_about(search.understand(row["question"])) for row in rows]
    meanings = [" ".join(sorted(row["expect"])) for row in rows]

    nearby, vectors = Nearby(search.vectors), np.stack([one.vector for one in asked])
    near = np.stack([nearby.of(vector, vectors) for vector in vectors])
    pairs = np.triu_indices(len(rows), 1)
    same = _equal(meanings)[pairs]
    subject, near = _equal([one.subject for one in asked])[pairs], near[pairs]

    title = f"{len(rows)} questions, {same.sum():,} pairs of one meaning, {(~same).sum():,} of different ones"
    table = Table("from", "one meaning together", "different together", "with the rule: one", "different", title=title)
    for threshold in THRESHOLDS:
        joined = near >= threshold
        counts = [joined & same, joined & ~same, joined & subject & same, joined & subject & ~same]
        shares = (
            f"{part.sum():,} ({part.sum() / of.sum():.1%})" for part, of in zip(counts, [same, ~same] * 2, strict=True)
        )
        table.add_row(f"{threshold:.2f}", *shares)
    Console().print(table)


def _equal(names: list[str]) -> np.ndarray:
    held = np.array(names)
    return np.asarray(held[:, None] == held[None, :])


if __name__ == "__main__":
    main()
