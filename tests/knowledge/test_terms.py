"""The vocabulary: what people write is recognised as the term they mean."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from knowledge.terms import LEVEL_KINDS, Terms, levels_of, load_terms
from knowledge.text import clean, simplify, traditional

VOCABULARY = load_terms()
LEVELS = {
    "advanced_certified", "certified", "regular", "discredited", "seriously_discredited",
    "ordinary_certified", "general_credit",
}  # fmt: skip


def found(terms: Terms, text: str) -> list[str]:
    """The ids of the terms found in a text as it is typed."""
    return [mention.term.id for mention in terms.find(simplify(clean(text)))]


def test_the_vocabulary_has_at_least_two_hundred_terms(terms: Terms):
    assert len(terms.by_id) >= 200


def test_every_term_has_names_in_three_writings_and_known_topics(terms: Terms):
    for term in terms.by_id.values():
        assert term.zh, term.id
        assert term.en, term.id
        assert term.topics, term.id
        assert set(term.topics) <= set(terms.topics), term.id


def test_the_traditional_name_is_the_simplified_name_converted(terms: Terms):
    wrong = [(t.id, t.hant) for t in terms.by_id.values() if simplify(t.hant) != t.zh or traditional(t.zh) != t.hant]

    assert wrong == []


def test_every_name_and_alias_is_recognised_as_its_term(terms: Terms):
    missed = [
        (term.id, name)
        for term in terms.by_id.values()
        for name in (term.zh, term.hant, term.en, *term.aliases)
        if term.id not in found(terms, name)
    ]

    assert missed == []


def test_no_name_belongs_to_two_terms(terms: Terms):
    owners: dict[str, set[str]] = {}
    for term in terms.by_id.values():
        for name in (term.zh, term.en, *term.aliases):
            owners.setdefault(simplify(clean(name)).lower(), set()).add(term.id)

    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}


def test_the_credit_levels_of_today_and_of_the_past_are_marked(terms: Terms):
    assert {t.id for t in terms.by_id.values() if t.kind in LEVEL_KINDS} == LEVELS


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("高认要什么条件", "advanced_certified"),
        ("AEO是什么", "aeo"),
        ("aeo是什么", "aeo"),
        ("一般认证还有吗", "ordinary_certified"),
        ("会不会降级", "tier_downgrade"),
        ("进了黑名单", "serious_list"),
        ("查验率多少", "inspection_rate"),
        ("xinyong xiufu要多久", "record_repair"),
        ("xinyongxiufu", "record_repair"),
        ("gaoji renzheng qiye", "advanced_certified"),
        ("高级任证企业的标准", "advanced_certified"),
        ("信用休复怎么申请", "record_repair"),
        ("信用等极", "credit_tier"),
        ("主动披漏", "disclosure"),
        ("認證企業", "certified"),
        ("嚴重失信企業", "seriously_discredited"),
        ("an Advanced Certified Enterprise", "advanced_certified"),
        ("voluntary disclosure", "disclosure"),
        ("inspection rate", "inspection_rate"),
        ("协调员", "coordinator"),
        ("德国认不认", "partner_eu"),
    ],
)
def test_what_people_write_is_recognised(text: str, term: str, terms: Terms):
    assert term in found(terms, text)


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("高级认证企业", {"advanced_certified"}),
        ("认证企业", {"certified"}),
        ("高级认证企业和认证企业", {"advanced_certified", "certified"}),
        ("严重失信企业", {"seriously_discredited"}),
        ("失信企业", {"discredited"}),
        ("一般认证企业", {"ordinary_certified"}),
        ("一般信用企业", {"general_credit"}),
        ("常规企业", {"regular"}),
        ("advanced certified enterprise", {"advanced_certified"}),
        ("seriously discredited enterprises", {"seriously_discredited"}),
        ("AEO互认", set()),
        ("失信信息", set()),
    ],
)
def test_the_longest_name_wins(text: str, levels: set[str], terms: Terms):
    assert levels_of(terms.find(simplify(clean(text)))) == levels


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("把标准化做好", "certified"),
        ("place an order", "advanced_certified"),
        ("CEO签字", "certified"),
        ("certificates", "seal"),
        ("sealed", "seal"),
        ("EURO", "partner_eu"),
        ("renminbi zhifu fangshi", "record_repair"),
        ("认识证券企业家", "certified"),
    ],
)
def test_words_that_only_contain_a_name_are_not_taken_for_it(text: str, term: str, terms: Terms):
    assert term not in found(terms, text)


def test_a_homophone_of_a_name_is_recognised(terms: Terms):
    assert "cultivation" in found(terms, "海关信用陪育怎么报名")
    assert "debt_to_asset_ratio" in found(terms, "资产付债率多少")


def test_homophones_of_short_names_are_left_alone(terms: Terms):
    assert found(terms, "只会护人") == []


@pytest.mark.parametrize("text", ["高级认证企业和失信企业", "AEO advanced certified 高认", "gaoji renzheng"])
def test_mentions_stand_in_the_text_in_their_order(text: str, terms: Terms):
    mentions = terms.find(text)

    places = [text.find(mention.words) for mention in mentions]
    assert mentions
    assert places == sorted(places)
    assert -1 not in places


@given(st.text(max_size=120))
@settings(deadline=None, max_examples=50)
@example("gaojirenzheng" * 8)
@example("高级认证" * 30)
def test_any_text_can_be_searched_for_terms(text: str):
    plain = simplify(clean(text))

    assert all(mention.words.lower() in plain.lower() for mention in VOCABULARY.find(plain))
