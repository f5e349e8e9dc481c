"""Every format gives the same law, and every file that cannot be read says why."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from pypdf import PdfWriter

from knowledge.ingest import read_bytes, read_source
from knowledge.ingest.errors import (
    DamagedFile,
    EmptyFile,
    EncryptedFile,
    FileNotReadable,
    OldFormat,
    ScannedPdf,
    TrackedChanges,
    UnknownType,
)
from tests.knowledge.ingest.ingest_files import (
    LAW,
    as_docx,
    as_html,
    as_markdown,
    as_pdf,
    as_txt,
    saved,
    scanned_pdf,
    with_part,
    wrapped,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PRINTED = wrapped(LAW)
FORMATS = {
    "txt": as_txt(),
    "txt in gb18030": as_txt(encoding="gb18030"),
    "txt in utf-16": as_txt(encoding="utf-16"),
    "txt with byte order mark": as_txt(encoding="utf-8-sig"),
    "txt cut at the margin": "\n".join(PRINTED).encode(),
    "md": as_markdown(),
    "html": as_html(),
    "docx": as_docx(),
    "pdf": as_pdf([["示例公报", *PRINTED[:9], "- 1 -"], ["示例公报", *PRINTED[9:], "- 2 -"]]),
}


def encrypted(password: str) -> bytes:
    writer = PdfWriter(clone_from=BytesIO(as_pdf([LAW])))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


@pytest.mark.parametrize("content", FORMATS.values(), ids=FORMATS.keys())
def test_every_format_gives_the_same_law(split, content):
    law = split(content)

    assert law.title == "示例条例"
    assert [article.anchor for article in law.articles] == ["第一条", "第二条", "第三条", "第三条之一", "第四条"]
    assert (law.paragraph_count, law.subparagraph_count, law.chapters("章")) == (6, 4, 3)
    assert law.text_hash == split(as_txt()).text_hash


@pytest.mark.parametrize(
    ("content", "error", "words"),
    [
        (b"MZ\x90\0" + bytes(200), UnknownType, "程序"),
        (b"\x89PNG\r\n\x1a\n" + bytes(20), UnknownType, "图片"),
        (b"PK\5\6" + bytes(18), UnknownType, "压缩包"),
        (b"\0\1\2\3", UnknownType, "无法识别"),
        (OLE + bytes(500) + "WordDocument".encode("utf-16-le"), OldFormat, "另存为docx"),
        (b"{\\rtf1\\ansi text}", OldFormat, "另存为docx"),
        (OLE + bytes(500) + "EncryptedPackage".encode("utf-16-le"), EncryptedFile, "密码"),
        (encrypted("secret"), EncryptedFile, "密码"),
        (as_pdf([LAW])[:300], DamagedFile, "损坏"),
        (as_docx()[:3000], DamagedFile, "损坏"),
        (with_part(as_docx(), "word/document.xml", b"<w:document"), DamagedFile, "损坏"),
        (as_txt()[:-2] + b"\xff\xff", DamagedFile, "编码"),
        (scanned_pdf(), ScannedPdf, "没有文字层，请先做文字识别"),
        (b"", EmptyFile, "没有文字"),
        ("　\n\u200b\n".encode(), EmptyFile, "没有文字"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(content, error, words):
    with pytest.raises(error) as refusal:
        read_bytes(content, "law.docx")

    assert words in refusal.value.message_zh
    assert refusal.value.message_en


def test_a_missing_file_is_named(tmp_path: Path):
    with pytest.raises(FileNotReadable, match=r"gone\.pdf"):
        read_source(tmp_path / "gone.pdf")


def test_a_pdf_everybody_may_open_is_read_though_it_forbids_changes(split):
    assert len(split(encrypted("")).articles) == 5


def test_the_name_of_a_file_decides_nothing():
    assert read_bytes(as_pdf([LAW]), "law.docx").type == "pdf"


def test_numbers_word_prints_by_itself_are_kept(split):
    numbering = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="第%1条"/></w:lvl><w:lvl w:ilvl="1">'
        '<w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum>'
    )
    number = parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>')
    document = Document()
    part = document.part.numbering_part.element
    part.insert(0, numbering)
    part.append(number)
    document.add_paragraph("示例条例")
    for level, text in ((0, "下列示例："), (1, "甲；"), (1, "乙。"), (0, "丙。"), (1, "丁。")):
        properties = document.add_paragraph(text)._p.get_or_add_pPr()
        reference = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>'
        properties.append(parse_xml(reference))

    law = split(saved(document))

    assert [article.text for article in law.articles] == ["下列示例：\n（一）甲；\n（二）乙。", "丙。\n（一）丁。"]


def test_a_word_file_with_tracked_changes_is_refused():
    document = Document()
    paragraph = document.add_paragraph("第一条　示例。")._p
    paragraph.append(parse_xml(f'<w:ins {nsdecls("w")} w:id="1"><w:r><w:t>新增</w:t></w:r></w:ins>'))

    with pytest.raises(TrackedChanges, match="修订"):
        read_bytes(saved(document), "law.docx")


def test_text_in_boxes_and_cells_is_read_and_hidden_text_is_not(split):
    document = Document()
    document.add_paragraph("示例条例")
    hidden = document.add_paragraph("第一条　示例。").add_run("看不见")
    hidden._r.get_or_add_rPr().append(parse_xml(f"<w:vanish {nsdecls('w')}/>"))
    document.add_table(1, 1).cell(0, 0).text = "第二条　单元格。"
    assert hidden._r.find(qn("w:rPr")) is not None

    law = split(saved(document))

    assert [article.text for article in law.articles] == ["示例。", "单元格。"]
    assert any("表格" in remark.zh for remark in law.remarks)


def test_the_frame_of_a_web_page_is_left_out(split):
    page = as_html(
        before="<nav>首页 法律法规</nav><script>第一条　脚本。</script><p hidden>第一条　隐藏。</p>",
        after="<div><p>版权所有</p></div><footer>联系我们</footer>",
    )

    law = split(page)

    assert law.text_hash == split(as_txt()).text_hash
    assert any("没有读入" in remark.zh for remark in law.remarks)


def test_a_foot_without_markup_is_left_out_too(split):
    law = split(as_html([*LAW, "【打印】", "版权所有 某网站"]))

    assert law.articles[-1].text == "本条例自2020年3月1日起施行。"


def test_markdown_marks_and_comments_are_left_out(split):
    lines = ["# 示例法", "<!-- INFO END -->", "**第一条** 甲：", "- （一）乙；", "1. 丙。", "## 第二条", "丁。"]

    law = split("\n\n".join(lines).encode())

    assert [article.text for article in law.articles] == ["甲：\n（一）乙；\n1. 丙。", "丁。"]


def test_a_blank_page_among_pages_of_text_is_reported(split):
    law = split(as_pdf([PRINTED, []]))

    assert any("第2页没有文字" in remark.zh for remark in law.remarks)


def test_pages_are_counted_while_a_pdf_is_read():
    seen: list[tuple[int, int]] = []

    read_bytes(as_pdf([PRINTED[:5], PRINTED[5:]]), "law.pdf", lambda *page: seen.append(page))

    assert seen == [(1, 2), (2, 2)]
