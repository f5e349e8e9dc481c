"""When an item is remarked upon for having no document."""

from __future__ import annotations

from api.usecases.review.consistency import Kind, find_remarks
from api.usecases.review.frozen import Frozen


def frozen(**proposal: str) -> Frozen:
    """Item 18 said to be met without a document, and what the record says of it."""
    result = {"items": [{"no": "18", "grade": "met", "proposal": proposal}]}
    return Frozen({"result": result}, "advanced-2026")


def kinds(of: Frozen) -> list[Kind]:
    """What is remarked at item 18."""
    return [one.kind for one in find_remarks(of).get("18", ())]


def test_a_document_is_missed_where_only_the_enterprise_says_that_it_is_met():
    assert kinds(frozen()) == [Kind.NO_EVIDENCE]
    assert kinds(frozen(grade="not_met")) == [Kind.NO_EVIDENCE]


def test_no_document_is_missed_where_the_record_says_the_same():
    assert kinds(frozen(grade="met")) == []
