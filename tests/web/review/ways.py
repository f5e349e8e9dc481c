"""How tests go through the review desk, as a browser without scripts does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from httpx2 import Response

from api.auth.identity import Identity, Kind
from api.usecases.assess import open_assessment
from api.usecases.assess_desks import Desks
from api.usecases.assess_evidence import add_evidence
from selfassess.loader import get_standard
from tests.api.assess.evidence_cases import checked
from tests.people import DAY, A, Person, World, uscc
from tests.web.assess.paths import said_on
from tests.web.test_assessment_api import ROOT, answered, begun, send

TEXT = "第一页没有关系的话\n\f第二页：进出口单证复核制度，每月抽查一次，由关务部保存。"
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


def put_in_review(world: World) -> InReview:
    """Hand in an assessment of enterprise A with a few things that do not fit together."""
    wang = world.enterprise_user()
    id_ = begun(wang)
    who = Identity(Kind.ENTERPRISE, wang.account_id, usccs=(uscc(A),), uscc=uscc(A), complete=True)
    with Desks(world.services, who, DAY).to_write() as desk:
        old = (date(2019, 1, 1), date(2019, 12, 31))
        document = add_evidence(open_assessment(desk, id_), checked(TEXT), ["5", "18"], "复核制度", old).id
    answered(wang, id_, no_2="not_met")
    return InReview(world, wang, id_, hand_in(wang, id_), document)


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
