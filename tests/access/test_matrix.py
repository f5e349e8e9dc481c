"""The access matrix: every route, every kind of person, their own object, another's, and none.

The doors are read from the application, so a new route is in the matrix by being there.
"""

from __future__ import annotations

import pytest
from fastapi import APIRouter
from httpx2 import Response

from api.auth.access import About, Door, Unclassified, list_doors
from api.auth.identity import Kind
from tests.access.cast import ROLES, Role
from tests.access.requests import Case, knock, thing_of
from tests.people import Person, World

# Administrators keep everybody's accounts and the texts together: none is another's. Sessions are offered to all.
# Answers, the board and guides name no enterprise: whoever may see one may see all.
KEPT_TOGETHER = (About.ACCOUNT, About.TEXT_DRAFT, About.OFFICIAL_TEXT)
NOTHING_IS_FOREIGN = {
    *((Kind.ADMINISTRATOR, about) for about in KEPT_TOGETHER),
    *((kind, About.CENTRE_SESSION) for kind in Kind),
    *((kind, about) for kind in (None, *Kind) for about in (About.ANSWER, About.BOARD_QUESTION, About.GUIDE_ENTRY)),
}


# Whoever reaches no enterprise has no such thing.
OF_ENTERPRISES = {About.ENTERPRISE, About.SUBMISSION, About.CONVERSATION}


def cases_of(door: Door, role: Role) -> list[Case]:
    """The objects a door is tried with. Whom it is not open to is refused before any object is looked at."""
    if door.access.about is None:
        return [Case.NONE]
    return [Case.OWN, Case.FOREIGN, Case.NOTHING] if role.kind in door.access.to else [Case.FOREIGN]


def expected(door: Door, role: Role, case: Case) -> str:
    """What the declaration of a door promises."""
    access = door.access
    if role.kind not in access.to:
        return "not_signed_in" if role.kind is None else "not_allowed"
    if not role.complete and not access.half_way and None not in access.to:
        return "second_factor_needed"
    if case in (Case.NONE, Case.OWN) and (access.about not in OF_ENTERPRISES or case is Case.NONE or role.reaches):
        return "open"
    if case is Case.FOREIGN and (role.kind, access.about) in NOTHING_IS_FOREIGN:
        return "open"
    return "not_found"


def outcome(answer: Response) -> str:
    """What a door did: a wrong password or a missing field means that it was open."""
    if answer.headers.get("content-type", "").startswith("application/json") and answer.status_code >= 400:
        code = str(answer.json()["error"]["code"])
        return code if code in {"not_signed_in", "not_allowed", "second_factor_needed", "not_found"} else "open"
    return "not_found" if answer.status_code == 404 else "open"


class Settled:
    """People and things that stay: reading changes nothing, and neither does a door that is not open to somebody."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._people = {role.name: role.person(world) for role in ROLES}
        self._things: dict[tuple[About | None, Case, str], str] = {}

    def of(self, door: Door, role: Role, case: Case) -> tuple[Person, str]:
        """The one person of a kind, and the one thing of a kind that is theirs, somebody's or nobody's."""
        owner = role if role.kind in door.access.to else next(one for one in ROLES if one.kind in door.access.to)
        key = (door.access.about, case, owner.name)
        if key not in self._things:
            self._things[key] = thing_of(self._world, door, owner, self._people[owner.name], case)
        return self._people[role.name], self._things[key]


def brought(world: World, settled: Settled, door: Door, role: Role, case: Case) -> tuple[Person, str]:
    """Return who knocks and for what: new ones where the door may change something."""
    if door.method == "GET" or role.kind not in door.access.to:
        return settled.of(door, role, case)
    person = role.person(world)
    return person, thing_of(world, door, role, person, case)


def test_every_door_keeps_its_promise_to_everybody(connected: World, capsys: pytest.CaptureFixture[str]):
    world, doors = connected, list_doors(connected.app)
    wrong, tried = [], 0
    settled = Settled(world)

    for door in doors:
        for role in ROLES:
            for case in cases_of(door, role):
                answer = knock(door, *brought(world, settled, door, role, case))
                tried += 1
                found, promised = outcome(answer), expected(door, role, case)
                if found != promised or answer.status_code >= 500:
                    wrong.append(f"{door.method} {door.path} {role.name} {case}: {found}, promised {promised}")

    with capsys.disabled():
        print(f"\naccess matrix: {len(doors)} routes x {len(ROLES)} kinds of people, {tried} cases")  # noqa: T201
    assert not wrong, "\n".join(wrong)


def test_another_s_object_looks_like_none(connected: World):
    world, settled = connected, Settled(connected)
    for door in [door for door in list_doors(world.app) if door.access.about]:
        for role in [role for role in ROLES if role.kind in door.access.to and role.complete]:
            if (role.kind, door.access.about) in NOTHING_IS_FOREIGN:
                continue
            said = []
            for case in (Case.FOREIGN, Case.NOTHING):
                answer = knock(door, *brought(world, settled, door, role, case))
                said.append((answer.status_code, answer.json() if "json" in answer.headers["content-type"] else ""))
            assert said[0] == said[1], f"{door.method} {door.path} {role.name}"


def test_a_route_that_does_not_say_whom_it_is_open_to_stops_the_application(own_world: World):
    router = APIRouter()
    router.add_api_route("/undeclared", lambda: None)
    own_world.app.include_router(router)

    with pytest.raises(Unclassified, match="/undeclared"):
        list_doors(own_world.app)


def test_a_route_put_beside_the_routers_is_found_too(own_world: World):
    own_world.app.add_route("/plain", lambda request: None)

    with pytest.raises(Unclassified, match="/plain"):
        list_doors(own_world.app)


def test_a_mount_nobody_knows_is_found_too(own_world: World):
    own_world.app.mount("/files", lambda scope, receive, send: None)

    with pytest.raises(Unclassified, match="/files"):
        list_doors(own_world.app)


@pytest.mark.parametrize("kind", list(Kind))
def test_each_kind_of_person_has_a_role_in_the_matrix(kind: Kind):
    assert any(role.kind is kind for role in ROLES)
