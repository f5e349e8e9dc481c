"""How heavy every page is and how fast the server makes it: `python -m tests.bench.pages [--times N]`.

Weights are bytes before compression: the page, its style sheets and scripts, no pictures. Times are those of whole
requests through the application in this process, on sample data, after one request to warm up.
"""

from __future__ import annotations

import argparse
import logging
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

import structlog
from rich.console import Console
from rich.progress import track
from rich.table import Table

from api.bootstrap import Parts
from api.settings import Settings
from tests.every_page import Opened, walk, weight_of
from tests.staged import Stage, staged
from web.app import keep_loaded

ROOT = Path(__file__).parents[2]
HEAVIEST, SLOWEST = 150_000, 80.0


@dataclass(frozen=True)
class Measured:
    """One page: bytes, and milliseconds of each request."""

    page: Opened
    weight: int
    milliseconds: tuple[float, ...]

    @property
    def p95(self) -> float:
        """The time that nineteen of twenty requests keep."""
        return quantiles(self.milliseconds, n=20, method="inclusive")[-1]


def measure(stage: Stage, times: int) -> Iterator[Measured]:
    """Open every page again and again."""
    for page in track(walk(stage).pages, "pages"):
        taken = []
        for _ in range(times):
            begun = time.perf_counter()
            stage.people[page.who].get(page.address)
            taken.append((time.perf_counter() - begun) * 1000)
        yield Measured(page, weight_of(page.answer), tuple(taken))


def main() -> None:
    """Print the table, slowest pages first."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--times", type=int, default=20)
    reader.add_argument("--enterprises", type=int, default=2_000)
    asked = reader.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    parts = Parts(Settings(data_dir=Path(os.environ.get("CREDIT_DATA_DIR") or ROOT / "var")))
    with (
        TemporaryDirectory() as folder,
        staged(parts.assistant, parts.provisions, Path(folder), asked.enterprises) as stage,
    ):
        keep_loaded()
        measured = sorted(measure(stage, asked.times), key=lambda one: -one.p95)
    table = Table("page", "kB", "p50 ms", "p95 ms", "n", title=f"{asked.enterprises} enterprises")
    for one in measured:
        table.add_row(
            str(one.page),
            f"{one.weight / 1000:.0f}",
            f"{median(one.milliseconds):.0f}",
            f"{one.p95:.0f}",
            str(len(one.milliseconds)),
        )
    console = Console(width=120)
    console.print(table)
    heavy = sum(one.weight > HEAVIEST for one in measured)
    slow = sum(one.p95 > SLOWEST for one in measured)
    console.print(f"{len(measured)} pages; {heavy} above {HEAVIEST / 1000:.0f} kB, {slow} above {SLOWEST:.0f} ms (p95)")


if __name__ == "__main__":
    main()
