"""A conversation between an enterprise and its coordinator, each in a browser: nobody reloads anything."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.browser.becoming import become
from tests.browser.serving import served
from tests.browser.watching import Seen, visiting
from tests.people import World


def test_asked_for_taken_over_answered_and_given_back(browser: Browser, world: World, seen: Seen):
    li, zhang = world.enterprise_user("li"), world.coordinator("zhang")
    with served(world.app) as address, visiting(browser, address, seen) as visit:
        enterprise = visit("/", arriving=lambda context: become(context, li, address))
        enterprise.locator("#q").fill("转人工")
        enterprise.locator("#ask .primary").click()
        expect(enterprise.locator(".state-waiting .promise")).to_be_visible()

        coordinator = visit("/desk/conversations", arriving=lambda context: become(context, zhang, address))
        coordinator.get_by_role("button", name="接手").click()
        expect(enterprise.locator(".state-person")).to_be_visible()
        enterprise.locator("#q").fill("内审报告要盖章吗？")
        enterprise.locator("#ask .primary").click()
        expect(enterprise.locator(".kind-person .note")).to_be_visible()

        expect(coordinator.locator(".said li").last).to_contain_text("内审报告要盖章吗？")
        coordinator.locator("#text").fill("要盖章。")
        coordinator.get_by_role("button", name="发送").click()
        expect(enterprise.locator(".person-said li").last).to_contain_text("要盖章。")
        coordinator.get_by_role("button", name="结束并交还助手").click()
        expect(enterprise.locator(".state-back")).to_be_visible()
