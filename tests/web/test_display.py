"""How pages look is chosen without an account and without a script, and is remembered."""

from __future__ import annotations

import pytest

from tests.people import World
from web.display import Display, display_of


def test_a_choice_is_remembered_by_the_browser(world: World):
    person = world.visitor()

    person.post("/display", theme="dark", contrast="more", size="large", back="/documents")
    page = person.get("/documents").text

    assert 'data-size="large"' in page
    assert 'href="/static/dark.css" media="screen"' in page
    assert 'href="/static/contrast.css" media="screen"' in page


def test_without_a_choice_the_page_follows_the_system(world: World):
    page = world.visitor().get("/documents").text

    assert "data-size" not in page
    assert 'href="/static/dark.css" media="screen and (prefers-color-scheme: dark)"' in page


def test_who_chose_light_gets_no_dark_colours(world: World):
    person = world.visitor()

    person.post("/display", theme="light")

    assert "dark.css" not in person.get("/").text


@pytest.mark.parametrize("cookie", ["", "dark", "a-b-c", "dark-more-large-x", '"><script>-x-y'])
def test_a_cookie_that_nobody_here_wrote_changes_nothing(cookie: str, world: World):
    person = world.visitor()
    person.keep("display", cookie)

    assert "data-size" not in person.get("/").text


def test_words_that_nobody_offered_count_as_not_chosen():
    assert display_of("pink", "less", "huge") == Display()


def test_the_way_back_leads_nowhere_else(world: World):
    answer = world.visitor().post("/display", theme="dark", back="//elsewhere.example/x")

    assert answer.headers["location"] == "/display?done=1&back=%2F"


def test_the_gallery_is_not_part_of_an_installation_in_earnest(world: World):
    assert world.visitor().get("/gallery").status_code == 404
