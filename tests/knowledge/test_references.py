"""References people make: a document, an article, an item of a standard."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.models import Provision
from knowledge.references import Reference, References, resolve
from knowledge.text import clean, simplify


@pytest.fixture(scope="module")
def references(provisions: list[Provision]) -> References:
    """The documents of the knowledge base, ready to be recognised."""
    return References({p.document.id: p.document for p in provisions}.values())


def named(references: References, text: str) -> list[tuple[str, str]]:
    """What a question points at, as typed."""
    return [(r.document_id, r.anchor_id) for r in references.find(simplify(clean(text)))]


@pytest.mark.parametrize(
    ("text", "document", "anchor"),
    [
        ("282号令第四条", "gacc-order-282", "art-4"),
        ("第282号令第4条怎么说", "gacc-order-282", "art-4"),
        ("海关总署令第282号第四条", "gacc-order-282", "art-4"),
        ("海关总署第282号令第三十二条第二款", "gacc-order-282", "art-32"),
        ("２８２号令第８条", "gacc-order-282", "art-8"),
        ("282號令第八條", "gacc-order-282", "art-8"),
        ("251号令第二十二条", "gacc-order-251", "art-22"),
        ("总署令251号第17条", "gacc-order-251", "art-17"),
        ("Article 22 of Order 251", "gacc-order-251", "art-22"),
        ("GACC Order No. 282, article 8", "gacc-order-282", "art-8"),
        ("art. 4 of order 282", "gacc-order-282", "art-4"),
        ("Order No. 237 article 4", "gacc-order-237", "art-4"),
        ("稽查条例第26条", "customs-audit-regs-art26", "art-26"),
        ("担保条例第十条", "customs-guarantee-regs-art10", "art-10"),
        ("高级认证标准第13项", "advanced-2026", "item-13"),
        ("高级认证第13项", "advanced-2026", "item-13"),
        ("高认第十三项", "advanced-2026", "item-13"),
        ("认证企业标准第12项", "certified-2026", "item-12"),
        ("34号公告高级认证第12项", "advanced-2026", "item-12"),
        ("2022年第106号第14项", "general-2022-106", "item-14"),
        ("公告2022年第106号第14项", "general-2022-106", "item-14"),
        ("2022-106第14项", "general-2022-106", "item-14"),
        ("282号令22条", "gacc-order-282", "art-22"),
        ("稽查条例二十六条", "customs-audit-regs-art26", "art-26"),
        ("2022年单项标准第3项", "single-2022-106", "item-3"),
        ("SP14", "single-business-2026", "item-sp14"),
        ("单项标准SP3", "single-business-2026", "item-sp3"),
        ("单项标准第3项", "single-business-2026", "item-sp3"),
        ("item 13 of the advanced standard", "advanced-2026", "item-13"),
        ("item 12 of the certified enterprise standard", "certified-2026", "item-12"),
    ],
)
def test_an_article_or_item_named_by_number_is_recognised(
    text: str, document: str, anchor: str, references: References
):
    assert (document, anchor) in named(references, text)


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("282号令", "gacc-order-282"),
        ("海关总署令第282号什么时候施行", "gacc-order-282"),
        ("第251号令还有效吗", "gacc-order-251"),
        ("What does Order 282 change?", "gacc-order-282"),
        ("Is GACC Order No. 251 still valid", "gacc-order-251"),
        ("公告2026年第34号", "gacc-2026-34"),
        ("海关总署公告2026年第34号", "gacc-2026-34"),
        ("2026年34号公告", "gacc-2026-34"),
        ("2026年第34号公告", "gacc-2026-34"),
        ("34号公告", "gacc-2026-34"),
        ("公告34号", "gacc-2026-34"),
        ("2026-34", "gacc-2026-34"),
        ("Announcement No. 34 of 2026", "gacc-2026-34"),
        ("GACC Announcement 2026 No. 34", "gacc-2026-34"),
        ("公告2022年第106号", "gacc-2022-106"),
        ("Announcement No. 106 of 2022", "gacc-2022-106"),
        ("公告2021年第88号怎么打分", "gacc-2021-88"),
        ("2023年第127号公告", "gacc-2023-127"),
        ("170号公告", "gacc-2023-170"),
        ("2024年第87号", "gacc-2024-87"),
        ("发改委36号令", "ndrc-order-36"),
        ("国家发展改革委令第36号", "ndrc-order-36"),
        ("NDRC Order No. 36", "ndrc-order-36"),
        ("国办函〔2026〕40号", "gbh-2026-40"),
        ("署稽发〔2024〕36号", "sjf-2024-36"),
        ("請問署稽發[2024]36號還有效嗎", "sjf-2024-36"),
    ],
)
def test_a_document_named_in_any_way_is_recognised(text: str, document: str, references: References):
    assert references.documents(simplify(clean(text)))[:1] == [document]


@pytest.mark.parametrize(
    "text",
    [
        "五条意见",
        "24年说的17条便利是哪个文件",
        "信息系统那一项还看吗",
        "每一条都要写吗",
        "财税〔2024〕36号",
        "一条龙服务",
        "我有两条建议",
        "罚了3万元",
        "2026年4月1日起",
        "2026-04-01",
        "三项指标",
        "一项都不达标",
        "满足2项就行吗",
        "有34家公司",
        "这是第一次申请",
        "The 3 items we import",
        "order 500 units",
        "电话12360",
    ],
)
def test_numbers_that_count_things_are_not_references(text: str, references: References):
    assert named(references, text) == []


def test_an_article_without_a_document_is_one_of_the_credit_measures(references: References):
    assert {document for document, _ in named(references, "第二十二条是什么")} == {
        "gacc-order-282",
        "gacc-order-251",
        "gacc-order-237",
    }


def test_a_repealed_and_a_present_document_in_one_question_are_both_recognised(references: References):
    assert references.documents("251号令和282号令有什么区别") == ["gacc-order-251", "gacc-order-282"]


def test_an_order_of_another_ministry_is_not_taken_for_one_of_customs(references: References):
    assert "gacc-order-282" not in references.documents("发改委36号令")
    assert references.documents("第999号令") == []


def test_a_reference_resolves_to_the_article_with_its_paragraphs(provisions: list[Provision]):
    ids = [p.anchor_id for p in resolve(Reference("gacc-order-282", "art-32"), provisions)]

    assert ids == ["art-32-1", "art-32-2"]


def test_an_article_inside_a_range_resolves_to_the_range(provisions: list[Provision]):
    for number in (34, 35):
        ids = [p.anchor_id for p in resolve(Reference("gacc-order-282", f"art-{number}"), provisions)]
        assert ids == ["art-34-35"]


def test_an_article_that_is_not_held_resolves_to_nothing(provisions: list[Provision]):
    assert resolve(Reference("gacc-order-282", "art-99"), provisions) == []
    assert resolve(Reference("gacc-order-999"), provisions) == []


def test_a_document_resolves_to_all_its_provisions(provisions: list[Provision]):
    found = resolve(Reference("gacc-2026-31"), provisions)

    assert found == [p for p in provisions if p.document.id == "gacc-2026-31"]


@given(st.text(max_size=100))
@example("第〇条")
@example("第" * 50 + "条")
@example("0号令第0条第0项")
def test_any_text_can_be_searched_for_references(text: str):
    References([]).find(simplify(clean(text)))
