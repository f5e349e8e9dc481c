"""Fixtures: a version of enterprise A in the queue, and an officer of its district."""

from __future__ import annotations

import pytest

from tests.people import Person, World
from tests.web.review.ways import InReview, put_in_review, reasoned


@pytest.fixture
def in_review(world: World) -> InReview:
    """A version with a few things that do not fit together."""
    return put_in_review(world)


@pytest.fixture
def officer(in_review: InReview) -> Person:
    """An officer who gave a reason and took the version."""
    person = reasoned(in_review.world.officer("zhou"))
    person.post(f"{in_review.address}/take", turn="0")
    return person
