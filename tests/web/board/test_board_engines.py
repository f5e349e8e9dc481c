"""From a question to a guide, a rating, the dashboard and saying it again: the same on SQLite and on PostgreSQL."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.db import open_database
from api.store.schema import migrate
from api.usecases.quality import measure_quality, totals
from assistant.answering import Assistant
from knowledge.models import Provision
from tests.people import DAY, World
from tests.services import Clock, make_services
from web.app import create_app

QUESTION = "282号令下失信企业多久可以修复信用"
TEXT = "第282号令下，信用等级上调和失信信息修复是两套不同的制度，要分开看。[1]"


@pytest.fixture(params=["sqlite", "postgresql"])
def either(
    request: pytest.FixtureRequest, tmp_path: Path, quick_assistant: Assistant, provisions: list[Provision]
) -> Iterator[World]:
    """An application over an empty database of each engine."""
    url = f"sqlite:///{tmp_path / 'credit.db'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("server").create_database("a_board")
    database, clock = open_database(url), Clock()
    migrate(database)
    services = make_services(tmp_path, clock, database=database)
    yield World(create_app(quick_assistant, provisions, clock=lambda: DAY, services=services), services, clock)
    database.close()


def test_a_question_becomes_a_guide_on_either_engine(either: World):
    visitor = either.visitor()
    writer, reviewer, admin = either.coordinator("writer"), either.officer("reviewer"), either.administrator()
    visitor.post("/", q=QUESTION)
    address = re.findall(r'href="(/board/[0-9a-f]{32})"', writer.get("/board").text)[0]

    written = writer.post(f"{address}/guide", zh=TEXT, provision="gacc-order-282#upgrade-and-repair")
    approve = re.findall(r'action="(/board/guides/[0-9a-f]{32}/approve)"', reviewer.get(address).text)[0]
    approved = reviewer.post(approve)
    answer = visitor.call("POST", "/api/v1/ask", json={"question": QUESTION}).json()
    visitor.post("/feedback", answer=answer["trace_id"], rating="wrong", comment="不对")

    assert (written.status_code, approved.status_code) == (303, 303)
    assert answer["citations"][-1]["confidence"] == "guide"
    assert QUESTION in writer.get("/board?ending=wrong").text  # the rating brought it back
    assert "与当时相同" in admin.get(f"/admin/answers/{answer['trace_id']}").text
    assert {path: admin.get(path).status_code for path in ("/admin/quality", "/metrics")} == {
        "/admin/quality": 200, "/metrics": 200,
    }  # fmt: skip
    with either.services.database.reading() as session:
        assert measure_quality(session, DAY).days[0].first == DAY
        assert totals(session)["ratings", "wrong"] == 1
