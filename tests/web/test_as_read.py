"""What the assistant says is shown as people write it: days in words, links that open."""

from __future__ import annotations

import pytest

from knowledge.text import Language
from tests.people import World
from web.views import as_read


@pytest.mark.parametrize(
    ("said", "language", "read"),
    [
        ("自2026-04-01起施行。", "zh-Hans", "自2026年4月1日起施行。"),
        ("It ended on 2026-03-31.", "en", "It ended on 31 March 2026."),
        ("编号2026-04-01-7", "zh-Hans", "编号2026-04-01-7"),
        ("2026-13-40", "zh-Hans", "2026-13-40"),
        ("请登录（/sign-in）；", "zh-Hans", "请登录；"),
        ("The whole record is on “Enterprise record” (/status).", "en", "The whole record is on “Enterprise record”."),
        ("（/或者）", "zh-Hans", "（/或者）"),
    ],
)
def test_days_are_written_out_and_addresses_left_to_the_links(said: str, language: Language, read: str):
    assert as_read(said, language) == read


def test_a_page_that_answers_a_form_links_to_where_the_form_stood(world: World):
    person = world.enterprise_user()

    person.client.headers["referer"] = "http://testserver/calendar"
    page = person.post("/calendar/feed").text

    assert 'href="/calendar?lang=en"' in page
    assert 'href="/display?back=/calendar"' in page


def test_a_page_links_nowhere_else_whatever_is_said_to_come_before(world: World):
    person = world.enterprise_user()

    person.client.headers["referer"] = "http://elsewhere/a"
    page = person.post("/calendar/feed").text

    assert 'href="?lang=en"' in page
