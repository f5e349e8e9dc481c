"""Drafted answers at the doors: their label and mark, how they are noted, and saying them again from the note."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from api.bootstrap import Parts
from api.db import Database, open_database
from api.settings import Settings, SettingsError, read_settings
from api.store import DraftedAnswer
from api.store.schema import migrate
from api.usecases.drafts import note_draft, rebuild
from assistant.answering import Assistant
from assistant.citations import Proof
from assistant.intents import Intents
from assistant.model_proof import Judge
from assistant.models import Answer, Question
from assistant.prompt import reading_prompt
from assistant.writer import RememberingWriter
from knowledge.models import Provision
from knowledge.search import Search
from tests.fakes import ScriptedWriter
from tests.services import VisitorClient, make_services
from tests.wire.scripts import honest
from web.app import create_app

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
CYCLE = "高级认证企业几年复核一次"


@pytest.fixture(scope="module")
def drafting(quick_search: Search, quick_intents: Intents) -> Assistant:
    """The assistant with an honest scripted model."""
    return Assistant(quick_search, quick_intents, ScriptedWriter(honest()))


@pytest.fixture(scope="module")
def visitor(
    drafting: Assistant, provisions: list[Provision], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[TestClient]:
    """The web application with a model, seen by a visitor."""
    services = make_services(tmp_path_factory.mktemp("drafting"))
    with VisitorClient(
        create_app(drafting, provisions, clock=lambda: TODAY, services=services), services.keys
    ) as opened:
        yield opened


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """A migrated database."""
    opened = open_database(f"sqlite:///{tmp_path / 'credit.db'}")
    migrate(opened)
    return opened


@pytest.fixture
def drafted(drafting: Assistant) -> Answer:
    """One drafted answer."""
    return drafting.answer(Question(CYCLE, TODAY))


def test_the_json_of_a_drafted_answer_names_model_prompt_and_passages_and_carries_the_mark(visitor: TestClient):
    answer = visitor.post("/api/v1/ask", json={"question": CYCLE}).json()

    assert answer["caveats"][-1]["code"] == "ai_generated"
    assert answer["caveats"][-1]["text"] in answer["text"]
    assert answer["origin"]["model"] == "scripted"
    assert answer["origin"]["passages"][0]["provision"].startswith("gacc-order-282#")
    assert answer["origin"]["aigc"]["Label"] == "1"
    assert answer["origin"]["aigc"]["ProduceID"] == answer["trace_id"]


def test_the_page_of_a_drafted_answer_shows_the_label_and_carries_the_mark(visitor: TestClient):
    page = visitor.get("/", params={"q": CYCLE}).text

    assert 'class="caveat-ai_generated">AI辅助生成' in page
    assert "data-aigc=" in page


def test_a_composed_answer_says_that_it_is_composed_and_has_no_mark(client: TestClient):
    answer = client.post("/api/v1/ask", json={"question": CYCLE}).json()
    page = client.get("/", params={"q": CYCLE}).text

    assert answer["caveats"][-1]["code"] == "composed"
    assert "origin" not in answer
    assert 'class="caveat-composed">本回答由程序按规则条文编排' in page
    assert "data-aigc" not in page


def test_a_drafted_answer_is_noted_and_can_be_said_again_from_the_note(
    database: Database, drafted: Answer, quick_search: Search, by_id: dict[str, Provision]
):
    note_draft(database, drafted, NOW, {})

    with database.reading() as session:
        noted = session.scalars(select(DraftedAnswer)).one()
    rebuilt = rebuild(noted, Judge(quick_search.terms, Proof()), by_id)
    assert (noted.trace_id, noted.model, noted.on_day) == (drafted.trace_id, "scripted", TODAY)
    assert rebuilt.changed == ()
    assert rebuilt.said == tuple(fate["text"] for fate in noted.fates if not fate["why"])


def test_a_note_tells_which_provisions_have_changed_since(
    database: Database, drafted: Answer, quick_search: Search, by_id: dict[str, Provision]
):
    note_draft(database, drafted, NOW, {})
    name = drafted.origin.passages[0].provision
    later = {**by_id, name: replace(by_id[name], last_day=date(2026, 12, 31))}

    with database.reading() as session:
        noted = session.scalars(select(DraftedAnswer)).one()

    assert rebuild(noted, Judge(quick_search.terms, Proof()), later).changed == (name,)


def test_an_answer_is_given_also_where_it_cannot_be_noted(tmp_path: Path, drafted: Answer):
    unmigrated = open_database(f"sqlite:///{tmp_path / 'empty.db'}")
    (tmp_path / "empty.db").touch()

    note_draft(unmigrated, drafted, NOW, {})
    note_draft(open_database(f"sqlite:///{tmp_path / 'absent.db'}"), drafted, NOW, {})

    assert not (tmp_path / "absent.db").exists()


def test_the_same_prompt_is_written_once():
    writer = ScriptedWriter(honest())
    remembering = RememberingWriter(writer, size=1)
    first, other = reading_prompt("几级", []), reading_prompt("几年", [])
    for prompt in (first, first, other, first):
        remembering.write(prompt)

    assert [prompt.digest for prompt in writer.prompts] == [first.digest, other.digest, first.digest]


def test_without_an_address_there_is_no_model_and_nothing_of_it_is_loaded(tmp_path: Path):
    assert Parts(Settings(data_dir=tmp_path)).writer is None


def test_a_model_needs_address_and_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("CREDIT_LLM_BASE_URL", "http://127.0.0.1:8080/v1")

    with pytest.raises(SettingsError, match="CREDIT_LLM_MODEL together"):
        read_settings()

    monkeypatch.setenv("CREDIT_LLM_MODEL", "qwen3")
    writer = Parts(read_settings()).writer
    assert writer is not None
    assert (writer.name, json.loads(json.dumps(writer.counters.snapshot()))) == ("qwen3", {"cost": 0.0})
