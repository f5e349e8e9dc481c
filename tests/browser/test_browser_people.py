"""Pages about people: as readable, as narrow and as silent as all others, in light and dark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.people_pages import DOORS, become, person_of
from tests.browser.reading import READABLE, contrasts, levels, names, width
from tests.browser.serving import served
from tests.browser.watching import Seen, visiting
from tests.people import World

PHONE = {"width": 390, "height": 844}
Come = Callable[..., Page]


@pytest.fixture
def come(browser: Browser, world: World, seen: Seen) -> Iterator[Come]:
    """Open a path as somebody; afterwards nothing left loopback and the console said nothing."""
    with served(world.app) as address, visiting(browser, address, seen) as visit:

        def open_path(who: str, path: str, **options: Any) -> Page:
            arriving = partial(become, person=person_of(world, who), address=address)
            page = visit(path, arriving, **options)
            assert page.url == address + path
            return page

        yield open_path


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
