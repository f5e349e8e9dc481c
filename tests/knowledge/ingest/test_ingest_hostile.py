"""Files made to harm: they are refused, or read as harmless text."""

from __future__ import annotations

import random
import unicodedata

import pytest

from knowledge.ingest import IngestError, parse_law, propose, read_bytes, read_source
from knowledge.ingest.blocks import MAX_BYTES
from knowledge.ingest.errors import DamagedFile, FileTooLarge
from tests.knowledge.ingest.ingest_files import LAW, as_docx, as_html, as_pdf, as_txt, with_part

ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE bomb [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&b;</w:t>
</w:r></w:p></w:body></w:document>"""


def outcome(data: bytes) -> str:
    """Return the title of what was read, or the reason it was refused; anything else is a crash."""
    try:
        source = read_bytes(data, "law")
        law = parse_law(source)
        propose(law, source)
    except IngestError as refusal:
        return refusal.message_zh
    return f"read: {law.title}"


def test_a_pdf_that_claims_ten_thousand_pages_is_refused():
    with pytest.raises(FileTooLarge, match="500页"):
        read_bytes(as_pdf([LAW], claimed_pages=10_000), "law.pdf")


def test_a_word_file_that_unpacks_without_end_is_refused():
    bomb = with_part(as_docx(), "word/media/image1.xml", bytes(30_000_000))

    with pytest.raises(FileTooLarge, match="解压后过大"):
        read_bytes(bomb, "law.docx")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_in_a_word_file_are_refused(encoding):
    bomb = with_part(as_docx(), "word/document.xml", ENTITIES.decode().encode(encoding))

    with pytest.raises(DamagedFile):
        read_bytes(bomb, "law.docx")


def test_a_file_over_the_limit_is_refused_without_being_read(tmp_path):
    path = tmp_path / "law.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)

    with pytest.raises(FileTooLarge, match="30MB"):
        read_source(path)


@pytest.mark.parametrize(
    "content",
    [
        ("第一条　" + "好。\n" * 60_000).encode(),
        ("第一条　" + "好" * 4_000_000).encode(),
        b"<html><body>" + b"<div>" * 20_000 + "第一条　好。".encode(),
    ],
    ids=["lines", "characters", "nested elements"],
)
def test_a_text_without_end_is_refused(content):
    with pytest.raises((FileTooLarge, DamagedFile)):
        read_bytes(content, "law.txt")


@pytest.mark.parametrize(
    "unit", ["[", "![", "*", "《", "第一条\n", "第二条 a\n", "附件\n", "一、", "2026年", ". ", "〔"]
)
def test_a_text_made_to_be_slow_is_read_all_the_same(unit):
    assert outcome(f"# 示例法\n\n{unit * 3000}\n\n第一条　好。".encode())


def test_an_article_number_beyond_any_law_begins_no_article():
    law = parse_law(read_bytes("示例法\n第一条　甲。\n第999999999999条　乙。".encode(), "law.txt"))

    assert len(law.articles) == 1


def test_scripts_styles_and_hidden_text_never_become_law():
    page = as_html(
        before="<script>第一条　脚本</script><style>第一条{}</style><div style='display: none'>第一条　隐藏</div>",
        after="<iframe src='http://example.test'></iframe><img src=x onerror='alert(1)'>",
    )

    law = parse_law(read_bytes(page, "law.html"))

    assert all(word not in article.text for article in law.articles for word in ("脚本", "隐藏", "alert"))


def test_markup_written_as_text_stays_text():
    law = parse_law(read_bytes(as_html(["示例法", "第一条　&lt;script&gt;alert(1)&lt;/script&gt;"]), "law.html"))

    assert law.articles[0].text == "<script>alert(1)</script>"


def test_controls_and_direction_marks_are_removed_everywhere(plan):
    lines = [f"{line[:3]}\u202e\u200b\x07\ufeff{line[3:]}" for line in LAW]

    addition = plan(as_txt(lines))

    assert addition.law.text_hash == parse_law(read_bytes(as_txt(), "law.txt")).text_hash
    assert not [c for c in addition.content if unicodedata.category(c) in ("Cc", "Cf") and c != "\n"]


@pytest.mark.parametrize("title", ["../../etc/passwd管理办法", "..\\..\\windows条例", "CON\x07法"])
def test_a_title_like_a_path_decides_no_file_name(plan, title):
    addition = plan(as_txt([title, *LAW[1:]]))

    assert "/" not in addition.file_name
    assert "\\" not in addition.file_name
    assert addition.file_name.endswith(".md")


@pytest.mark.parametrize("content", [as_pdf([LAW[:8], LAW[8:]]), as_docx(), as_html()], ids=["pdf", "docx", "html"])
def test_a_file_damaged_anywhere_is_read_or_refused_but_never_crashes(content):
    chance = random.Random(20260401)  # noqa: S311
    for _ in range(60):
        damaged = bytearray(content)
        for _ in range(chance.randint(1, 10)):
            place = chance.randrange(len(damaged))
            damaged[place : place + chance.choice([0, 1, 30])] = chance.choice([b"", b"\xff", b"<<", b"9999999999"])
        assert outcome(bytes(damaged))
