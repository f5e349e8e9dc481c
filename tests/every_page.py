"""Every page for every kind of person, read from the doors of the application: a new page is here by being there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from httpx2 import Response
from selectolax.lexbor import LexborHTMLParser

from api.auth.access import About, Door, list_doors
from api.auth.identity import Kind
from tests.access.cast import ROLES
from tests.access.requests import Case, call_of, thing_of
from tests.staged import Stage

ROLE_OF = {
    "visitor": "visitor",
    "enterprise": "enterprise-a",
    "coordinator": "coordinator-assigned",
    "officer": "officer-here",
    "administrator": "administrator",
    "half_way": "half-way",
}
KIND_OF: dict[str, Kind | None] = {"visitor": None, **{kind.value: kind for kind in Kind}}
QUESTION = "现在海关信用分几个等级，和以前有什么不同？"
STATIC = Path(__file__).parents[1] / "web"
# Beside the doors: an answer, and the page of an error.
BESIDE = (("visitor", f"/?q={QUESTION}"), ("enterprise", "/?q=我们的信用等级是什么？"), ("officer", "/nothing"))
# What a person never opens, and what this installation lacks.
GONE = 410  # an address that was once given out, of which there is none here
NO_PAGES = (
    "/api/", "/hooks/", "/oauth/", "/sign-in/provider", "/healthz", "/readyz", "/conversation/now",
    "/desk/conversations/{conversation_id}/now",
)  # fmt: skip


@dataclass(frozen=True)
class Opened:
    """A page as somebody saw it."""

    who: str
    address: str
    answer: Response

    def __str__(self) -> str:
        return f"{self.who} {self.address}"


@dataclass
class Walk:
    """What the doors gave: pages, and everything that was neither a page nor a file nor a way elsewhere."""

    pages: list[Opened] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def walk(stage: Stage) -> Walk:
    """Open every door for reading as everybody it is open to."""
    found = Walk()
    for who, address in (*_addresses(stage), *BESIDE):
        answer = stage.people[who].get(address)
        is_page = answer.headers.get("content-type", "").startswith("text/html")
        if is_page and (answer.status_code == 200 or (who, address) in BESIDE):
            found.pages.append(Opened(who, address, answer))
        elif answer.status_code >= 400 and answer.status_code != GONE:
            found.refused.append(f"{who} {address}: {answer.status_code}")
    return found


def _addresses(stage: Stage) -> Iterator[tuple[str, str]]:
    for door in list_doors(stage.world.app):
        if door.method == "GET" and not door.path.startswith(NO_PAGES):
            for who in _whom(door):
                yield who, call_of(door).path.format(_thing(stage, door, who))


def _whom(door: Door) -> list[str]:
    """Those who see a page of their own; where everybody sees the same, a visitor."""
    access = door.access
    halfway = ["half_way"] if access.half_way and None not in access.to else []
    if None in access.to and door.path != "/":
        return ["visitor"]
    return [who for who, kind in KIND_OF.items() if kind in access.to] + halfway


def _thing(stage: Stage, door: Door, who: str) -> str:
    if door.access.about is About.ASSESSMENT and who == "enterprise":
        return stage.assessment.removeprefix("/assessments/")
    role = next(role for role in ROLES if role.name == ROLE_OF[who])
    return thing_of(stage.world, door, role, stage.people[who], Case.OWN)


def weight_of(answer: Response) -> int:
    """Bytes of a page, its style sheets, scripts and pictures, before compression."""
    addresses = {
        node.attributes.get("href") or node.attributes.get("src") or ""
        for node in LexborHTMLParser(answer.text).css("link[href], script[src], img[src]")
    }
    return len(answer.content) + sum((STATIC / address.lstrip("/")).stat().st_size for address in addresses)
