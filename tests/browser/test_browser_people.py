"""Pages about people: as readable, as narrow and as silent as all others, in light and dark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.people_pages import DOORS, become, person_of
from tests.browser.reading import READABLE, contrasts, levels, names, width
from tests.browser.serving import served
from tests.browser.watching import Seen
from tests.people import World

PHONE = {"width": 390, "height": 844}
Come = Callable[..., Page]


@pytest.fixture
def come(browser: Browser, world: World, seen: Seen) -> Iterator[Come]:
    """Open a path as somebody; afterwards nothing left loopback and the console said nothing."""
    contexts: list[BrowserContext] = []
    with served(world.app) as address:

        def open_path(who: str, path: str, **options: Any) -> Page:
            context = browser.new_context(base_url=address, **{"locale": "zh-CN", **options})
            contexts.append(context)
            become(context, person_of(world, who), address)
            page = context.new_page()
            seen.watch(page)
            page.goto(path)
            assert page.url == address + path
            return page

        yield open_path
        for context in contexts:
            context.close()
    assert seen.outside == []
    assert seen.unexpected == []


@pytest.mark.parametrize(("who", "path"), DOORS)
def test_a_page_about_people_is_no_wider_than_a_phone(who: str, path: str, come: Come):
    page = come(who, path, viewport=PHONE, has_touch=True, is_mobile=True)

    assert width(page) <= PHONE["width"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("who", "path"), DOORS)
def test_a_page_about_people_can_be_read_and_heard(who: str, path: str, scheme: str, come: Come):
    page = come(who, path, color_scheme=scheme)

    assert [pair for pair in contrasts(page) if pair[1] < READABLE] == []
    assert [pair for pair in names(page) if not pair[1].strip()] == []
    assert levels(page)[0] == 1
    assert levels(page).count(1) == 1
