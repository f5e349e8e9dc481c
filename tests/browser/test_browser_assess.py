"""Self-assessment in a real browser: the form saves by itself, a colleague's answer is shown, all can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.becoming import become
from tests.browser.reading import READABLE, contrasts, levels, names, width
from tests.browser.serving import served
from tests.browser.watching import Seen, visiting
from tests.people import A, Person, World
from tests.web.assess.paths import begin, give, give_all

PHONE = {"width": 390, "height": 844}
Come = Callable[..., Page]


@pytest.fixture
def wang(world: World) -> Person:
    """Somebody of enterprise A."""
    return world.enterprise_user("wang")


@pytest.fixture
def come(browser: Browser, world: World, seen: Seen) -> Iterator[Come]:
    """Open a path as somebody on a phone; afterwards nothing left loopback and the console said nothing."""
    with served(world.app) as address, visiting(browser, address, seen) as visit:

        def open_path(person: Person, path: str, **options: Any) -> Page:
            arriving = partial(become, person=person, address=address)
            return visit(path, arriving, **{"viewport": PHONE, **options})

        yield open_path


def test_the_form_saves_each_answer_by_itself_and_shows_a_colleague_s_beside_it(world: World, wang: Person, come: Come):
    address = begin(wang)
    page = come(wang, address)

    page.locator("#item-2 .grade-met").click()
    expect(page.locator("#saved")).to_contain_text("已保存")
    expect(page.locator("#item-2 [data-head]")).to_contain_text("达标")
    give(world.enterprise_user("li", A, first=False), address, "3", "not_met", "缺培训记录", seen="")
    page.locator("#item-3 .grade-met").click()

    expect(page.locator("#item-3 .differs")).to_contain_text("缺培训记录")
    page.locator("#item-3 .differs button").last.click()
    expect(page.locator("#item-3 [data-head]")).to_have_text("达标")
    page.reload()
    expect(page.locator("#progress")).to_contain_text("2 / 74")


def test_what_was_typed_while_offline_is_saved_once_the_line_is_back(wang: Person, come: Come, seen: Seen):
    page = come(wang, begin(wang))
    seen.expect("ERR_INTERNET_DISCONNECTED")

    page.context.set_offline(True)
    page.locator("#item-2 textarea").fill("正在补")
    expect(page.locator("#saved")).to_contain_text("没有保存")
    page.context.set_offline(False)

    expect(page.locator("#saved")).to_contain_text("已保存")
    page.reload()
    expect(page.locator("#item-2 textarea")).to_have_value("正在补")


def test_without_scripts_the_button_saves(wang: Person, come: Come):
    page = come(wang, begin(wang), java_script_enabled=False)

    page.locator("#item-2 .grade-not_met").click()
    page.locator(".save-bar .primary").click()

    expect(page.locator("[role=status]").first).to_have_text("已保存。")
    expect(page.locator("#item-2 [data-head]")).to_contain_text("不达标")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_fit_a_phone_and_can_be_read_and_heard(scheme: str, wang: Person, come: Come):
    address = begin(wang)
    give_all(wang, address, no_5="not_met")
    give(wang, address, "19", "not_met", "记错了")
    page = come(wang, "/assessments", color_scheme=scheme)

    for path in ("/assessments", f"{address}?show=contradicting", f"{address}/result", f"{address}/items/5/evidence"):
        page.goto(path)
        assert width(page) <= PHONE["width"], path
        assert [pair for pair in contrasts(page) if pair[1] < READABLE] == [], path
        assert [pair for pair in names(page) if not pair[1].strip()] == [], path
        assert levels(page).count(1) == 1, path
