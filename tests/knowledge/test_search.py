"""Dated search: only rules in force are ranked, and what a question names by number comes first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.bootstrap import Parts
from knowledge.models import Passage, Provision
from knowledge.search import Search
from tests.conftest import Searching

BEFORE, AFTER = date(2015, 6, 1), date(2024, 6, 1)


@pytest.fixture(scope="module")
def tiny(searching: Searching, tiny_library: list[Provision]) -> Search:
    """A search over the invented law."""
    return searching(tiny_library)


def ids(search: Search, question: str, on: date, limit: int = 10) -> list[str]:
    """The provisions found, best first."""
    return [passage.provision.id for passage in search.search(question, on, limit).passages]


def test_the_same_words_find_the_old_rule_before_and_the_new_one_after(tiny: Search):
    assert ids(tiny, "企业分几类等级", BEFORE)[0] == "sample-order-77#art-1"
    assert ids(tiny, "企业分几类等级", AFTER)[0] == "sample-order-88#art-1"


@pytest.mark.parametrize(
    ("day", "held"),
    [(date(2019, 12, 31), True), (date(2020, 1, 1), False), (date(2010, 1, 1), True), (date(2009, 12, 31), False)],
)
def test_a_rule_is_found_on_its_first_and_last_day_and_not_outside(day: date, held: bool, tiny: Search):
    assert ("sample-order-77#art-2" in ids(tiny, "认证时限", day)) is held


def test_on_a_day_without_any_rule_nothing_is_found(tiny: Search):
    assert tiny.search("认证时限", date(1990, 1, 1)).passages == ()


QUESTIONS = ("高级认证企业几年复核一次", "认证要多久", "失信企业怎么恢复", "查验率", "第四条", "互认", "whatever")


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_result_is_in_force_on_every_day(question: str, quick_search: Search):
    query = quick_search.understand(question)

    @given(st.dates(date(1995, 1, 1), date(2035, 12, 31)))
    @settings(deadline=None, max_examples=25)
    def holds_on(day: date) -> None:
        found = quick_search.find(query, day, 20).passages
        assert [p.provision.id for p in found if not p.provision.in_force(day)] == []

    holds_on()


def test_the_limit_is_filled_even_when_all_better_hits_are_out_of_force(
    searching: Searching, tiny_library: list[Provision]
):
    old = tiny_library[1]
    crowd = [replace(old, anchor_id=f"art-2-{n}", last_day=date(2012, 1, 1)) for n in range(1, 120)]
    search = searching([*tiny_library, *crowd])

    found = ids(search, "认证决定在90日内作出", AFTER, limit=6)

    assert len(found) == 6
    assert not any(i.startswith("sample-order-77") for i in found)


def test_no_more_than_the_limit_is_returned(quick_search: Search):
    for limit in (1, 3, 20, 100):
        found = quick_search.search("高级认证企业 第四条 第五条", date(2026, 11, 22), limit).passages
        assert len(found) == limit


def test_scores_are_ordered_and_support_is_between_zero_and_one(quick_search: Search):
    found = quick_search.search("现金比率要多少", date(2026, 11, 22), 20).passages

    ranked = [p.score for p in found if not p.why]
    assert ranked == sorted(ranked, reverse=True)
    assert all(0 <= p.support <= 1 for p in found)


def first(search: Search, question: str, on: date = date(2026, 11, 22)) -> Passage:
    """The best passage."""
    return search.search(question, on).passages[0]


@pytest.mark.parametrize(
    ("question", "on", "provision"),
    [
        ("282号令第四条", date(2026, 11, 22), "gacc-order-282#art-4"),
        ("251号令第二十二条", date(2025, 6, 1), "gacc-order-251#art-22"),
        ("第四条讲的是什么", date(2026, 11, 22), "gacc-order-282#art-4"),
        ("第四条讲的是什么", date(2025, 6, 1), "gacc-order-251#art-4"),
        ("高级认证第13项", date(2026, 11, 22), "advanced-2026#item-13"),
        ("高级认证第14项", date(2025, 6, 1), "general-2022-106#item-14"),
        ("认证企业标准第12项", date(2026, 11, 22), "certified-2026#item-12"),
        ("单项标准SP14", date(2026, 11, 22), "single-business-2026#item-sp14"),
        ("Article 8 of Order 282", date(2026, 11, 22), "gacc-order-282#art-8"),
        ("item 13 of the advanced standard", date(2026, 11, 22), "advanced-2026#item-13"),
    ],
)
def test_what_is_named_by_number_comes_first_with_full_score(
    question: str, on: date, provision: str, quick_search: Search
):
    passage = first(quick_search, question, on)

    assert passage.provision.id == provision
    assert (passage.score, passage.support, passage.why) == (1.0, 1.0, "reference")


def test_a_repealed_article_is_not_direct_on_a_day_after_its_end(quick_search: Search):
    found = quick_search.search("251号令第二十二条", date(2026, 11, 22)).passages

    assert "gacc-order-251#art-22" not in [p.provision.id for p in found]


def test_a_document_named_without_an_article_moves_its_provisions_up(quick_search: Search):
    found = quick_search.search("公告2024年第87号", date(2026, 11, 22)).passages

    assert found[0].provision.document.id == "gacc-2024-87"


def test_a_question_that_assumes_something_wrong_gets_the_correction_first(tiny: Search, quick_search: Search):
    correction = first(tiny, "现在还是三类吧", AFTER)

    assert (correction.provision.id, correction.why) == ("sample-guide#not-three", "premise")
    assert first(quick_search, "海关企业等级现在还是三级吧？").provision.id == "guide-aeo#not-three-classes"


def test_the_correction_comes_before_what_is_named_by_number(tiny: Search):
    passages = tiny.search("88号令第三条还是三类吗", AFTER).passages

    assert [p.why for p in passages[:2]] == ["premise", "reference"]


def test_two_articles_of_one_range_are_one_passage(quick_search: Search):
    found = ids(quick_search, "282号令第三十四条和第三十五条", date(2026, 11, 22))

    assert found[0] == "gacc-order-282#art-34-35"
    assert len(found) == len(set(found))


def test_a_premise_corrects_only_while_it_is_wrong(quick_search: Search):
    found = quick_search.search("海关企业等级现在还是三级吧？", date(2025, 6, 1)).passages

    assert not any(p.why == "premise" for p in found)


@pytest.mark.parametrize(
    ("question", "better", "worse"),
    [
        ("高级认证企业几年复核", "sample-order-88#art-3", "sample-order-88#art-4"),
        ("认证企业几年复核", "sample-order-88#art-4", "sample-order-88#art-3"),
        ("高认几年复核", "sample-order-88#art-3", "sample-order-88#art-4"),
        ("review of certified enterprises", "sample-order-88#art-4", "sample-order-88#art-3"),
        ("日本的互认", "sample-partners#partner-japan", "sample-partners#partner-korea"),
        ("韩国认不认AEO", "sample-partners#partner-korea", "sample-partners#partner-japan"),
        ("AEO recognition with Korea", "sample-partners#partner-korea", "sample-partners#partner-japan"),
    ],
)
def test_the_level_or_partner_named_decides_between_twins(question: str, better: str, worse: str, tiny: Search):
    found = ids(tiny, question, AFTER)

    assert found.index(better) < found.index(worse)


@pytest.mark.model
@pytest.mark.parametrize("partner", ["日本", "新加坡", "欧盟", "澳大利亚", "布隆迪", "泰国"])
def test_the_partner_asked_about_is_found_first(partner: str, parts: Parts):
    assert first(parts.search, f"中国和{partner}有AEO互认吗").provision.anchor == partner


def test_a_question_in_traditional_characters_finds_the_same(quick_search: Search):
    day = date(2026, 11, 22)

    assert ids(quick_search, "認證企業要滿足什麼財務指標", day) == ids(quick_search, "认证企业要满足什么财务指标", day)


def test_a_question_in_pinyin_finds_what_it_sounds_like(quick_search: Search):
    query = quick_search.understand("gaoren duojiu fuhe yici")

    assert "复核" in query.text
    assert query.levels == {"advanced_certified"}


class Contrary:
    """A reranker that puts the shortest text first."""

    def predict(self, pairs: list[tuple[str, str]]) -> list[float]:
        return [-float(len(text)) for _, text in pairs]


def test_a_reranker_decides_the_order_but_not_over_direct_references(tiny_library: list[Provision], tiny: Search):
    from knowledge.index import Index, entries_of

    entries = entries_of(tiny_library)
    index = Index(tuple(tiny_library), tuple(entries), tiny.model.document_vectors([e.text for e in entries]))
    search = Search(index, tiny.terms, tiny.model, Contrary())

    lengths = [len(p.provision.text()) for p in search.search("复核", AFTER).passages]

    assert lengths == sorted(lengths)
    assert ids(search, "88号令第四条", AFTER)[0] == "sample-order-88#art-4"
