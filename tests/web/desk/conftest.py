"""Fixtures: somebody of an enterprise and its coordinator, in the same world."""

from __future__ import annotations

import pytest

from tests.people import Person, World
from tests.web.desk.talks import Talk


@pytest.fixture
def li(world: World) -> Person:
    """Somebody of enterprise A."""
    return world.enterprise_user("li")


@pytest.fixture
def zhang(world: World) -> Person:
    """The coordinator of A."""
    return world.coordinator("zhang")


@pytest.fixture
def talk(world: World, li: Person, zhang: Person) -> Talk:
    """A conversation that waits for a person."""
    assert "已经通知您的协调员" in li.post("/", q="转人工").text
    return Talk(world, li, zhang)
