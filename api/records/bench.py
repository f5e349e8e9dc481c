"""Measure the questions people ask most, at one size or growing from one size to the next.

Times are those of the database and the driver together (`Reader.seconds`): from handing over a statement to
holding its rows. Beside them stands the processor time of the whole question, here and in a server on this
machine: it stays the same when other work keeps the processors busy. Questions are drawn anew for every run,
the same ones on every engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from random import Random
from time import thread_time

from api.records.errors import QueryTooSlow
from api.records.gateway.assignments import list_enterprises
from api.records.gateway.benefits import list_benefits
from api.records.gateway.cluster import find_cluster
from api.records.gateway.facts import read_facts, read_finances
from api.records.gateway.facts_profile import read_profile
from api.records.gateway.monitoring import list_level_changes, list_new_penalties, list_reviews_due
from api.records.gateway.publication import find_published, search_published
from api.records.gateway.search import search_enterprises
from api.records.gateway.shared import list_near_discredited, list_sharing
from api.records.gateway.statistics import count_enterprises
from api.records.gateway.status import find_status
from api.records.reader import Reader, Records
from api.records.sample.fiction import ALL_OFFICES, BRAND_FIRST, BRAND_LAST, CITIES, TRADES, office_of, uscc_of
from api.records.sample.load import SampleInfo
from api.records.sample.plan import FULL_FILE_EVERY, FULL_FILES
from api.records.scope import Scope
from selfassess.window import add_months

WARM_UP = 10
Question = Callable[[Reader], object]
Questions = Iterator[Question]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the 95th percentile it must keep in milliseconds, and how rarely it is worth repeating."""

    name: str
    draw: Callable[[SampleInfo, Random], Questions]
    target: float | None = None
    one_in: int = 1


@dataclass(frozen=True, slots=True)
class Timing:
    """The spread of one question's times in milliseconds; ``stopped`` runs passed the time limit of a query.

    ``processor`` is the 95th percentile of the processor time; of a server elsewhere only our side is known.
    """

    question: str
    runs: int
    p50: float
    p95: float
    worst: float
    processor: float
    target: float | None
    stopped: int

    @property
    def met(self) -> bool:
        """Whether the 95th percentile is within the target and nothing was stopped."""
        return not self.stopped and (self.target is None or self.p95 <= self.target)


def run_bench(records: Records, sample: SampleInfo, runs: int = 200, best_of: int = 1) -> Iterator[Timing]:
    """Yield the timing of every question on a synthetic database.

    With ``best_of`` each question is asked so many times and the quickest counts: for a machine others use too.
    """
    for asked in ASKED:
        yield measure(records, asked, sample, max(1, runs // asked.one_in), best_of)


def measure(records: Records, asked: Asked, sample: SampleInfo, runs: int, best_of: int = 1) -> Timing:
    """Return the timing of one question, drawn anew for every run."""
    questions = asked.draw(sample, Random(sample.seed))  # noqa: S311 - the same questions on every engine
    clock = _server_clock(records)
    times: list[float] = []
    processor: list[float] = []
    stopped = 0
    for number in range(min(WARM_UP, runs) + runs):
        question = next(questions)
        tries = [_ask(records, question, clock) for _ in range(best_of)]
        stopped += any(was_stopped for *_, was_stopped in tries)
        if number >= min(WARM_UP, runs):
            times.append(min(seconds for seconds, *_ in tries) * 1000)
            processor.append(min(spent for _, spent, _ in tries) * 1000)
    spread = (_at(times, 0.50), _at(times, 0.95), max(times), _at(processor, 0.95))
    return Timing(asked.name, runs, *spread, asked.target, stopped)


def _ask(records: Records, question: Question, clock: Callable[[], float]) -> tuple[float, float, bool]:
    """Ask once; return the seconds of the database, those of the processor, and whether the time limit stopped it."""
    began, stopped = thread_time() + clock(), False
    with records.reader() as reader:
        try:
            question(reader)
        except QueryTooSlow:
            stopped = True
    return reader.seconds, thread_time() + clock() - began, stopped


def _server_clock(records: Records) -> Callable[[], float]:
    """A clock of the processor time a PostgreSQL server on this machine spends on our one connection."""
    with records.engine.connect() as connection:
        information = getattr(connection.connection.driver_connection, "info", None)
    clock = Path(f"/proc/{getattr(information, 'backend_pid', 0)}/schedstat")
    if not clock.is_file():
        return lambda: 0.0
    return lambda: int(clock.read_text().split()[0]) / 1e9


def _at(times: list[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def _status_pages(sample: SampleInfo, rng: Random) -> Questions:
    """Half of them full files, the other half any enterprise; opened by the enterprise or by its officer."""
    while True:
        index = _index(sample, rng, rng.random() < 0.5)
        uscc = uscc_of(index, sample.seed)
        scopes = (Scope.of_enterprises([uscc]), Scope.of_customs(office_of(index).district))
        yield partial(find_status, scope=rng.choice(scopes), uscc=uscc, day=sample.day)


def _prefills(sample: SampleInfo, rng: Random) -> Questions:
    """Everything a self-assessment reads of a full file: facts, figures of the audit report, profile."""
    read_at = datetime.combine(sample.day, time())
    while True:
        uscc = uscc_of(_index(sample, rng, full=True), sample.seed)
        yield partial(_prefill, uscc=uscc, day=sample.day, read_at=read_at)


def _prefill(reader: Reader, uscc: str, day: date, read_at: datetime) -> None:
    scope = Scope.of_enterprises([uscc])
    read_facts(reader, scope, uscc, day, read_at)
    read_finances(reader, scope, uscc, day)
    read_profile(reader, scope, uscc, day)


def _name_searches(sample: SampleInfo, rng: Random) -> Questions:
    while True:
        scope = Scope.of_customs(rng.choice(ALL_OFFICES).district)
        yield partial(search_enterprises, scope=scope, text=_name_part(rng), day=sample.day)


def _public_searches(sample: SampleInfo, rng: Random) -> Questions:
    while True:
        directory = rng.choice(("", "", "aeo", "discredited"))
        text = _name_part(rng)
        yield partial(search_published, scope=Scope.public(), text=text, day=sample.day, directory=directory)


def _name_part(rng: Random) -> str:
    """Common and rare parts, parts across word borders, and parts nobody has."""
    brand = rng.choice(BRAND_FIRST) + rng.choice(BRAND_LAST)
    return rng.choice(
        (
            brand, brand + rng.choice(BRAND_FIRST), rng.choice(CITIES) + brand, rng.choice(TRADES),
            rng.choice(BRAND_LAST) + rng.choice(TRADES)[:2], rng.choice(BRAND_FIRST) * 2, "示例", "有限公司",
            "不存在", f"示例{rng.choice(CITIES)}{brand}",
        )
    )  # fmt: skip


def _published(sample: SampleInfo, rng: Random) -> Questions:
    while True:
        uscc = uscc_of(_index(sample, rng, rng.random() < 0.5), sample.seed)
        yield partial(find_published, scope=Scope.public(), uscc=uscc, day=sample.day)


def _clusters(sample: SampleInfo, rng: Random) -> Questions:
    """Half of them in the cluster with shadow companies or near a shared key, half anywhere."""
    while True:
        drawn = rng.randrange(sample.enterprises)
        index = rng.choice((min(10 + drawn % 5, sample.enterprises - 1), drawn - drawn % 40, drawn, drawn))
        scope = Scope.of_customs(office_of(index).district)
        yield partial(find_cluster, scope=scope, uscc=uscc_of(index, sample.seed), day=sample.day)


def _watched(sample: SampleInfo, rng: Random) -> Questions:
    """The lists an officer opens in the morning, in turn."""
    first = add_months(sample.day, -3)
    while True:
        scope = Scope.of_customs(rng.choice(ALL_OFFICES).district)
        yield partial(list_level_changes, scope=scope, first=first, last=sample.day)
        yield partial(list_new_penalties, scope=scope, first=first, last=sample.day)
        yield partial(list_reviews_due, scope=scope, first=sample.day, last=add_months(sample.day, 6))
        yield partial(list_enterprises, scope=scope)


def _shared(sample: SampleInfo, rng: Random) -> Questions:
    while True:
        scope = Scope.of_customs(rng.choice(ALL_OFFICES).district)
        yield partial(list_sharing, scope=scope, day=sample.day)


def _near_discredited(sample: SampleInfo, rng: Random) -> Questions:
    while True:
        yield partial(list_near_discredited, scope=Scope.of_customs(rng.choice(ALL_OFFICES).district), day=sample.day)


def _statistics(sample: SampleInfo, rng: Random) -> Questions:  # noqa: ARG001 - one signature for all questions
    while True:
        yield partial(count_enterprises, scope=Scope.public(), day=sample.day, by=("district", "level"))


def _district_statistics(sample: SampleInfo, rng: Random) -> Questions:
    while True:
        scope = Scope.of_customs(rng.choice(ALL_OFFICES).district)
        yield partial(count_enterprises, scope=scope, day=sample.day, by=("office", "level"))


def _benefits(sample: SampleInfo, rng: Random) -> Questions:
    while True:
        district = rng.choice(ALL_OFFICES).district
        yield partial(list_benefits, scope=Scope.of_customs(district), day=sample.day, customs_district=district)


def _index(sample: SampleInfo, rng: Random, full: bool) -> int:
    """An enterprise with a full file, or any."""
    if not full:
        return rng.randrange(sample.enterprises)
    thin = max(0, (sample.enterprises - 1) // FULL_FILE_EVERY - FULL_FILES // FULL_FILE_EVERY)
    drawn = rng.randrange(min(FULL_FILES, sample.enterprises) + thin)
    return drawn if drawn < FULL_FILES else (drawn - FULL_FILES + 2) * FULL_FILE_EVERY


ASKED = (
    Asked("status page", _status_pages, 15),
    Asked("name search", _name_searches, 150),
    Asked("related cluster", _clusters, 50),
    Asked("prefill", _prefills, 150),
    Asked("public search", _public_searches, 150),
    Asked("public record", _published),
    Asked("watch lists", _watched),
    Asked("shared keys", _shared, one_in=4),
    Asked("near discredited", _near_discredited, one_in=4),
    Asked("statistics, nation", _statistics, one_in=20),
    Asked("statistics, district", _district_statistics, one_in=4),
    Asked("benefits", _benefits, one_in=4),
)
"""The first four have their marks from the requirements; the others are there to see how they grow."""
