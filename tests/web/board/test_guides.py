"""From a question nobody could answer to a reviewed guide that the assistant tells, and back when a rule changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from api.store import BoardQuestion, GuideEntry
from assistant.answering import Assistant
from assistant.intents import Intents
from knowledge.index import Index
from knowledge.models import Provision
from knowledge.search import Search
from tests.fakes import HashedModel
from tests.people import Person, World
from web.app import create_app

QUESTION = "282号令下失信企业多久可以修复信用"
AGAIN = "失信企业多久可以修复信用"
BEHIND = "gacc-order-282#upgrade-and-repair"
TEXT = "第282号令下，信用等级上调和失信信息修复是两套不同的制度，要分开看。[1]"


@pytest.fixture
def writer(world: World) -> Person:
    """A coordinator."""
    return world.coordinator("writer")


@pytest.fixture
def reviewer(world: World) -> Person:
    """An officer, who looks at what others wrote."""
    return world.officer("reviewer")


@pytest.fixture
def question(world: World) -> str:
    """A question that ended unknown, on the board."""
    world.visitor().post("/", q=QUESTION)
    return one(world, BoardQuestion).id


def one(world: World, table):
    """The only row of a table."""
    with world.services.database.reading() as session:
        return session.scalars(select(table)).one()


def ask(person: Person, question: str = AGAIN, **more: str) -> dict:
    """The answer as JSON."""
    return person.call("POST", "/api/v1/ask", json={"question": question, **more}).json()


def go_live(world: World, question: str, writer: Person, reviewer: Person, **form: str) -> str:
    """Write a guide and have it reviewed; return its id."""
    written = writer.post(f"/board/{question}/guide", **{"zh": TEXT, "provision": BEHIND, **form})
    assert written.status_code == 303, written.text
    guide = one(world, GuideEntry).id
    assert reviewer.post(f"/board/guides/{guide}/approve").status_code == 303
    return guide


def test_an_unanswered_question_is_on_the_board_for_staff_and_administrators_only(world: World, question: str):
    staff = (world.coordinator(), world.officer(), world.administrator())

    assert [QUESTION in person.get("/board").text for person in staff] == [True] * 3
    assert [person.get("/board").status_code for person in (world.visitor(), world.enterprise_user())] == [303, 403]


def test_a_reviewed_guide_is_told_at_the_next_question_after_its_provisions(
    world: World, question: str, writer: Person, reviewer: Person
):
    guide = go_live(world, question, writer, reviewer)

    answer = ask(world.visitor())

    told = answer["statements"][-1]
    assert told["text"].startswith("第282号令下，信用等级上调和失信信息修复是两套不同的制度")
    cited = [answer["citations"][n - 1] for n in told["citations"]]
    assert [c["url"] for c in cited] == [f"/documents/{BEHIND}", f"/guides/{guide}"]
    assert (cited[-1]["confidence"], answer["citations"][-1]["url"]) == ("guide", f"/guides/{guide}")
    assert answer["kind"] == "partial"  # what is not known is still said to be unknown
    assert one(world, BoardQuestion).state == "answered"


def test_the_page_shows_the_guide_with_its_own_mark_and_its_own_page(
    world: World, question: str, writer: Person, reviewer: Person
):
    guide = go_live(world, question, writer, reviewer, en="Upgrade and information repair are different. [1]")
    visitor = world.visitor()

    page = visitor.post("/", q=AGAIN).text
    own = visitor.get(f"/guides/{guide}").text

    assert 'class="points guide"' in page
    assert "badge-guide" in page
    assert BEHIND in own
    assert "两套不同的制度" in own


def test_another_worker_tells_it_at_its_next_question_too(
    world: World, question: str, writer: Person, reviewer: Person, quick_assistant, provisions
):
    other = create_app(quick_assistant, provisions, clock=lambda: date(2026, 11, 22), services=replace(world.services))
    elsewhere = World(other, world.services, world.clock).visitor()
    before = ask(elsewhere)

    go_live(world, question, writer, reviewer)

    assert "guide" not in {c["confidence"] for c in before["citations"]}
    assert ask(elsewhere)["citations"][-1]["confidence"] == "guide"


def test_a_question_about_another_level_is_not_answered_with_it(
    world: World, question: str, writer: Person, reviewer: Person
):
    go_live(world, question, writer, reviewer)

    answer = ask(world.visitor(), "282号令下严重失信企业多久可以修复信用")

    assert "guide" not in {citation["confidence"] for citation in answer["citations"]}


def test_whoever_wrote_a_guide_cannot_review_it(world: World, question: str, writer: Person):
    writer.post(f"/board/{question}/guide", zh=TEXT, provision=BEHIND)
    guide = one(world, GuideEntry).id

    refused = writer.post(f"/board/guides/{guide}/approve")

    assert (refused.status_code, one(world, GuideEntry).state) == (403, "review")
    assert "guide" not in {citation["confidence"] for citation in ask(world.visitor())["citations"]}


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"zh": "失信企业满6个月可以申请失信信息修复。[1]"}, "数字"),
        ({"zh": "依据第282号令第九十九条，上调和修复是两套制度。[1]"}, "条款"),
        ({"zh": "失信企业可以自2026年5月1日起申请上调。[1]"}, "日期"),
        ({"zh": "高级认证企业每五年复核一次。[1]"}, "数字"),
        ({"zh": TEXT, "provision": "gacc-order-251#art-4"}, "没有施行"),
        ({"zh": TEXT, "provision": "gacc-order-282#art-999"}, "没有“gacc-order-282#art-999”"),
        ({"zh": TEXT, "provision": ""}, "选择1至6条"),
        ({"zh": TEXT, "en": "They may apply after 6 months. [1]"}, "数字"),
    ],
)
def test_a_guide_that_its_provisions_do_not_prove_is_refused(world: World, question: str, writer, form, said):
    refused = writer.post(f"/board/{question}/guide", **{"provision": BEHIND, **form})

    assert refused.status_code == 400
    assert said in refused.text
    with world.services.database.reading() as session:
        assert session.scalars(select(GuideEntry)).all() == []


def test_a_returned_guide_says_what_to_change_and_is_replaced_by_the_next(world, question, writer, reviewer):
    writer.post(f"/board/{question}/guide", zh=TEXT, provision=BEHIND)
    reviewer.post(f"/board/guides/{one(world, GuideEntry).id}/return", note="请写得短些")
    page = writer.get(f"/board/{question}").text

    writer.post(f"/board/{question}/guide", zh="上调和修复是两套不同的制度。[1]", provision=BEHIND)

    assert "请写得短些" in page
    assert (one(world, GuideEntry).state, one(world, GuideEntry).zh) == ("review", "上调和修复是两套不同的制度。[1]")


def test_a_guide_called_wrong_is_back_on_the_board(world: World, question: str, writer: Person, reviewer: Person):
    go_live(world, question, writer, reviewer)
    visitor = world.visitor()

    visitor.post("/feedback", answer=ask(visitor)["trace_id"], rating="outdated")

    assert (one(world, BoardQuestion).state, one(world, BoardQuestion).why) == ("open", "badly_rated")


@pytest.fixture
def changed(quick_search: Search, quick_intents: Intents, world: World) -> Callable[..., World]:
    """Serve the same database with a provision that reads or lasts otherwise; on another day if need be."""

    def serve(day: date = date(2026, 11, 22), **values: object) -> World:
        provisions: list[Provision] = [
            replace(p, **values) if values and p.id == BEHIND else p for p in quick_search.provisions
        ]
        index = Index(tuple(provisions), quick_search.entries, quick_search.vectors)
        assistant = Assistant(Search(index, quick_search.terms, HashedModel()), quick_intents)
        app = create_app(assistant, provisions, clock=lambda: day, services=world.services)
        return World(app, world.services, world.clock)

    return serve


@pytest.mark.parametrize(
    ("day", "values", "why"),
    [
        (date(2026, 11, 23), {"last_day": date(2026, 11, 22)}, "changed"),
        (date(2026, 11, 22), {"official_text": "已经改写。"}, "changed"),
    ],
)
def test_a_guide_ends_at_once_when_a_provision_behind_it_changes(
    world: World, question: str, writer: Person, reviewer: Person, changed, day, values, why
):
    go_live(world, question, writer, reviewer)
    later = changed(day, **values)

    answer = ask(later.visitor())
    board = later.administrator().get("/board").text

    assert "guide" not in {citation["confidence"] for citation in answer["citations"]}
    assert QUESTION in board
    assert (one(world, GuideEntry).state, one(world, GuideEntry).note) == ("ended", why)
    assert (one(world, BoardQuestion).state, one(world, BoardQuestion).why) == ("open", why)
    assert "guide_ended" in world.actions()


def test_a_guide_ends_on_the_day_after_its_provision_s_last_and_not_before(
    world: World, question: str, writer: Person, reviewer: Person, changed
):
    last = date(2026, 12, 31)
    ending = changed(date(2026, 11, 22), last_day=last)  # the end is known when the guide is written
    go_live(ending, question, ending.coordinator("w2"), ending.officer("r2"))

    on_the_last = ask(changed(last, last_day=last).visitor())
    after = changed(date(2027, 1, 1), last_day=last)

    assert on_the_last["citations"][-1]["confidence"] == "guide"
    assert "guide" not in {c["confidence"] for c in ask(after.visitor())["citations"]}
    after.administrator().get("/board")
    assert (one(world, BoardQuestion).state, one(world, BoardQuestion).why) == ("open", "not_in_force")


def test_asked_for_a_day_before_its_provision_a_guide_is_not_told(world, question, writer, reviewer):
    go_live(world, question, writer, reviewer)

    answer = ask(world.visitor(), AGAIN, on="2025-06-01")

    assert "guide" not in {citation["confidence"] for citation in answer["citations"]}
    assert one(world, GuideEntry).state == "live"


def test_questions_are_assigned_set_aside_and_put_back(world: World, question: str, writer: Person):
    writer.post(f"/board/{question}/assign", to=writer.account_id)
    mine = writer.get("/board?mine=1").text
    writer.post(f"/board/{question}/aside", reason="与信用管理无关")
    aside = writer.get("/board").text
    writer.post(f"/board/{question}/reopen")

    assert QUESTION in mine
    assert QUESTION not in aside
    assert one(world, BoardQuestion).state == "open"
    assert {"board_assigned", "board_set_aside", "board_reopened"} <= set(world.actions())
    assert writer.post(f"/board/{question}/assign", to="0" * 32).status_code == 400


def test_no_enterprise_is_named_on_the_board(world: World):
    user = world.enterprise_user()
    user.post("/", q="苏州样例精密制造有限公司今天天气怎么样，电话13800138000")
    user.post("/", q="样例公司今天天气怎么样")

    page = world.coordinator().get("/board").text

    assert "天气怎么样" in page
    assert not [word for word in ("样例", "13800138000") if word in page]
