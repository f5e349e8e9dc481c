"""Pages for people who are signed in, and how a browser becomes theirs."""

from __future__ import annotations

from playwright.sync_api import BrowserContext

from api.auth.identity import Kind
from tests.people import A, Person, World, uscc

# Who opens what; "half_way" is somebody who still has to set up the second step.
PAGES: dict[str, tuple[str, ...]] = {
    "visitor": ("/sign-in", "/join", "/published"),
    "enterprise_user": ("/", "/account", "/colleagues", "/status"),
    "officer": ("/account", "/officer/binding-codes", "/monitoring/statistics", f"/reasons/{uscc(A)}"),
    "half_way": ("/second-factor/enrol",),
    "administrator": ("/account", "/admin/accounts"),
}
DOORS = [(who, path) for who, paths in PAGES.items() for path in paths]


def person_of(world: World, who: str) -> Person:
    """Somebody of a kind, in front of a browser."""
    if who == "half_way":
        world.add(Kind.OFFICER, who)
        return world.sign_in(who)
    person: Person = getattr(world, who)()
    return person


def become(context: BrowserContext, person: Person, address: str) -> None:
    """Give a browser the cookies of a person."""
    for cookie in person.client.cookies.jar:
        context.add_cookies([{"name": cookie.name, "value": str(cookie.value), "url": address}])
