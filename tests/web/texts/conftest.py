"""An application whose library lives: a small law behind the stand-in model, with a real store of vectors."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from httpx2 import Response

from api.db import Database, open_database
from api.library import Edition, Ground, LiveLibrary
from api.store.schema import migrate
from assistant.answering import Assistant
from assistant.intents import Intents
from knowledge.index import Index, build_index, open_index
from knowledge.models import Provision
from knowledge.search import Search
from knowledge.store import VectorStore
from knowledge.terms import Terms
from tests.fakes import HashedModel
from tests.people import DAY, Person, World
from tests.services import Clock, make_services
from web.app import create_app

LAW = """示例事务管理办法
（2026年1月2日示例署令第99号公布，自2026年4月1日起施行）
第一条　为了规范示例事务，制定本办法。
第二条　企业办理认证证书，应当提交下列材料：
（一）申请书；
（二）营业执照。
第三条　高级认证企业的认证证书有效期为6年。
第四条　本办法自2026年4月1日起施行。
"""
MakeLibrary = Callable[[Database], LiveLibrary]


@dataclass
class TextWorld(World):
    """A world with its library, and a second process that shares nothing but the database and the store."""

    library: LiveLibrary
    other: World


@pytest.fixture
def make_library(tmp_path: Path, tiny_library: list[Provision], terms: Terms, quick_intents: Intents) -> MakeLibrary:
    """Return a library of a process of its own."""

    def make(database: Database) -> LiveLibrary:
        model, store = HashedModel(), VectorStore(tmp_path / "chroma")
        if not store.fingerprints():
            build_index(tiny_library, model, store)
        model.embedded.clear()

        def search_of(index: Index) -> Search:
            return Search(index, terms, model)

        search = search_of(open_index(tiny_library, model, store))
        assistant = Assistant(search, quick_intents)
        ground = Ground(
            database=database,
            folder=tmp_path / "official",
            shipped=tiny_library,
            model=model,
            store=store,
            search_of=search_of,
            assistant_of=lambda found: Assistant(found, quick_intents),
            now=Clock(),
        )
        return LiveLibrary(ground, Edition(0, tiny_library, assistant, search))

    return make


@pytest.fixture(params=["sqlite"])
def texts(request: pytest.FixtureRequest, tmp_path: Path, make_library: MakeLibrary) -> Iterator[TextWorld]:
    """Two processes over one database; a test can ask for PostgreSQL as well."""
    url = f"sqlite:///{tmp_path / 'credit.db'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("server").create_database(f"texts_{tmp_path.name[-12:]}".replace("-", "_"))
    database, second = open_database(url), open_database(url)
    migrate(database)
    clock = Clock()
    worlds = []
    for one in (database, second):
        services, library = make_services(tmp_path, clock, database=one), make_library(one)
        held = library.current()
        app = create_app(held.assistant, list(held.provisions), clock=lambda: DAY, services=services, library=library)
        worlds.append((app, services, library))
    (app, services, library), (other_app, other_services, _) = worlds
    yield TextWorld(app, services, clock, library, World(other_app, other_services, clock))
    database.close()
    second.close()


def revision(person: Person, address: str) -> str:
    """The revision of a draft as its page shows it."""
    found = re.search(r'name="revision" value="(\d+)"', person.get(address).text)
    return found[1] if found else "0"


def do(person: Person, address: str, step: str, **form: str) -> Response:
    """Send one form of a draft's page, as the person sees the draft now."""
    return person.post(f"{address}/{step}", **{"revision": revision(person, address), **form})


def ask(world: World, question: str) -> str:
    """What a visitor is answered."""
    return str(world.visitor().call("POST", "/api/v1/ask", json={"question": question}).json()["text"])


def upload(person: Person, law: str = LAW, name: str = "办法.txt") -> str:
    """Upload a text; return the address of its draft."""
    answer = person.client.post(
        "/admin/documents",
        data={"csrf": person.token()},
        files={"file": (name, law.encode())},
        headers={"accept": "text/html"},
        follow_redirects=False,
    )
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])
