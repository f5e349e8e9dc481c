"""What changed between two versions, article by article, with the words."""

from __future__ import annotations

from knowledge.comparison import Compared, compare
from knowledge.ingest.body import read_body
from knowledge.models import Provision


def articles(*written: str) -> list[Provision]:
    """Articles 1, 2, … with these wordings; an empty one is left out."""
    numerals = "一二三四五六"
    sections = [
        f"## 第{numerals[n]}条 | Article {n + 1}\n{{#art-{n + 1} confidence=official}}\n\n{text}\n"
        for n, text in enumerate(written)
        if text
    ]
    return read_body("\n".join(sections))


def fates(compared: list[Compared]) -> list[str]:
    return [f"{one.shown.anchor} {one.fate}" for one in compared]


def test_added_removed_and_changed_articles_are_told_apart():
    old, new = (
        articles("总则。", "每5年复核一次。", "附则甲乙丙。"),
        articles("总则。", "每6年复核一次。", "", "全新的一条。"),
    )

    assert fates(compare(old, new)) == ["第一条 same", "第二条 changed", "第三条 removed", "第四条 added"]


def test_only_the_words_that_changed_are_marked():
    changed = compare(articles("认证企业每5年复核一次。"), articles("认证企业每10年复核一次。"))[0]

    assert [(piece.fate, piece.text) for piece in changed.pieces] == [
        ("same", "认证企业每"),
        ("removed", "5"),
        ("added", "10"),
        ("same", "年复核一次。"),
    ]


def test_an_article_under_another_number_is_the_same_article():
    old, new = articles("", "企业应当在三十日内报告变更情况。"), articles("", "", "企业应当在三十日内报告变更情况。")

    assert fates(compare(old, new)) == ["第三条 renumbered"]
