"""How long a whole self-assessment and the prefill take.

    python -m tests.bench.assess [--url sqlite:////path/records.db] [--times 20] [--enterprises 300]

A whole assessment is the advanced standard with its 74 items through the JSON doors, inside this process: begin,
prefill, confirm, answer, result, what-if, plan, hand in. Prefill is reading one enterprise's records and proposing
every item, for enterprises picked by chance that nobody asked for before. Without an address: a sample of 200.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from sqlalchemy import func, select
from starlette.testclient import TestClient

from api.auth.identity import Kind
from api.records.reader import Records, open_records
from api.records.sample.load import make_sample
from api.records.scope import Scope
from api.store import Membership
from api.usecases.recorded import read_recorded
from assistant.answering import Assistant
from assistant.intents import Intents, read_intents
from knowledge.index import Index, entries_of
from knowledge.search import Search
from knowledge.terms import load_terms
from selfassess.loader import get_standard
from selfassess.situation import Situation, assess
from tests.fakes import HashedModel
from tests.people import Person, World
from tests.services import Clock, make_services
from tests.tiny_corpus import read_tiny
from web.app import create_app

DAY = date(2026, 11, 22)
READ_AT = datetime(2026, 11, 22, 9, 30)
SAMPLE = 200
STANDARD = get_standard("advanced-2026")
ROOT = "/api/v1/assessments"


def main() -> None:
    """Measure and print."""
    asked = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        url = asked.url or _sample(Path(folder))
        records = open_records(url)
        picked = _pick(records, asked.enterprises + asked.times + 5)
        prefills = [_prefill(records, uscc) for uscc in picked[: asked.enterprises]]
        steps = _assessments(Path(folder), records, picked[asked.enterprises :], asked.times)
        number = _count(records)
        records.close()
    _print(number, prefills, steps)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", default="", help="the shared records; a sample of 200 is made where there is none")
    parser.add_argument("--times", type=int, default=20, help="whole assessments to run")
    parser.add_argument("--enterprises", type=int, default=300, help="enterprises to prefill")
    return parser.parse_args()


def _sample(folder: Path) -> str:
    url = f"sqlite:///{folder / 'records.db'}"
    make_sample(url, enterprises=SAMPLE, seed=7, day=DAY)
    return url


def _count(records: Records) -> int:
    with records.reader() as reader:
        found = reader.first(select(func.count()).select_from(reader.tables["enterprise"]))
    return int(found[0]) if found else 0


def _pick(records: Records, number: int) -> list[str]:
    """Credit codes of the synthetic records by chance: of enterprises that the standard is for."""
    chance, picked = random.Random(11), dict[str, None]()  # noqa: S311 - a sample, no secret
    with records.reader() as reader:
        enterprise = reader.tables["enterprise"]
        statement = select(enterprise.c.uscc, enterprise.c.kind).order_by(enterprise.c.uscc).limit(1)
        for _ in range(20 * number):
            probe = f"919900{chance.randrange(48):02d}{chance.randrange(10**8):08d}"
            found = reader.first(statement.where(enterprise.c.uscc >= probe))
            if found is not None and found.kind == "trader":
                picked[found.uscc] = None
            if len(picked) == number:
                break
    return list(picked)


def _prefill(records: Records, uscc: str) -> tuple[float, float, int]:
    """Milliseconds of reading and of proposing, and how many proposals are certain."""
    started = time.perf_counter()
    with records.reader() as reader:
        found = read_recorded(reader, Scope.of_enterprises([uscc]), uscc, DAY, READ_AT)
    read = time.perf_counter()
    assert found is not None
    assessed = assess(
        Situation(STANDARD, DAY, profile=found.profile.profile, facts=found.facts, recorded=found.figures)
    )
    done = time.perf_counter()
    certain = sum(one.grade is not None for one in getattr(assessed, "proposals", {}).values())
    return (read - started) * 1000, (done - read) * 1000, certain


def _assessments(folder: Path, records: Records, usccs: list[str], times: int) -> dict[str, list[float]]:
    """Run whole assessments; return the milliseconds of each step, the first run left out as warm-up."""
    services = make_services(folder, Clock(), records=records)
    app = create_app(_assistant(), read_tiny(), clock=lambda: DAY, services=services)
    world, steps = World(app, services, Clock()), dict[str, list[float]]()
    for number, uscc in enumerate(usccs[: times + 1]):
        with TestClient(app) as client:
            took = _one(_person(world, uscc, client))
        for step, milliseconds in took.items() if number else ():
            steps.setdefault(step, []).append(milliseconds)
    services.database.close()
    return steps


def _assistant() -> Assistant:
    """An assistant over an invented law: no question is asked here."""
    library, model = read_tiny(), HashedModel()
    entries = entries_of(library)
    index = Index(tuple(library), tuple(entries), model.document_vectors([entry.text for entry in entries]))
    intents = read_intents()
    examples = model.document_vectors([example for intent in intents for example in intent.examples])
    return Assistant(Search(index, load_terms(), model), Intents(intents, examples))


def _person(world: World, uscc: str, client: TestClient) -> Person:
    account = world.add(Kind.ENTERPRISE, f"user-{uscc}")
    with world.services.database.writing() as session:
        session.add(Membership(account_id=account.id, uscc=uscc, is_first=True, joined_at=world.clock()))
    person = world.signed_in(account)
    client.cookies.update(person.client.cookies)
    person.client = client
    return person


def _one(person: Person) -> dict[str, float]:
    """A whole assessment; return the milliseconds of each step."""
    took: dict[str, float] = {}
    busy = time.process_time()

    def step(name: str, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        started = time.perf_counter()
        answer = person.call(method, path, **({} if body is None else {"json": body}))
        took[name] = took.get(name, 0.0) + (time.perf_counter() - started) * 1000
        assert answer.status_code < 300, answer.text
        return answer.json()

    id_ = step("begin", "POST", ROOT, {"standard": STANDARD.id, "profile": {"production": True}})["id"]
    step("prefill", "GET", f"{ROOT}/{id_}/prefill")
    step("confirm the records", "POST", f"{ROOT}/{id_}/prefill", {})
    answers = {no: {"grade": "met"} for no in STANDARD.items}
    step("answer all items at once", "PUT", f"{ROOT}/{id_}/answers", {"answers": answers})
    step("result", "GET", f"{ROOT}/{id_}/results")
    step("what if", "POST", f"{ROOT}/{id_}/what-if", {"sentence": "如果今年再被罚一次6万"})
    step("plan", "POST", f"{ROOT}/{id_}/plan", {})
    step("hand in", "POST", f"{ROOT}/{id_}/submissions")
    took["whole assessment"] = sum(took.values())
    took["of it processor time"] = (time.process_time() - busy) * 1000
    _item_by_item(step, id_)
    return took


def _item_by_item(step: Callable[..., Any], id_: str) -> None:
    """Every item once more in a request of its own, as a form that saves by itself does."""
    for no in STANDARD.items:
        body = {"answers": {no: {"grade": "met", "note": "逐项"}}}
        step("74 items in a request each", "PUT", f"{ROOT}/{id_}/answers", body)


GOALS = {"whole assessment": 1000.0, "prefill, whole": 150.0}


def _print(number: int, prefills: list[tuple[float, float, int]], steps: dict[str, list[float]]) -> None:
    runs = len(next(iter(steps.values())))
    title = f"{number:,} enterprises, {len(prefills)} prefilled, {runs} assessed, {os.cpu_count()} cores"
    table = Table("ms", "p50", "p95", "goal", title=title)
    rows = {
        "prefill, reading the records": [read for read, _, _ in prefills],
        "prefill, proposing": [proposing for _, proposing, _ in prefills],
        "prefill, whole": [read + proposing for read, proposing, _ in prefills],
        **{f"{name}": taken for name, taken in steps.items()},
    }
    for name, taken in rows.items():
        inside = sorted(taken)
        goal = f"p95 ≤ {GOALS[name]:,.0f}" if name in GOALS else ""
        table.add_row(name, f"{inside[len(inside) // 2]:,.1f}", f"{inside[int(len(inside) * 0.95)]:,.1f}", goal)
    Console().print(table)
    certain = sorted(one for _, _, one in prefills)
    Console().print(f"items the records settle per enterprise: median {certain[len(certain) // 2]} of 74")


if __name__ == "__main__":
    main()
