"""Official texts: they take the place of our restatement, which stays as their summary."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from knowledge.corpus import CorpusError, parse
from knowledge.evidence import evidence_of
from knowledge.library import read_library, with_official
from knowledge.models import Confidence, Provision
from tests.tiny_corpus import NEW, front

STANDARDS = Path(__file__).parents[2] / "selfassess" / "standards"
OFFICIAL = (
    front("sample-official-88", confidence="official").replace("url: null", "url: null\nlayer: official")
    + """
## 第一条
{#art-1}

企业信用等级分为五级。

## 第二条
{#art-2}

本条只见于官方文本。
"""
)
LATER = OFFICIAL.replace("sample-official-88", "sample-official-88b").replace("2020-01-01", "2023-01-01")


def merged(official: str = OFFICIAL, name: str = "sample-official-88") -> dict[str, Provision]:
    """The restated order with an official text beside it."""
    restated = parse(NEW, "sample-order-88.md")
    return {p.id: p for p in with_official(restated, parse(official, f"{name}.md"))}


def test_the_official_article_takes_the_place_of_the_restated_one():
    article = merged()["sample-order-88#art-1"]

    assert article.confidence is Confidence.OFFICIAL
    assert article.official_text == "企业信用等级分为五级。"
    assert article.text() == "企业信用等级分为五级。"


def test_the_restatement_stays_as_the_summary_and_its_questions_still_find_the_article():
    article = merged()["sample-order-88#art-1"]

    assert article.summary.startswith("第88号令把企业分为五个等级。")
    assert article.asks == ("现在分几级", "How many levels are there")
    assert article.text("en").startswith("Order 88 has five levels")


def test_only_the_official_wording_is_evidence():
    evidence = "\n".join(evidence_of(merged()["sample-order-88#art-1"]))

    assert "企业信用等级分为五级。" in evidence
    assert "高级认证企业和认证企业是AEO" not in evidence


def test_what_only_the_official_text_has_is_added_and_what_only_we_have_stays():
    provisions = merged()

    assert provisions["sample-official-88#art-2"].official_text == "本条只见于官方文本。"
    assert provisions["sample-order-88#art-3"].confidence is Confidence.S
    assert "sample-official-88#art-1" not in provisions


def test_an_official_text_of_another_document_changes_nothing():
    provisions = merged(OFFICIAL.replace("第88号", "第99号"))

    assert provisions["sample-order-88#art-1"].official_text == ""
    assert "sample-official-88#art-1" in provisions


def test_two_versions_of_one_law_are_both_kept_and_dated():
    first = OFFICIAL.replace("effective_to: null", "effective_to: 2022-12-31")
    official = parse(first, "sample-official-88.md") + parse(LATER, "sample-official-88b.md")

    merged_both = with_official(parse(NEW, "sample-order-88.md"), official)

    texts = [p for p in merged_both if p.anchor_id == "art-2"]
    assert {(p.first_day, p.last_day) for p in texts} == {
        (date(2020, 1, 1), date(2022, 12, 31)),
        (date(2023, 1, 1), date(9999, 12, 31)),
    }
    articles = [p for p in merged_both if p.anchor_id == "art-1" and p.official_text]
    for day in (date(2021, 6, 1), date(2024, 6, 1)):
        assert len([p for p in articles if p.in_force(day)]) == 1, day


def test_the_library_reads_the_folder_of_added_texts(tmp_path: Path):
    corpus, added = tmp_path / "corpus", tmp_path / "official"
    corpus.mkdir()
    added.mkdir()
    (corpus / "sample-order-88.md").write_text(NEW, encoding="utf-8")
    (added / "sample-official-88.md").write_text(OFFICIAL, encoding="utf-8")

    library = read_library(STANDARDS, corpus, added)

    assert {p.id: p for p in library}["sample-order-88#art-1"].official_text
    assert read_library(STANDARDS, corpus, tmp_path / "nowhere")


def test_a_fault_in_an_added_text_is_named(tmp_path: Path):
    added = tmp_path / "official"
    added.mkdir()
    (added / "sample-official-88.md").write_text(OFFICIAL.replace("{#art-1}", ""), encoding="utf-8")

    with pytest.raises(CorpusError, match="sample-official-88.md:"):
        read_library(STANDARDS, added=added)
