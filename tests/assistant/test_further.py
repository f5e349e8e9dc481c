"""Further provisions are named by what the reader is shown of them; the next questions are never the one asked."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.citations import Draft, Proof
from assistant.further import MAX_NAMED, MAX_QUESTIONS, named_beside, next_questions
from knowledge.models import Passage, Provision
from knowledge.search import Search
from knowledge.text import CJK

TODAY = date(2026, 11, 22)


def passages(provisions: list[Provision]) -> list[Passage]:
    """All provisions as if they had been found, near enough to be named."""
    return [Passage(provision, 0.9, 0.9) for provision in provisions]


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_every_provision_can_be_named_without_saying_more_than_is_shown(language: str, provisions: list[Provision]):
    proof = Proof()

    for start in range(0, len(provisions) - 1, MAX_NAMED):
        for draft in named_beside(passages(provisions[start : start + MAX_NAMED + 1]), [], language):
            assert proof.missing(draft, language) == frozenset(), draft.text


def test_only_a_few_are_named_and_nothing_already_said(by_id: dict[str, Provision]):
    orders = [p for p in by_id.values() if p.document.id == "gacc-order-282"]

    (draft,) = named_beside(passages(orders), [Draft("", (orders[1],))], "zh-Hans")

    assert len(draft.provisions) == MAX_NAMED
    assert orders[1] not in draft.provisions
    assert draft.role == "related"


def test_nothing_is_named_where_nothing_is_near(by_id: dict[str, Provision]):
    far = [Passage(by_id["gacc-order-282#art-4"], 0.9, 0.1)] * 3

    assert named_beside(far, [], "zh-Hans") == []


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_the_next_questions_are_in_the_language_and_not_the_one_just_asked(
    language: str, by_id: dict[str, Provision], quick_search: Search
):
    provision = by_id["gacc-order-282#art-4"]
    asked = next(ask for ask in provision.asks if bool(CJK.search(ask)) is (language != "en"))

    offered = next_questions(passages([provision] * 4), quick_search.understand(asked), language)

    assert asked not in offered
    assert 0 < len(offered) <= MAX_QUESTIONS
    assert all(bool(CJK.search(question)) is (language != "en") for question in offered)
