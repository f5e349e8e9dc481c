"""The review desk in a real browser: a version is taken, graded and returned with the keyboard alone."""

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
from tests.people import Person, World
from tests.web.review.ways import grade, put_in_review, reasoned

PHONE = {"width": 390, "height": 844}
Come = Callable[..., Page]


@pytest.fixture
def come(browser: Browser, world: World, seen: Seen) -> Iterator[Come]:
    """Open a path as somebody; afterwards nothing left loopback and the console said nothing."""
    with served(world.app) as address, visiting(browser, address, seen) as visit:

        def open_path(person: Person, path: str, **options: Any) -> Page:
            return visit(path, partial(become, person=person, address=address), **options)

        yield open_path


def go(page: Page, *keys: str) -> None:
    """Press keys one after the other, each of which leads to another page."""
    for key in keys:
        with page.expect_navigation():
            page.keyboard.press(key)


def test_with_the_keyboard_alone_a_version_is_taken_graded_and_returned(world: World, come: Come):
    case = put_in_review(world)
    page = come(world.officer("zhou"), case.address)
    page.get_by_label("审核自我评估").press("Space")
    with page.expect_navigation():
        page.get_by_role("button", name="查看记录").press("Enter")
    with page.expect_navigation():
        page.get_by_role("button", name="领取").press("Enter")

    go(page, "n", "a")
    assert page.url.endswith("/items/2?saved=1")
    go(page, "j", "j", "k")
    expect(page.locator(".item-heading")).to_contain_text("3 岗位人员能力与处置")
    page.keyboard.press("3")
    page.keyboard.press("c")
    page.keyboard.type("缺培训记录")
    page.get_by_label("理由").select_option("missing")
    go(page, "Control+Enter")
    expect(page.locator("[role=status]")).to_contain_text("已保存：3")
    go(page, "j", "e")
    expect(page.locator(".proof-text mark").first).to_be_visible()
    page.goto(f"{case.address}/decision")
    page.get_by_label("退回补正").first.press("Space")
    page.locator("#reason").fill("材料不全")
    with page.expect_navigation():
        page.get_by_role("button", name="作出决定").press("Enter")

    expect(page.locator(".hint").first).to_contain_text("已退回补正")
    enterprise = come(case.wang, f"/assessments/{case.assessment}")
    expect(enterprise.locator("#returned")).to_contain_text("缺培训记录")


def test_letters_typed_into_a_field_are_no_keys_and_the_keys_can_be_switched_off(world: World, come: Come):
    case = put_in_review(world)
    officer = reasoned(world.officer("zhou"))
    officer.post(f"{case.address}/take", turn="0")
    page = come(officer, f"{case.address}/items/3")

    page.locator("#comment").fill("")
    page.locator("#comment").press_sequentially("jka1")
    assert page.url.endswith("/items/3")
    page.locator(".keys summary").click()
    page.locator("[data-keys-switch]").click()
    page.keyboard.press("j")
    page.wait_for_timeout(300)  # a page that was on its way would be there

    assert page.url.endswith("/items/3")


def test_the_pages_of_the_desk_can_be_read_and_are_no_wider_than_a_phone(world: World, come: Come):
    case = put_in_review(world)
    officer = reasoned(world.officer("zhou"))
    officer.post(f"{case.address}/take", turn="0")
    grade(officer, case.address, "3", grade="partly_met", why="weak", comment="不全")
    page = come(officer, "/reviews", viewport=PHONE)

    for end in (
        "",
        "/items/18",
        f"/evidence?document={case.document}&item=5",
        "/consistency",
        "/decision",
        "/worksheet",
    ):
        page.goto(case.address + end)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert [pair for pair in contrasts(page) if pair[1] < READABLE] == []
        assert [pair for pair in names(page) if not pair[1].strip()] == []
        assert levels(page).count(1) == 1
        assert width(page) <= PHONE["width"]
