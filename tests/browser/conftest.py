"""The real application in a real browser. Whatever a test does, its visit must stay clean."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from assistant.answering import Assistant
from knowledge.models import Provision
from tests.browser.serving import chromium, served
from tests.browser.watching import Seen, Visit, visiting
from tests.services import make_services
from web.app import create_app

HERE = Path(__file__).parent
# The first answer waits until the model is read, on a machine that may be busy.
PATIENCE = 20_000
AskPage = Callable[[Page, str], Locator]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker runs all of these: they share a browser; only loopback is open to them."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.model)
            item.add_marker(pytest.mark.xdist_group("browser"))
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1"]))


@pytest.fixture(scope="session")
def site(
    assistant: Assistant, provisions: list[Provision], today: date, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of the application over the real index."""
    services = make_services(tmp_path_factory.mktemp("services"))
    with served(create_app(assistant, provisions, clock=lambda: today, services=services)) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium: a new one for each file, so that its event loop meets no other test."""
    expect.set_options(timeout=PATIENCE)
    with chromium() as running:
        yield running


@pytest.fixture
def seen() -> Seen:
    """What the visits of this test did."""
    return Seen()


@pytest.fixture
def visit(browser: Browser, site: str, seen: Seen) -> Iterator[Visit]:
    """Open a path as a new person."""
    with visiting(browser, site, seen) as visit:
        yield visit


@pytest.fixture(scope="session")
def ask_page() -> AskPage:
    """Ask on an open page and return the exchange once it is complete."""

    def ask(page: Page, question: str) -> Locator:
        page.locator("#q").fill(question)
        page.locator("#ask .primary").click()
        exchange = page.get_by_role("article", name=question, exact=True).last
        exchange.wait_for()
        return exchange

    return ask
