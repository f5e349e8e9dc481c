"""What coordinators and officers read: versions in force within reach, with a reason, and the evidence frozen then."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import pytest

from api.auth.identity import Identity, Kind
from api.records.sample.fiction import office_of
from api.usecases.assess import open_assessment
from api.usecases.assess_desks import Desks
from api.usecases.assess_evidence import add_evidence, add_revision
from tests.access.cast import ELSEWHERE
from tests.api.assess.evidence_cases import CLAIM, checked
from tests.people import DAY, A, Person, World, uscc
from tests.web.test_assessment_api import ROOT, answered, begun, send

REVIEWS = "/api/v1/reviews"


@pytest.fixture
def wang(world: World) -> Person:
    """Somebody of enterprise A."""
    return world.enterprise_user()


@pytest.fixture
def handed_in(world: World, wang: Person) -> dict[str, str]:
    """A version of enterprise A with a document, and what was added and changed after it; the ids of all."""
    id_, who = begun(wang), Identity(Kind.ENTERPRISE, wang.account_id, usccs=(uscc(A),), uscc=uscc(A), complete=True)
    desks = Desks(world.services, who, DAY)
    with desks.to_write() as desk:
        document = add_evidence(open_assessment(desk, id_), checked(f"每月抽查。{CLAIM}"), ["5"]).id
    answered(wang, id_, no_2="not_met")
    version = send(wang, "POST", f"{ROOT}/{id_}/submissions", 201)["id"]
    with desks.to_write() as desk:
        add_revision(desk, document, checked("每周抽查"))
        later = add_evidence(open_assessment(desk, id_), checked("以后才有的材料"), ["6"]).id
    return {"version": version, "document": document, "later": later}


def reasoned(person: Person) -> Person:
    """Somebody who gave a reason for reading enterprise A."""
    person.post(f"/reasons/{uscc(A)}", reason="review")
    return person


def seen(person: Person, path: str = "") -> Any:
    """What a door of the reviews says."""
    return person.call("GET", f"{REVIEWS}{path}")


def test_a_version_is_listed_to_those_who_reach_the_enterprise_and_nobody_else(world: World, handed_in: dict[str, str]):
    people = [world.officer(), world.coordinator(), world.officer("far", ELSEWHERE), world.coordinator("other", 32)]

    listed = [[one["id"] for one in seen(person).json()] for person in people]

    assert listed == [[handed_in["version"]], [handed_in["version"]], [], []]


def test_it_is_read_with_a_reason_only_and_every_reading_leaves_a_trace(world: World, handed_in: dict[str, str]):
    officer = world.officer()
    before = seen(officer, f"/{handed_in['version']}")

    after = seen(reasoned(officer), f"/{handed_in['version']}")

    assert (before.status_code, before.json()["error"]["code"]) == (403, "reason_needed")
    assert after.json()["assessment"]["answers"]["2"]["grade"] == "not_met"
    assert world.actions()[-1] == "record_read"


def test_the_evidence_is_that_of_the_version_not_what_came_later(world: World, handed_in: dict[str, str]):
    officer, version = reasoned(world.officer()), handed_in["version"]

    listed = seen(officer, f"/{version}/evidence").json()
    file = seen(officer, f"/{version}/file?evidence={handed_in['document']}")
    later = seen(officer, f"/{version}/file?evidence={handed_in['later']}")

    assert [one["document"]["id"] for one in listed] == [handed_in["document"]]
    assert file.content == as_named(listed, file.content)
    assert "attachment" in file.headers["content-disposition"]
    assert later.status_code == 404


def as_named(listed: list[dict[str, Any]], content: bytes) -> bytes:
    """The content, if its digest is the one the version names."""
    named = listed[0]["document"]["revisions"]
    return content if [one["sha256"] for one in named] == [sha256(content).hexdigest()] else b""


def test_words_are_found_in_the_frozen_evidence_and_what_it_claims_changes_nothing(
    world: World, handed_in: dict[str, str]
):
    officer, version = reasoned(world.officer()), handed_in["version"]

    found = {
        word: len(seen(officer, f"/{version}/evidence?q={word}").json()) for word in ("每月", "每周", "判定为达标")
    }

    assert found == {"每月": 1, "每周": 0, "判定为达标": 1}
    assert seen(officer, f"/{version}").json()["result"]["outcome"]["passed"] is False


def test_a_contradiction_is_shown_to_the_officer_with_both_values(world: World):
    zhao = world.enterprise_user("zhao", 41)  # fined 60,000 on record
    id_ = begun(zhao)
    answered(zhao, id_)
    version = send(zhao, "POST", f"{ROOT}/{id_}/submissions", 201)["id"]
    officer = world.officer("there", district(41))
    officer.post(f"/reasons/{uscc(41)}", reason="review")

    items = {one["no"]: one for one in seen(officer, f"/{version}").json()["result"]["items"]}

    assert items["18"]["contradiction"]["said"] == "met"
    assert items["18"]["contradiction"]["record"] == "not_met"
    assert items["18"]["contradiction"]["values"][0]["value"] == "60,000元"


def district(place: int) -> str:
    """The customs district of an enterprise of the sample."""
    return office_of(place).district


def test_a_version_taken_back_is_not_shown_any_more(world: World, wang: Person, handed_in: dict[str, str]):
    officer = reasoned(world.officer())
    send(wang, "POST", f"/api/v1/submissions/{handed_in['version']}/withdraw")

    assert seen(officer).json() == []
    assert seen(officer, f"/{handed_in['version']}").status_code == 404
