"""Parts that many tests share: the knowledge base, the stand-in model, the real assistant, the web client."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import hypothesis
import pytest
from starlette.testclient import TestClient

from api.bootstrap import Parts
from api.settings import Settings
from assistant.answering import Assistant
from assistant.intents import Intents, read_intents
from assistant.models import Answer, Question, Turn
from knowledge.index import Index, entries_of
from knowledge.library import read_library
from knowledge.models import Provision
from knowledge.search import Search
from knowledge.store import VectorStore
from knowledge.terms import Terms, load_terms
from knowledge.text import clean, simplify
from tests.fakes import HashedModel
from tests.services import VisitorClient, make_services
from tests.tiny_corpus import read_tiny
from web.app import create_app

pytest_plugins = ["tests.worlds"]

# How long one example takes says nothing on a busy machine.
hypothesis.settings.register_profile("busy", deadline=None)
hypothesis.settings.load_profile("busy")

ROOT = Path(__file__).parents[1]
STANDARDS = ROOT / "selfassess" / "standards"
TODAY = date(2026, 11, 22)
Ask = Callable[..., Answer]
Searching = Callable[[list[Provision]], Search]


@pytest.fixture(scope="session")
def today() -> date:
    """The day on which all questions are asked."""
    return TODAY


@pytest.fixture(scope="session")
def provisions() -> list[Provision]:
    """The whole knowledge base of the repository."""
    return read_library(STANDARDS)


@pytest.fixture(scope="session")
def by_id(provisions: list[Provision]) -> dict[str, Provision]:
    """The provisions of the repository under their ids."""
    return {provision.id: provision for provision in provisions}


@pytest.fixture(scope="session")
def terms() -> Terms:
    """The vocabulary of the repository."""
    return load_terms()


@pytest.fixture(scope="session")
def tiny_library() -> list[Provision]:
    """The invented law of `tiny_corpus`."""
    return read_tiny()


@pytest.fixture
def fake_model() -> HashedModel:
    """A fresh stand-in for the embedding model."""
    return HashedModel()


@pytest.fixture
def store(tmp_path: Path) -> VectorStore:
    """A real Chroma directory."""
    return VectorStore(tmp_path / "chroma")


@pytest.fixture(scope="session")
def searching(terms: Terms) -> Searching:
    """Return a search over any provisions with the stand-in model, without a store."""

    def search_over(provisions: list[Provision]) -> Search:
        model = HashedModel()
        entries = entries_of(provisions)
        vectors = model.document_vectors([entry.text for entry in entries])
        return Search(Index(tuple(provisions), tuple(entries), vectors), terms, model)

    return search_over


@pytest.fixture(scope="session")
def quick_search(searching: Searching, provisions: list[Provision]) -> Search:
    """The whole knowledge base behind the stand-in model."""
    return searching(provisions)


@pytest.fixture(scope="session")
def quick_intents() -> Intents:
    """The intents of the repository behind the stand-in model."""
    intents = read_intents()
    texts = [simplify(clean(example)) for intent in intents for example in intent.examples]
    return Intents(intents, HashedModel().document_vectors(texts))


@pytest.fixture(scope="session")
def quick_assistant(quick_search: Search, quick_intents: Intents) -> Assistant:
    """The assistant over the whole knowledge base, with the stand-in model."""
    return Assistant(quick_search, quick_intents)


@pytest.fixture(scope="session")
def quick_ask(quick_assistant: Assistant) -> Ask:
    """Ask the assistant that has the stand-in model."""
    return asking(quick_assistant)


@pytest.fixture(scope="session")
def client(
    quick_assistant: Assistant, provisions: list[Provision], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[TestClient]:
    """The web application over the stand-in model, seen by a visitor."""
    services = make_services(tmp_path_factory.mktemp("services"))
    app = create_app(quick_assistant, provisions, clock=lambda: TODAY, services=services)
    with VisitorClient(app, services.keys) as opened:
        yield opened


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """Where the converted model and the index are kept."""
    return Path(os.environ.get("CREDIT_DATA_DIR") or ROOT / "var")


@pytest.fixture(scope="session")
def parts(data_dir: Path) -> Parts:
    """The real model and the real index, built when they are missing; one test process builds at a time."""
    opened = Parts(Settings(data_dir=data_dir))
    data_dir.mkdir(parents=True, exist_ok=True)
    with (data_dir / "tests.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (data_dir / "models").is_dir() or not opened.is_indexed:
            opened.build()
    return opened


@pytest.fixture(scope="session")
def assistant(parts: Parts) -> Assistant:
    """The assistant as it is served."""
    return parts.assistant


@pytest.fixture(scope="session")
def ask(assistant: Assistant) -> Ask:
    """Ask the assistant as it is served."""
    return asking(assistant)


def asking(assistant: Assistant) -> Ask:
    """Return a function that asks on the fixed day, after earlier questions if any."""

    def ask_it(text: str, *earlier: str, on: date | None = None) -> Answer:
        return assistant.answer(Question(text, TODAY, on, tuple(Turn(question) for question in earlier)))

    return ask_it
