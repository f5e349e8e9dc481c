"""How tests go through the review desk, as a browser without scripts does."""

from __future__ import annotations

import re
from dataclasses import dataclass

from httpx2 import Response

from selfassess.loader import get_standard
from tests.people import A, Person, World, uscc
from tests.web.assess.paths import said_on
from tests.web.test_assessment_api import ROOT, send

ITEMS = list(get_standard("advanced-2026").items)


@dataclass(frozen=True)
class InReview:
    """A version handed in by enterprise A, with a document that proves items 5 and 18."""

    world: World
    wang: Person
    assessment: str
    version: str
    document: str

    @property
    def address(self) -> str:
        """Where the desk shows it."""
        return f"/reviews/{self.version}"


def hand_in(person: Person, assessment: str) -> str:
    """Hand an assessment in; the id of the version."""
    return str(send(person, "POST", f"{ROOT}/{assessment}/submissions", 201)["id"])


def reasoned(person: Person, place: int = A) -> Person:
    """Somebody who gave a reason for reading an enterprise."""
    person.post(f"/reasons/{uscc(place)}", reason="review")
    return person


def grade(person: Person, address: str, no: str, **fields: str) -> Response:
    """Grade an item with the fields of its page, some of them typed over."""
    page = person.get(f"{address}/items/{no}").text
    seen = re.search(r'name="seen" value="(\d+)"', page)
    return person.post(f"{address}/items/{no}", **{"seen": seen[1] if seen else "0", **fields})


def turn_of(person: Person, address: str) -> str:
    """The turn that the page to decide carries."""
    found = re.search(r'name="turn" value="(\d+)"', person.get(f"{address}/decision").text)
    return found[1] if found else "0"


def decide(person: Person, address: str, kind: str, **fields: object) -> Response:
    """Decide as the page to decide does."""
    return person.post(f"{address}/decision", **{"turn": turn_of(person, address), "kind": kind, **fields})


def said(answer: Response) -> str:
    """What a page says."""
    return said_on(answer)
