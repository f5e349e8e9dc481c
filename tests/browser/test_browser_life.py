"""The whole life of one assessment, between an enterprise, an officer and a coordinator, each with a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.becoming import become
from tests.browser.serving import served
from tests.browser.watching import Seen, visiting
from tests.people import Person, World
from tests.web.assess.paths import begin, give_all
from tests.web.review.ways import ITEMS, grade

Come = Callable[[Person, str], Page]


@pytest.fixture
def come(browser: Browser, world: World, seen: Seen) -> Iterator[Come]:
    """Open a path as somebody, each in a browser of their own."""
    with served(world.app) as address, visiting(browser, address, seen) as visit:
        yield lambda person, path: visit(path, partial(become, person=person, address=address))


def press(page: Page, name: str) -> None:
    """Go to a button with the tab key, see that the focus shows, and press it."""
    target = page.get_by_role("button", name=name).first
    target.wait_for()
    for _ in range(400):
        page.keyboard.press("Tab")
        if target.evaluate("e => e === document.activeElement"):
            break
    assert target.evaluate("e => getComputedStyle(e).outlineStyle") != "none"
    with page.expect_navigation():
        page.keyboard.press("Enter")


def take(page: Page) -> str:
    """Take the version that waits in the queue, after giving a reason; return its address."""
    page.goto("/reviews")
    press(page, "领取")
    if "/reasons/" in page.url:
        page.get_by_role("radio").first.check()
        press(page, "查看记录")
    if page.get_by_role("button", name="领取").count():
        press(page, "领取")
    page.goto("/reviews?whose=mine")
    with page.expect_navigation():
        page.get_by_role("link", name="继续审核").first.click()
    return page.url[page.url.index("/reviews/") :]


def hand_in(page: Page, address: str, button: str) -> None:
    """Hand the assessment in with the keyboard."""
    page.goto(f"{address}/submissions")
    press(page, button)
    expect(page.locator(".badge-official", has_text="有效")).to_be_visible()


def test_one_assessment_goes_from_the_form_over_a_return_to_its_acceptance(world: World, come: Come):
    wang, chen, li = world.enterprise_user("wang"), world.officer("chen"), world.coordinator("li")
    address = begin(wang)
    give_all(wang, address)
    enterprise, officer, coordinator = come(wang, "/assessments"), come(chen, "/reviews"), come(li, "/reviews")

    world.clock.pass_(minutes=5)
    hand_in(enterprise, address, "正式提交")
    first = take(officer)
    officer.goto(f"{first}/items/2")
    press(officer, "同意自评，下一项")
    expect(officer.get_by_role("status")).to_contain_text("2")
    officer.goto(f"{first}/items/5")
    officer.keyboard.press("2")
    officer.locator("#why").select_option(index=1)
    officer.locator("#comment").fill("复核制度没有写明抽查的次数。")
    officer.locator("#comment").press("Control+Enter")
    expect(officer.get_by_role("status")).to_contain_text("5")
    officer.goto(f"{first}/decision")
    officer.get_by_role("radio", name="退回补正").check()
    officer.get_by_label("理由", exact=True).fill("请补充第5项的制度。")
    press(officer, "作出决定")
    expect(officer.get_by_text("请补充第5项的制度。")).to_be_visible()

    world.clock.pass_(minutes=5)
    enterprise.goto(address)
    expect(enterprise.locator("#returned")).to_contain_text("复核制度没有写明抽查的次数")
    enterprise.locator("#returned a").first.click()
    enterprise.locator("#note-5").fill("制度第七条已写明每月抽查一次。")
    expect(enterprise.locator("#saved")).to_contain_text("已保存")
    world.clock.pass_(minutes=5)
    hand_in(enterprise, address, "提交新的一版")

    second = take(officer)
    assert second != first
    officer.goto(f"{second}/items/5")
    expect(officer.locator(".review-case")).to_contain_text("制度第七条已写明每月抽查一次")
    for no in ITEMS:
        grade(chen, second, no, agree="met")
    officer.goto(f"{second}/decision")
    officer.get_by_role("radio", name="接受").check()
    officer.get_by_label("理由", exact=True).fill("全部核对。")
    press(officer, "作出决定")
    expect(officer.get_by_text("全部核对。")).to_be_visible()

    enterprise.goto(f"{address}/submissions")
    expect(enterprise.get_by_text("已审核并接受")).to_be_visible()
    coordinator.goto("/reviews?state=all")
    expect(coordinator.get_by_role("table").first).to_contain_text("接受")
