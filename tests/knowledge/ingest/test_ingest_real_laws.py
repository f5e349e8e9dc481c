"""Fourteen national laws and regulations at full size, where their files are at hand."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from knowledge.corpus import read_corpus
from knowledge.ingest import (
    Given,
    commit_addition,
    held_documents,
    missing,
    parse_law,
    plan_addition,
    propose,
    read_bytes,
    settle,
)
from knowledge.ingest.characters import number
from tests.knowledge.ingest.ingest_files import as_docx, as_html, as_pdf, as_txt, wrapped

FOLDER = Path(__file__).parents[4] / "shared" / "data" / "laws"
HISTORY = "2018年4月27日 示例市第一届人民代表大会常务委员会第二次会议《关于修改〈示例检疫法〉的决定》第一次修正"
# Two versions of a made-up law, for where the real ones are not at hand.
SAMPLES = {
    "示例检疫法(2018-04-27).md": f"# 示例检疫法\n\n{HISTORY}\n\n第一条 甲。\n\n第二条 本法自1987年5月1日起施行。",
    "示例检疫法(2024-06-28).md": "# 示例检疫法\n\n2024年6月28日 修订\n\n第一条 甲：\n\n（一）乙。\n\n第二条 丙。\n\n"
    "第三条 本法自2025年1月1日起施行。",
}
LAWS = {path.name: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.md"))} or SAMPLES
VERSIONS = [name for name in LAWS if "检疫法" in name]
ANSWERS = {"number": "国务院令第792号", "issuer": "国务院", "promulgated": "2024-09-30"}
ARTICLE = re.compile("^第([零一二三四五六七八九十百]+)条 ", re.M)


def read(name: str):
    source = read_bytes(LAWS[name].encode(), name)
    return source, parse_law(source)


def lines_of(name: str) -> list[str]:
    lines = LAWS[name].split("\n")
    return [line.lstrip("# ").strip() for line in lines if line.strip() and not line.startswith("<!--")]


def wording_of(name: str) -> str:
    """Return the text below the first article without headings and numbers: another way to the same wording."""
    text = LAWS[name][ARTICLE.search(LAWS[name]).start() :]
    lines = [ARTICLE.sub("", line.strip()) for line in text.split("\n") if not line.startswith("#")]
    return "".join(lines).replace("\u200b", "")


def plan_law(name: str, folder: Path):
    """Preview a law as a person would add it, who agrees to every suggestion."""
    source, law = read(name)
    proposal = propose(law, source)
    answers = {item.field: item.suggestion or ANSWERS[item.field] for item in missing(proposal, Given())}
    days = {field: date.fromisoformat(day) for field, day in answers.items() if re.fullmatch(r"[\d-]{10}", day)}
    held = held_documents(read_corpus(folder))
    return plan_addition(law, settle(proposal, Given(**answers | days), source), held, proposal.remarks)


@pytest.mark.parametrize("name", LAWS)
def test_every_article_of_a_law_is_found_once_and_in_order(name):
    counted = [number(sign) for sign in ARTICLE.findall(LAWS[name])]

    _, law = read(name)

    assert counted == list(range(1, len(counted) + 1))
    assert [article.number for article in law.articles] == counted
    assert law.missing == ()


@pytest.mark.parametrize("name", LAWS)
def test_no_word_of_a_law_is_lost(name):
    _, law = read(name)

    kept = [line for article in law.articles for line in article.lines]
    kept += [line for annex in law.annexes for line in (annex.title, *annex.lines)]
    assert "".join(kept) == wording_of(name)


@pytest.mark.parametrize("name", LAWS)
def test_a_law_is_the_same_from_docx_html_txt_and_pdf(name):
    lines = lines_of(name)
    _, expected = read(name)
    printed = wrapped(lines)
    pages = [printed[i : i + 35] for i in range(0, len(printed), 35)]

    for data in (as_docx(lines), as_html([line.replace("<", "&lt;") for line in lines]), as_txt(lines), as_pdf(pages)):
        law = parse_law(read_bytes(data, "law"))
        assert (law.text_hash, law.paragraph_count) == (expected.text_hash, expected.paragraph_count)


@pytest.mark.parametrize("order", [1, -1], ids=["older first", "newer first"])
def test_both_versions_of_the_quarantine_law_are_kept_and_dated(tmp_path, order):
    for name in VERSIONS[::order]:
        commit_addition(plan_law(name, tmp_path), tmp_path)

    provisions = read_corpus(tmp_path)
    documents = {provision.document.id: provision.document for provision in provisions}
    old, new = sorted(documents.values(), key=lambda document: document.first_day)
    assert (old.effective_from, old.effective_to) == (date(2018, 4, 27), date(2024, 12, 31))
    assert (new.effective_from, new.effective_to) == (date(2025, 1, 1), None)
    for day, name in zip((date(2024, 12, 31), date(2025, 1, 1)), VERSIONS, strict=True):
        assert sum(item.in_force(day) for item in provisions) == len(ARTICLE.findall(LAWS[name]))


def test_all_laws_can_be_held_side_by_side(tmp_path):
    for name in LAWS:
        commit_addition(plan_law(name, tmp_path), tmp_path)

    assert len(list(tmp_path.iterdir())) == len(LAWS)
    assert len({provision.document.id for provision in read_corpus(tmp_path)}) == len(LAWS)
