"""The knowledge base of the repository: complete, sound, and honest about what is not known."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest

from knowledge.check import check_library
from knowledge.models import Family, Provision
from knowledge.terms import Terms
from knowledge.text import CJK

DOCUMENTS = """
gacc-order-282 gacc-order-282-interpretation gacc-2026-31 gacc-2026-32 gacc-2026-34 gacc-2026-33-35
gacc-order-251 gacc-2023-170 gacc-order-237 gacc-order-225 gacc-orders-197-170-71 gacc-2021-86 gacc-2024-17
gacc-2021-88 gacc-2022-106 gacc-2022-114 gacc-2018-178 gacc-2018-32 gacc-2018-coordinator gacc-older-standards
ndrc-order-36 credit-policy-upper customs-guarantee-regs-art10 customs-audit-regs-art26 approved-exporter-measures
gacc-2023-148 gbh-2026-40 sjf-2024-36 gacc-2023-127 gacc-2024-87 gacc-2022-54-2019-161 joint-measures-2016-2017
credit-publication-mechanisms credit-cultivation-practice draft-2025 aeo-mutual-recognition credit-figures
customs-credit-systems advanced-2026 certified-2026 single-business-2026 general-2022-106 single-2022-106
""".split()
ITEMS = {
    "advanced-2026": 74,
    "certified-2026": 62,
    "single-business-2026": 22,
    "general-2022-106": 62,
    "single-2022-106": 32,
}
PERIODS = {  # what is known of the periods in force; None: no end known
    "gacc-order-282": (date(2026, 4, 1), None),
    "gacc-order-251": (date(2021, 11, 1), date(2026, 3, 31)),
    "gacc-order-237": (date(2018, 5, 1), date(2021, 10, 31)),
    "gacc-order-225": (date(2014, 12, 1), date(2018, 4, 30)),
    "gacc-2026-31": (date(2026, 4, 1), None),
    "gacc-2026-32": (date(2026, 4, 1), None),
    "gacc-2026-34": (date(2026, 4, 1), None),
    "gacc-2023-127": (date(2023, 10, 11), date(2025, 10, 10)),
    "gacc-2023-170": (date(2023, 12, 1), date(2025, 12, 31)),
    "ndrc-order-36": (date(2026, 4, 1), None),
}
PARTNERS = {  # partner -> first day in operation, where known
    "singapore": "2013-03-15", "korea": "2014-04-01", "hong-kong": "2014-05-18", "eu": "2015-11-01",
    "taiwan": "2016-10-01", "new-zealand": "2017-07-01", "switzerland": "2017-09-01", "israel": "2018-10-01",
    "japan": "2019-06-01", "belarus": "2019-07-24", "chile": "2021-10-08", "brazil": "2022-01-01",
    "uruguay": "2022-01-26", "uae": "2022-02-14", "macao": "2023-06-01", "uganda": "2023-06-01",
    "costa-rica": "2023-07-01", "south-africa": "2023-09-01", "serbia": "2023-10-01", "australia": "2023-12-14",
    "burundi": "2025-03-01", "mongolia": "2025-06-01", "ecuador": "2025-07-01",
    "iceland": "", "russia": "", "iran": "", "thailand": "",
}  # fmt: skip


def test_the_whole_knowledge_base_is_read_and_checked_without_a_fault(provisions: list[Provision], terms: Terms):
    assert [str(fault) for fault in check_library(provisions, terms)] == []


def test_every_document_of_the_field_is_held(provisions: list[Provision]):
    held = {provision.document.id for provision in provisions}

    assert sorted(set(DOCUMENTS) - held) == []


def test_provision_ids_are_unique(provisions: list[Provision]):
    repeated = [i for i, n in Counter(p.id for p in provisions).items() if n > 1]

    assert repeated == []


@pytest.mark.parametrize("standard", ITEMS)
def test_a_standard_gives_one_provision_per_item_numbered_without_gaps(standard: str, provisions: list[Provision]):
    numbers = [p.item_no for p in provisions if p.document.id == standard]

    expected = range(1, ITEMS[standard] + 1)
    assert numbers == [f"SP{n}" if standard == "single-business-2026" else str(n) for n in expected]


@pytest.mark.parametrize("document_id", PERIODS)
def test_the_period_in_force_is_the_known_one(document_id: str, provisions: list[Provision]):
    document = next(p.document for p in provisions if p.document.id == document_id)

    assert (document.effective_from, document.effective_to) == PERIODS[document_id]


@pytest.mark.parametrize("partner", PARTNERS)
def test_every_recognition_partner_has_one_provision_with_its_date(partner: str, by_id: dict[str, Provision]):
    provision = by_id[f"aeo-mutual-recognition#partner-{partner}"]

    since = str(provision.in_operation or "")
    assert since == PARTNERS[partner]
    assert since in provision.text()
    assert since in provision.text("en")


def test_what_is_not_known_is_said_and_names_documents_to_read(provisions: list[Provision]):
    unknown = [p for p in provisions if p.unknown]

    assert len(unknown) > 50
    assert [p.id for p in unknown if not p.read] == []
    said = re.compile("未能核实|没有核实|未核实|没有查到|没有取得|不详|不可靠|没有说明|原因")
    assert [p.id for p in unknown if not said.search(p.zh[0].text)] == []


def test_what_stands_in_the_draft_is_never_marked_as_law(provisions: list[Provision]):
    draft = [p for p in provisions if p.document.id == "draft-2025" and not p.unknown]

    assert {p.confidence.family for p in draft} == {Family.DRAFT}
    assert {p.document.standing for p in draft} == {"not_law"}


def test_every_provision_reads_in_both_languages(provisions: list[Provision]):
    without_chinese = [p.id for p in provisions if not all(CJK.search(line.text) for line in p.zh)]
    with_chinese = [p.id for p in provisions for line in p.en if share_of_chinese(line.text) > 0.5]

    assert without_chinese == []
    assert with_chinese == []
    assert all(p.zh and p.en for p in provisions)


def share_of_chinese(text: str) -> float:
    """How much of an English line is Chinese, names of documents left out."""
    plain = re.sub("《.*》", "", text)
    return len(CJK.findall(plain)) / len(plain)


def test_no_question_is_asked_of_two_provisions(provisions: list[Provision]):
    asked = Counter(ask for p in provisions for ask in p.asks)

    assert [ask for ask, n in asked.items() if n > 1] == []


def test_every_premise_is_a_pattern_and_stands_in_a_guide(provisions: list[Provision]):
    premises = [p for p in provisions if p.premise]

    assert premises
    assert {p.document.kind for p in premises} == {"guide"}
    assert all(re.compile(p.premise) for p in premises)


def test_a_premise_catches_the_chinese_ask_it_stands_beside(provisions: list[Provision]):
    for provision in (p for p in provisions if p.premise):
        assert any(re.search(provision.premise, ask) for ask in provision.asks), provision.id
