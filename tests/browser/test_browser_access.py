"""For everyone: keyboard only, names for what can be pressed, headings in order, readable colours."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reading import READABLE, contrasts, levels, names, width

QUESTION = "现在认证要多久"


def focused(page: Page) -> str:
    """The text or name of what has the focus."""
    name = "(e => e.id || e.getAttribute('aria-label') || e.textContent.trim())(document.activeElement)"
    return str(page.evaluate(name))


def tab_until(page: Page, name: str, key: str = "Tab", most: int = 60) -> None:
    """Press the tab key until something has the focus."""
    for _ in range(most):
        page.keyboard.press(key)
        if focused(page) == name:
            return
    raise AssertionError(f"{name} cannot be reached with the tab key")


def test_the_first_tab_stop_leads_past_the_header(visit):
    page = visit()

    page.keyboard.press("Tab")
    assert focused(page) == "跳到正文"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert focused(page) == "q"


def test_everything_can_be_done_with_the_keyboard_alone(visit):
    page = visit()
    tab_until(page, "q")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    expect(page.get_by_role("article", name=QUESTION)).to_be_visible()

    expect(page.locator("#q")).to_be_focused()
    tab_until(page, "依据 1", key="Shift+Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"#s1-1$"))
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")

    expect(page.locator("#s1-1 .excerpt")).to_be_visible()


def test_the_day_can_be_typed(visit, ask_page):
    page = visit()
    tab_until(page, "q")
    tab_until(page, "on", most=3)

    page.keyboard.type("06012025")
    exchange = ask_page(page, QUESTION)

    expect(exchange.locator("time")).to_have_attribute("datetime", "2025-06-01")


def test_what_has_the_focus_is_seen_and_not_behind_the_question_box(visit, ask_page):
    page = visit(reduced_motion="reduce")
    ask_page(page, QUESTION)
    top = page.locator("#ask").bounding_box()
    assert top is not None
    page.locator(".brand").focus()

    for _ in range(page.locator("article a, article button, article summary").count()):
        page.keyboard.press("Tab")
        element = page.locator(":focus")
        if element.evaluate("e => !!e.closest('article')"):
            place = element.bounding_box()
            assert place is not None
            assert place["y"] + place["height"] <= top["y"] + 1
            assert element.evaluate("e => getComputedStyle(e).outlineStyle") != "none"


@pytest.mark.parametrize("path", ["/", f"/?q={QUESTION}", "/documents", "/documents/gacc-order-282"])
def test_everything_that_can_be_pressed_or_visited_has_a_name(path: str, visit):
    page = visit(path)

    found = names(page)

    assert {role for role, _ in found} >= {"link", "navigation"}
    if "documents" not in path:
        assert {role for role, _ in found} >= {"button", "textbox", "Date", "log"}
        assert [pair for pair in found if not pair[1].strip()] == []


def test_answers_are_announced_by_a_live_region_when_they_are_complete(visit, ask_page):
    page = visit()
    log = page.get_by_role("log", name="问答记录")

    expect(log).to_have_attribute("aria-live", "polite")
    ask_page(page, QUESTION)

    expect(log.get_by_role("article")).to_have_count(1)
    expect(log).not_to_have_attribute("aria-busy", "true")
    expect(page.locator("[aria-busy=true]")).to_have_count(0)


@pytest.mark.parametrize("path", ["/", f"/?q={QUESTION}", "/documents", "/documents/gacc-order-282", "/nothing"])
def test_headings_begin_with_one_title_and_leave_out_no_level(path: str, visit, seen):
    seen.expect("404")
    page = visit(path)

    found = levels(page)

    assert found.count(1) == 1
    assert found[0] == 1
    assert all(after <= before + 1 for before, after in zip(found, found[1:], strict=False))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_can_be_read_against_its_ground(scheme: str, visit, ask_page):
    page = visit(color_scheme=scheme)
    examples = contrasts(page)
    ask_page(page, QUESTION)
    answer = contrasts(page)
    page.goto("/documents")
    documents = contrasts(page)

    assert len(answer) > 20
    assert [pair for pair in examples + answer + documents if pair[1] < READABLE] == []


def test_the_answer_is_there_for_those_who_enlarge_the_text_to_twice_its_size(visit, ask_page):
    page = visit(viewport={"width": 640, "height": 450})

    ask_page(page, QUESTION)

    assert width(page) <= 640
