"""How a browser becomes somebody's who is signed in."""

from __future__ import annotations

from playwright.sync_api import BrowserContext

from tests.people import Person


def become(context: BrowserContext, person: Person, address: str) -> None:
    """Give a browser the cookies of a person."""
    for cookie in person.client.cookies.jar:
        context.add_cookies([{"name": cookie.name, "value": str(cookie.value), "url": address}])
