"""Fixtures: a version of enterprise A in the queue, and the officers of its district."""

from __future__ import annotations

from datetime import date

import pytest

from api.auth.identity import Identity, Kind
from api.usecases.assess import open_assessment
from api.usecases.assess_desks import Desks
from api.usecases.assess_evidence import add_evidence
from tests.api.assess.evidence_cases import checked
from tests.people import DAY, A, Person, World, uscc
from tests.web.review.ways import InReview, hand_in, reasoned
from tests.web.test_assessment_api import answered, begun

TEXT = "第一页没有关系的话\n\f第二页：进出口单证复核制度，每月抽查一次，由关务部保存。"


@pytest.fixture
def in_review(world: World) -> InReview:
    """A version with a few things that do not fit together."""
    wang = world.enterprise_user()
    id_ = begun(wang)
    who = Identity(Kind.ENTERPRISE, wang.account_id, usccs=(uscc(A),), uscc=uscc(A), complete=True)
    with Desks(world.services, who, DAY).to_write() as desk:
        old = (date(2019, 1, 1), date(2019, 12, 31))
        document = add_evidence(open_assessment(desk, id_), checked(TEXT), ["5", "18"], "复核制度", old).id
    answered(wang, id_, no_2="not_met")
    return InReview(world, wang, id_, hand_in(wang, id_), document)


@pytest.fixture
def officer(in_review: InReview) -> Person:
    """An officer who gave a reason and took the version."""
    person = reasoned(in_review.world.officer("zhou"))
    person.post(f"{in_review.address}/take", turn="0")
    return person
