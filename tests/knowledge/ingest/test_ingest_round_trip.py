"""Whatever stands in an official text, the corpus file gives it back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.corpus import parse
from knowledge.ingest import IngestError, missing, parse_law, propose, read_bytes
from knowledge.ingest.characters import clean
from knowledge.ingest.law import Annex, Article, Paragraph, ParsedLaw, Subparagraph
from knowledge.ingest.metadata import Given
from knowledge.ingest.render import render
from knowledge.models import Confidence, Document

DOCUMENT = Document(
    id="example",
    title_zh="示例法",
    title_en="示例法",
    number="示例令第8号",
    issuer="示例",
    promulgated=date(2020, 1, 2),
    effective_from=date(2020, 3, 1),
    effective_to=None,
    kind="law",
    layer="official",
    standing="in_force",
    confidence=Confidence.OFFICIAL,
    sources=("示例",),
)
SYNTAX = [
    "? 问",
    "- 点",
    "## 题",
    "---",
    "\\",
    "\\- 点",
    "{#art-1}",
    "甲 {S}",
    "甲 [a#b]",
    "| 表",
    "?",
    "-",
    "##",
    "# 题",
]
LINES = st.one_of(st.sampled_from(SYNTAX), st.text(max_size=40), st.text("- ?#{}[]|\\甲。", max_size=12))
TEXTS = LINES.map(clean).filter(bool)
PARAGRAPHS = st.builds(
    Paragraph, TEXTS, st.lists(st.builds(Subparagraph, TEXTS, st.integers(1, 3)), max_size=3).map(tuple)
)
ARTICLES = st.lists(
    st.tuples(st.lists(PARAGRAPHS, min_size=1, max_size=3), st.lists(TEXTS, max_size=2)), min_size=1, max_size=4
)


def law_of(articles, annexes=(), preamble=()):
    numbered = tuple(
        Article(number, 0, "", tuple(chapter), tuple(paragraphs), number)
        for number, (paragraphs, chapter) in enumerate(articles, 1)
    )
    return ParsedLaw("示例法", (), tuple(preamble), numbered, tuple(annexes))


@given(ARTICLES)
@settings(deadline=None)
def test_every_article_comes_back_as_it_was(articles):
    law = law_of(articles)

    provisions = parse(render(DOCUMENT, law), "example.md")

    assert [provision.official_text for provision in provisions] == [article.text for article in law.articles]
    assert [provision.chapter for provision in provisions] == [" / ".join(a.chapter) for a in law.articles]
    assert [provision.anchor for provision in provisions] == [article.anchor for article in law.articles]


@given(st.lists(TEXTS, min_size=1, max_size=3), st.lists(TEXTS, min_size=1, max_size=3), TEXTS)
@settings(deadline=None)
def test_preamble_and_annexes_come_back_too(preamble, lines, title):
    law = law_of([([Paragraph("甲。")], [])], [Annex(f"附件1 {title}", tuple(lines))], preamble)

    first, _, annex = parse(render(DOCUMENT, law), "example.md")

    assert first.official_text == "\n".join(preamble)
    assert (annex.anchor, annex.official_text) == ("附件1", "\n".join(lines))


@given(st.lists(st.text("第一二三条章（）、。 　甲\n附件：1.", min_size=1, max_size=30), max_size=12))
@settings(max_examples=200, deadline=None)
def test_any_text_is_either_split_without_loss_or_refused(lines):
    data = "\n".join(["示例法", *lines, "第一条　甲。"]).encode()

    try:
        source = read_bytes(data, "law.txt")
        law = parse_law(source)
    except IngestError:
        return

    missing(propose(law, source), Given())
    provisions = parse(render(DOCUMENT, law), "example.md")
    articles = [item for item in provisions if item.anchor_id.startswith(("art-", "item-"))]
    assert [provision.official_text for provision in articles] == [article.text for article in law.articles]


@pytest.mark.parametrize("syntax", SYNTAX)
def test_text_that_looks_like_corpus_syntax_survives_a_whole_addition(plan, syntax):
    addition = plan(f"示例条例\n第一条　为了示例，制定本条例。\n{syntax}\n第二条　乙。".encode(), GIVEN)

    provision = parse(addition.content, addition.file_name)[0]
    assert provision.official_text.endswith(clean(syntax).strip("# "))


GIVEN = Given(
    title_zh="示例条例", number="示例令第8号", issuer="示例", promulgated="unknown", effective_from=date(2020, 3, 1)
)
