"""The navigation offers everybody what is theirs, and marks where a page belongs."""

from __future__ import annotations

import pytest

from api.auth.identity import VISITOR, Identity, Kind
from tests.access.cast import ROLES
from tests.people import World
from web.places import PLACES, places_of

MOST = 9  # more do not fit beside each other


@pytest.mark.parametrize("kind", [None, *Kind])
def test_nobody_is_offered_more_places_than_fit(kind: Kind | None):
    assert 3 <= len(PLACES[kind]) <= MOST


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_every_place_that_is_offered_opens(role, world: World):
    person = role.person(world)
    kind = role.kind if role.complete else None

    answers = {place.path: person.get(place.path).status_code for place in PLACES[kind]}

    assert answers == dict.fromkeys(answers, 200)


@pytest.mark.parametrize(
    ("path", "name"),
    [("/", "问答"), ("/assessments/1/result", "自评"), ("/documents/gacc-order-282", "文件"), ("/account", None)],
)
def test_a_page_marks_the_place_it_belongs_to(path: str, name: str | None):
    who = Identity(kind=Kind.ENTERPRISE, complete=True)

    assert [place.name for place in places_of(who, path) if place.current] == ([name] if name else [])


def test_somebody_whose_second_step_is_outstanding_is_offered_what_a_visitor_is():
    assert places_of(Identity(kind=Kind.OFFICER), "/") == places_of(VISITOR, "/")
