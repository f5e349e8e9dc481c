"""The administrator sees how good the answers are, says any of them again, and reads the counters."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from api.services import Services
from api.store import AnswerRating, GivenAnswer
from api.usecases.drafts import note_draft
from api.usecases.latency import milliseconds_of, percentile, step_of
from api.usecases.quality import measure_quality
from api.usecases.replay import replay
from assistant.answering import Assistant
from assistant.intents import Intents
from knowledge.index import Index
from knowledge.search import Search
from tests.access.board import given_answer
from tests.fakes import HashedModel, ScriptedWriter
from tests.people import DAY, World
from tests.wire.scripts import honest
from web.app import create_app

CYCLE = "高级认证企业几年复核一次"


def add(services: Services, number: int, kind: str, on: date = DAY, ms: float = 50, rating: str = "") -> None:
    """Store so many answers of a kind."""
    for _ in range(number):
        answer = given_answer(services, kind=kind, given_on=on, latency_step=step_of(ms))
        if rating:
            with services.database.writing() as session:
                session.add(AnswerRating(answer_id=answer, rating=rating, comment="", rated_at=services.now()))


def measured(world: World):
    """The quality today."""
    with world.services.database.reading() as session:
        return measure_quality(session, DAY)


def test_answers_are_counted_by_day_and_by_week(world: World):
    add(world.services, 7, "answered", rating="helpful")
    add(world.services, 6, "unknown")
    add(world.services, 8, "answered", DAY - timedelta(days=3))
    add(world.services, 9, "refused", DAY - timedelta(days=9))

    quality = measured(world)

    today, week = quality.days[0], quality.weeks[0]
    assert (today.first, today.total, today.counts["answered"], today.ratings["helpful"]) == (DAY, 13, 7, 7)
    assert (week.first, week.total) == (date(2026, 11, 16), 21)
    assert quality.weeks[1].counts["refused"] == 9


def test_small_counts_are_hidden_and_so_is_what_would_give_them_away(world: World):
    add(world.services, 20, "answered")
    add(world.services, 2, "refused")

    today = measured(world).days[0]

    assert today.counts["refused"] is None
    assert None in (today.total, today.counts["answered"])


def test_percentiles_come_from_steps_of_five_per_cent(world: World):
    add(world.services, 95, "answered", ms=40)
    add(world.services, 5, "answered", ms=900)

    today = measured(world).days[0]

    assert today.median == pytest.approx(40, rel=0.05)
    assert today.slow == pytest.approx(40, rel=0.05)
    assert percentile({step_of(40): 94, step_of(900): 6}, 0.95) == pytest.approx(900, rel=0.05)
    assert percentile({}, 0.5) is None
    assert milliseconds_of(step_of(123)) == pytest.approx(123, rel=0.03)


def test_the_dashboard_is_for_administrators(world: World):
    world.visitor().post("/", q=CYCLE)

    page = world.administrator().get("/admin/quality")

    assert page.status_code == 200
    assert "回答质量" in page.text
    assert world.officer().get("/admin/quality").status_code == 403


def test_an_answer_said_again_is_the_same(world: World):
    person = world.visitor()
    person.post("/", q="那认证企业呢", earlier=[CYCLE])
    person.call("POST", "/api/v1/ask", json={"question": "How often are advanced certified enterprises reviewed?"})
    person.call("POST", "/api/v1/ask", json={"question": CYCLE, "on": "2025-06-01", "language": "zh-Hant"})
    admin = world.administrator()

    links = re.findall(r'href="(/admin/answers/[0-9a-f]{32})"', admin.get("/admin/answers").text)
    pages = [admin.get(link).text for link in links]

    assert len(links) == 3
    assert ["与当时相同" in page for page in pages] == [True] * 3


def test_what_differs_since_is_shown_with_the_provision_and_version_that_changed(
    world: World, quick_search: Search, quick_intents: Intents
):
    world.visitor().call("POST", "/api/v1/ask", json={"question": CYCLE})
    name = "gacc-order-282#advanced-review-cycle"
    changed = [
        replace(p, zh=(replace(p.zh[0], text="高级认证企业每7年复核一次。"), *p.zh[1:])) if p.id == name else p
        for p in quick_search.provisions
    ]
    index = Index(tuple(changed), quick_search.entries, quick_search.vectors)
    later = Assistant(Search(index, quick_search.terms, HashedModel()), quick_intents)

    with world.services.database.reading() as session:
        answer = session.scalars(select(GivenAnswer.id)).one()
        replayed = replay(session, later, answer)

    assert not replayed.is_same
    assert "text" in {one.name for one in replayed.differences}
    assert any(line.startswith("+") and "每7年" in line for line in replayed.lines)
    assert replayed.changed == (name,)
    assert [one.name for one in replayed.versions] == ["corpus"]


@pytest.fixture
def with_model(quick_search: Search, quick_intents: Intents, world: World, provisions) -> World:
    """The same database with an honest model that notes its drafts."""
    services = world.services
    assistant = Assistant(
        quick_search, quick_intents, ScriptedWriter(honest()),
        lambda answer: note_draft(services.database, answer, services.now(), {}),
    )  # fmt: skip
    app = create_app(assistant, provisions, clock=lambda: DAY, services=services)
    return World(app, services, world.clock)


def test_a_drafted_answer_is_said_again_from_what_the_model_wrote_then(with_model: World, quick_assistant: Assistant):
    answer = with_model.visitor().call("POST", "/api/v1/ask", json={"question": CYCLE}).json()

    with with_model.services.database.reading() as session:
        replayed = replay(session, quick_assistant, answer["trace_id"])

    assert answer["origin"]["by"] == "model"
    assert replayed.differences == ()
    assert replayed.is_same


def test_of_an_own_record_there_is_nothing_to_say_again(world: World):
    world.enterprise_user().post("/", q="我们现在是什么等级？")
    admin = world.administrator()

    link = re.search(r'href="(/admin/answers/[0-9a-f]{32})"', admin.get("/admin/answers").text)

    assert link
    assert "没有可以重放的问题" in admin.get(link[1]).text


def test_counters_of_the_model_are_kept_for_all_workers_and_shown(with_model: World):
    with_model.visitor().call("POST", "/api/v1/ask", json={"question": CYCLE})
    with_model.visitor().call("POST", "/api/v1/ask", json={"question": "什么是AEO？"})

    admin = with_model.administrator()

    text = admin.call("GET", "/metrics").text
    page = admin.get("/admin/quality").text

    kept = re.search(r"^credit_model_sentences_kept_total (\d+)$", text, re.M)
    assert kept
    assert int(kept[1]) >= 2
    assert 'credit_answers_total{kind="answered"} 2' in text
    assert "credit_model_left_alone 0" in text
    assert "通过核对的句子" in page


def test_metrics_are_open_to_administrators_and_to_this_machine_only(world: World):
    here = TestClient(world.app, client=("127.0.0.1", 5000))

    assert here.get("/metrics").status_code == 200
    assert here.get("/metrics", headers={"x-forwarded-for": "203.0.113.9"}).status_code == 401
    assert world.visitor().call("GET", "/metrics").status_code == 401
    assert world.coordinator().call("GET", "/metrics").status_code == 403
    lines = here.get("/metrics").text.splitlines()
    assert all(re.fullmatch(r"# (?:HELP|TYPE) \w+ .+|\w+(?:\{[^}]*\})? [0-9.e+-]+", line) for line in lines)


def test_counts_that_could_not_be_added_up_are_told_again():
    counters = ScriptedWriter(honest()).counters
    counters.add("calls", 3)
    taken = counters.taken()

    counters.give_back(taken)
    counters.add("calls")

    assert taken == {"calls": 3}
    assert counters.taken() == {"calls": 4}
    assert counters.taken() == {}
