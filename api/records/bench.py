"""Measure the three questions that must be quick: the status page, name search, the related-party cluster.

Times are those of the database and the driver together (`Reader.seconds`): from sending a statement to
holding its rows. Half of the status pages are full files, the other half any enterprise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from random import Random

from api.records.gateway.cluster import find_cluster
from api.records.gateway.search import search_enterprises
from api.records.gateway.statistics import count_enterprises
from api.records.gateway.status import find_status
from api.records.reader import Reader, Records
from api.records.sample.fiction import BRAND_FIRST, BRAND_LAST, CITIES, TRADES, uscc_of
from api.records.sample.plan import FULL_FILE_EVERY, FULL_FILES
from api.records.scope import Scope

TARGETS_MS = {"status page": 15.0, "name search": 150.0, "related cluster": 50.0}
WARM_UP = 10


@dataclass(frozen=True, slots=True)
class Timing:
    """The spread of one question's times, in milliseconds, and its target where there is one."""

    question: str
    runs: int
    p50: float
    p95: float
    worst: float
    target: float | None

    @property
    def met(self) -> bool:
        """Whether the 95th percentile is within the target."""
        return self.target is None or self.p95 <= self.target


Question = Callable[[Reader], object]


def run_bench(records: Records, *, enterprises: int, seed: int, day: date, runs: int = 200) -> list[Timing]:
    """Return the timings on a sample made with these numbers."""
    rng = Random(seed)  # noqa: S311 - the same questions on every engine and size
    questions = {
        "status page": _status_pages(enterprises, seed, day, rng),
        "name search": _name_searches(day, rng),
        "related cluster": _clusters(enterprises, seed, day, rng),
    }
    timings = [_measure(records, name, asked, runs) for name, asked in questions.items()]
    return [*timings, _measure(records, "statistics", _statistics(day), max(3, runs // 40))]


def report_lines(engine: str, enterprises: int, timings: list[Timing]) -> list[str]:
    """Return the timings as lines of a table."""
    lines = []
    for timing in timings:
        target = "" if timing.target is None else f"{timing.target:.0f}"
        met = "" if timing.target is None else "yes" if timing.met else "NO"
        lines.append(
            f"{engine:<11}{enterprises:>8}  {timing.question:<16}{timing.runs:>5}"
            f"{timing.p50:>9.2f}{timing.p95:>9.2f}{timing.worst:>9.2f}{target:>8}  {met}".rstrip()
        )
    return lines


HEADER = (
    f"{'engine':<11}{'firms':>8}  {'question':<16}{'runs':>5}{'p50 ms':>9}{'p95 ms':>9}{'max ms':>9}{'target':>8}  met"
)


def _measure(records: Records, name: str, questions: Iterator[Question], runs: int) -> Timing:
    times = []
    for number in range(WARM_UP + runs):
        with records.reader() as reader:
            next(questions)(reader)
            if number >= WARM_UP:
                times.append(reader.seconds * 1000)
    times.sort()
    return Timing(name, runs, _at(times, 0.50), _at(times, 0.95), times[-1], TARGETS_MS.get(name))


def _at(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def _status_pages(enterprises: int, seed: int, day: date, rng: Random) -> Iterator[Question]:
    while True:
        full = rng.random() < 0.5
        uscc = uscc_of(_full_index(enterprises, rng) if full else rng.randrange(enterprises), seed)
        scope = Scope.of_enterprises([uscc])
        yield partial(find_status, scope=scope, uscc=uscc, day=day)


def _full_index(enterprises: int, rng: Random) -> int:
    thin = max(0, (enterprises - 1) // FULL_FILE_EVERY - FULL_FILES // FULL_FILE_EVERY)
    drawn = rng.randrange(min(FULL_FILES, enterprises) + thin)
    return drawn if drawn < FULL_FILES else (drawn - FULL_FILES + 2) * FULL_FILE_EVERY


def _name_searches(day: date, rng: Random) -> Iterator[Question]:
    """Common and rare parts, parts across word borders, and parts nobody has."""
    scope = Scope.of_customs("Y3")
    while True:
        brand = rng.choice(BRAND_FIRST) + rng.choice(BRAND_LAST)
        part = rng.choice(
            (
                brand, brand + rng.choice(BRAND_FIRST), rng.choice(CITIES) + brand, rng.choice(TRADES),
                rng.choice(BRAND_LAST) + rng.choice(TRADES)[:2], rng.choice(BRAND_FIRST) * 2, "示例", "有限公司",
                "不存在", f"示例{rng.choice(CITIES)}{brand}",
            )
        )  # fmt: skip
        yield partial(search_enterprises, scope=scope, text=part, day=day)


def _clusters(enterprises: int, seed: int, day: date, rng: Random) -> Iterator[Question]:
    """Half of them in the cluster with shadow companies or near a shared key, half anywhere."""
    while True:
        drawn = rng.randrange(enterprises)
        index = rng.choice((min(10 + drawn % 5, enterprises - 1), drawn - drawn % 40, drawn, drawn))
        uscc = uscc_of(index, seed)
        scope = Scope.of_customs(f"Y{'123456789ABC'[index % 48 // 4]}")
        yield partial(find_cluster, scope=scope, uscc=uscc, day=day)


def _statistics(day: date) -> Iterator[Question]:
    while True:
        yield partial(count_enterprises, scope=Scope.public(), day=day, by=("district", "level"))
