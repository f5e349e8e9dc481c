"""Too many questions: the answer says when to come back, on the page and to a program."""

from __future__ import annotations

from dataclasses import replace

import pytest

from api.auth.throttle import Throttle
from tests.people import World


@pytest.fixture
def narrow(world: World) -> World:
    """An application that allows two questions a minute, eight from one address."""
    services = world.services
    throttle = Throttle(services.database, services.keys, services.now, "2/minute", "2/minute")
    world.services = replace(services, throttle=throttle)
    world.app.state.services = world.services
    return world


@pytest.mark.parametrize("path", ["/", "/stream", "/api/v1/ask", "/api/v1/ask/stream"])
def test_too_many_questions_have_to_wait(path: str, narrow: World):
    person = narrow.enterprise_user()
    form = {"json": {"question": "什么是AEO？"}} if path.startswith("/api") else {"data": {"q": "什么是AEO？"}}

    answers = [person.call("POST", path, **form) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 0 < int(answers[-1].headers["retry-after"]) <= 60


def test_visitors_of_one_address_share_its_count(narrow: World):
    people = [narrow.visitor() for _ in range(9)]

    statuses = [person.post("/", q="什么是AEO？").status_code for person in people]

    assert statuses == [200] * 8 + [429]


def test_a_person_is_told_on_a_page(narrow: World):
    person = narrow.enterprise_user()
    answers = [person.post("/", q="什么是AEO？") for _ in range(3)]

    assert "操作太频繁" in answers[-1].text
    assert "<h1>" in answers[-1].text


def test_opening_the_empty_page_is_no_question(narrow: World):
    person = narrow.enterprise_user()

    assert [person.get("/").status_code for _ in range(5)] == [200] * 5
