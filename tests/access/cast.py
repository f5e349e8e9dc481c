"""Everybody who may knock: the kinds of people of the access matrix, each around enterprises A and B."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from api.auth.identity import Kind
from api.records.sample.fiction import office_of
from tests.people import A, B, Person, World

ELSEWHERE = "Y9"  # a customs district that neither A nor B belongs to
_numbers = count()


@dataclass(frozen=True)
class Role:
    """A kind of person: how the product calls it, whose records it reaches, and how to bring one in."""

    name: str
    kind: Kind | None
    reaches: tuple[int, ...]
    enter: Callable[[World, str], Person]
    complete: bool = True

    def person(self, world: World) -> Person:
        """Bring a new person of this kind in, signed in."""
        return self.enter(world, f"{self.name}-{next(_numbers)}")


def _visitor(world: World, _: str) -> Person:
    return world.visitor()


def _disabled(world: World, name: str) -> Person:
    person = world.enterprise_user(name, A)
    with world.services.database.writing() as session:
        account = session.get_one(type(world.account(name)), person.account_id)
        account.disabled_at = world.clock()
    person.sign_in_id = ""  # the cookie is still there and is worth nothing: forms are those of a visitor
    return person


def _half_way(world: World, name: str) -> Person:
    account = world.add(Kind.OFFICER, name, customs=office_of(A).district)
    return world.signed_in(account, proved=False)


ROLES = (
    Role("visitor", None, (), _visitor),
    Role("enterprise-a", Kind.ENTERPRISE, (A,), lambda world, name: world.enterprise_user(name, A)),
    Role("enterprise-b", Kind.ENTERPRISE, (B,), lambda world, name: world.enterprise_user(name, B)),
    Role("coordinator-assigned", Kind.COORDINATOR, (A,), lambda world, name: world.coordinator(name, A)),
    Role("coordinator-other", Kind.COORDINATOR, (), lambda world, name: world.coordinator(name, 32)),
    Role("officer-here", Kind.OFFICER, (A,), lambda world, name: world.officer(name)),
    Role("officer-elsewhere", Kind.OFFICER, (), lambda world, name: world.officer(name, ELSEWHERE)),
    Role("administrator", Kind.ADMINISTRATOR, (), lambda world, name: world.administrator(name)),
    Role("disabled", None, (), _disabled),
    Role("half-way", Kind.OFFICER, (), _half_way, complete=False),
)
