"""The application with people and their work in it: what pictures are taken of and pages are measured on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from api.auth.identity import Kind
from api.records.reader import open_records
from api.records.sample.fiction import office_of
from api.records.sample.load import make_sample
from assistant.answering import Assistant
from knowledge.models import Provision
from tests.people import DAY, ENTERPRISES, SEED, A, Person, World
from tests.services import Clock, make_services
from tests.web.assess.paths import FIGURES, begin, give, give_all
from web.app import create_app


@dataclass(frozen=True)
class Stage:
    """The world, one person of each kind under the kind's name, their assessment's address, the records' file."""

    world: World
    people: dict[str, Person]
    assessment: str
    sample: Path


@contextmanager
def staged(
    assistant: Assistant, provisions: list[Provision], folder: Path, enterprises: int = ENTERPRISES
) -> Iterator[Stage]:
    """Build the stage in an empty folder and take it down afterwards."""
    sample = folder / "records.db"
    make_sample(f"sqlite:///{sample}", enterprises=enterprises, seed=SEED, day=DAY)
    records, clock = open_records(f"sqlite:///{sample}"), Clock()
    services = replace(make_services(folder, clock, records=records), demo=True)
    world = World(create_app(assistant, provisions, clock=lambda: DAY, services=services), services, clock)
    people = {
        "visitor": world.visitor(),
        "enterprise": world.enterprise_user("王芳", A),
        "coordinator": world.coordinator("李明"),
        "officer": world.officer("陈静"),
        "administrator": world.administrator("赵磊"),
        "half_way": world.signed_in(world.add(Kind.OFFICER, "孙岚", customs=office_of(A).district), proved=False),
    }
    yield Stage(world, people, _assessment(people["enterprise"]), sample)
    services.database.close()
    records.close()


def _assessment(person: Person) -> str:
    """An assessment that was filled in, handed in, and taken up again."""
    address = begin(person)
    person.post(f"{address}/finance", **FIGURES)
    give_all(person, address, no_5="not_met", no_2="partly_met", no_33="not_met")
    person.post(f"{address}/plan/gaps")
    person.post(f"{address}/submissions")
    give(person, address, "5", "partly_met", "制度已经修订，正在培训。")
    return address
