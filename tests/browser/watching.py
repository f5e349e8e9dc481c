"""What a page did while it was visited: where its requests went, what the console said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

WIDE = {"width": 1280, "height": 900}
Visit = Callable[..., Page]


@dataclass
class Seen:
    """Everything that a visit must answer for."""

    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        """Note requests, errors, warnings and dialogs of a page."""
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("requestfailed", self._failed)
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: (self.complaints.append(f"dialog: {dialog.message}"), dialog.dismiss()))

    def expect(self, words: str) -> None:
        """Leave out complaints with these words: the test is about what causes them."""
        self.expected.append(words)

    @property
    def unexpected(self) -> list[str]:
        """The complaints that no test asked for; violations of the content security policy are among them."""
        return [said for said in self.complaints if not any(words in said for words in self.expected)]

    @property
    def outside(self) -> list[str]:
        """The requests that did not go to loopback."""
        return [url for url in self.requests if urlsplit(url).hostname not in {"127.0.0.1", None}]

    def _failed(self, request: Request) -> None:
        # Chromium reports what the policy forbids as a request too, though it never makes it.
        if request.failure == "csp":
            self.requests.remove(request.url)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)


@contextmanager
def visiting(browser: Browser, address: str, seen: Seen) -> Iterator[Visit]:
    """Open paths as a new person each time; afterwards nothing left loopback and the console said nothing."""
    contexts: list[BrowserContext] = []

    def open_path(path: str = "/", arriving: Callable[[BrowserContext], None] | None = None, **options: Any) -> Page:
        context = browser.new_context(base_url=address, **{"viewport": WIDE, "locale": "zh-CN", **options})
        contexts.append(context)
        if arriving is not None:
            arriving(context)
        page = context.new_page()
        seen.watch(page)
        page.goto(path)
        return page

    yield open_path
    for context in contexts:
        context.close()
    assert seen.outside == []
    assert seen.unexpected == []
