"""Every page of everybody in a real browser: WCAG 2.2 AA by axe-core, in themes and widths, and a silent console."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from assistant.answering import Assistant
from knowledge.models import Provision
from tests.browser.axe import SCRIPT, check
from tests.browser.becoming import become
from tests.browser.reading import READABLE, contrasts, width
from tests.browser.serving import served
from tests.browser.watching import Seen
from tests.every_page import BESIDE, Opened, walk
from tests.staged import Stage, staged

WIDE = {"width": 1280, "height": 900}
# Where axe-core measures contrast too: every component, an answer.
WHOLE = ("/gallery", BESIDE[0][1])
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def stage(
    tmp_path_factory: pytest.TempPathFactory, quick_assistant: Assistant, provisions: list[Provision]
) -> Iterator[Stage]:
    """People at work."""
    with staged(quick_assistant, provisions, tmp_path_factory.mktemp("stage")) as stage:
        yield stage


THEMES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "contrast": "no-preference"},
    "dark": {"color_scheme": "dark", "contrast": "no-preference"},
    "strong": {"color_scheme": "light", "contrast": "more"},
    "strong and dark": {"color_scheme": "dark", "contrast": "more"},
}


def wrong_on(page: Page, *, contrast: bool) -> list[str]:
    """What is wrong with an open page in any theme, and on a phone."""
    found = check(page, contrast=contrast)
    for name, theme in THEMES.items():
        page.emulate_media(**theme)
        found += [f"{name}: {text} {measured}" for text, measured in contrasts(page) if measured < READABLE]
    page.set_viewport_size(PHONE)
    if (wide := width(page)) > PHONE["width"]:
        found.append(f"{wide} pixels wide on a phone")
    page.emulate_media(**THEMES["light"])
    page.set_viewport_size(WIDE)
    return found


def test_no_page_breaks_a_rule_of_wcag(stage: Stage, browser: Browser, seen: Seen, capsys):
    seen.expect("404")
    begun, wrong, contexts = time.perf_counter(), {}, dict[str, BrowserContext]()
    pages = different(walk(stage).pages)
    with served(stage.world.app) as address:
        for opened in pages:
            page = _page_of(opened, contexts, browser, address, stage, seen)
            page.goto(address + opened.address)
            if found := wrong_on(page, contrast=opened.address in WHOLE):
                wrong[str(opened)] = found
        for context in contexts.values():
            context.close()

    with capsys.disabled():
        print(f"\naxe: {len(pages)} pages, {time.perf_counter() - begun:.0f} s")  # noqa: T201
    assert wrong == {}
    assert seen.unexpected == []
    assert seen.outside == []


def different(pages: list[Opened]) -> list[Opened]:
    """The pages without those whose content another one has: coordinators and officers often see the same."""
    return list({_content(page): page for page in pages}.values())


def _content(page: Opened) -> str:
    main = page.answer.text.partition("<main")[2]
    return re.sub(r'name="csrf" value="[^"]*"', "", main)


def _page_of(
    opened: Opened, contexts: dict[str, BrowserContext], browser: Browser, address: str, stage: Stage, seen: Seen
) -> Page:
    """The one page of a person's browser."""
    if opened.who not in contexts:
        contexts[opened.who] = browser.new_context(locale="zh-CN", viewport=WIDE, reduced_motion="reduce")
        contexts[opened.who].add_init_script(SCRIPT)
        become(contexts[opened.who], stage.people[opened.who], address)
        seen.watch(contexts[opened.who].new_page())
    return contexts[opened.who].pages[0]
