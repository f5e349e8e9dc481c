"""What may be kept as evidence: judged by content, opened in a process of its own, never believed."""

from __future__ import annotations

from hashlib import sha256

import pytest

from api.evidence import upload
from api.evidence.errors import EvidenceRefused
from api.evidence.kinds import MOST_BYTES
from api.evidence.opening import check_file
from api.evidence.packages import kind_of_package
from api.evidence.reading import read_text
from api.evidence.upload import check_upload, safe_name
from tests.api.assess.evidence_cases import CLAIM, badly_packed, bomb, docx, pdf, png, with_parts, xlsx

WORD = docx("进出口单证复核制度", "每月抽查")
LINKED = b"""<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s"
 Target="http://example.invalid/x" TargetMode="External"/></Relationships>"""


def test_a_word_file_is_read_in_a_process_of_its_own():
    checked = check_upload(WORD, "../复核 制度.DOC")

    assert (checked.kind, checked.name, checked.unread) == ("docx", "复核 制度.DOC.docx", "")
    assert checked.text == "进出口单证复核制度\n每月抽查"
    assert checked.sha256 == sha256(WORD).hexdigest()


def test_a_pdf_is_read_and_a_process_that_never_ends_means_a_damaged_file(monkeypatch: pytest.MonkeyPatch):
    assert check_upload(pdf("internal audit 2026"), "a.pdf").text == "internal audit 2026"

    monkeypatch.setattr(upload, "SECONDS", 0.001)
    with pytest.raises(EvidenceRefused, match="cannot be opened"):
        check_upload(pdf("x"), "a.pdf")


@pytest.mark.parametrize(
    ("content", "kind", "text", "unread"),
    [
        (xlsx(["月份", "抽查票数"], ["1月", 30], ["合计", "=SUM(B2:B2)"]), "xlsx", "月份\t抽查票数", ""),
        (pdf(""), "pdf", "", "no_text"),
        (png(), "png", "", "picture"),
        (png(kind="JPEG"), "jpeg", "", "picture"),
        (docx("长" * 250_000), "docx", "长长长", "cut"),
        (docx(CLAIM), "docx", CLAIM, ""),
    ],
)
def test_each_kind_gives_its_text_or_says_why_there_is_none(content: bytes, kind: str, text: str, unread: str):
    check_file(content, kind)  # type: ignore[arg-type]

    read = read_text(content, kind)  # type: ignore[arg-type]

    assert text in read.text
    assert read.unread == unread
    assert len(read.text) <= 200_000


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"x" * (MOST_BYTES + 1), "larger than 20 MB"),
        (b"MZ\x90\0 program", "judged by content"),
        (b"<html><script>alert(1)</script>", "judged by content"),
        (b"\xd0\xcf\x11\xe0 old word", "judged by content"),
        (png() + WORD, "another file inside"),
    ],
)
def test_what_is_no_evidence_is_refused_before_anything_opens_it(content: bytes, says: str):
    with pytest.raises(EvidenceRefused, match=says):
        check_upload(content, "report.pdf")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (bomb(), "unpacks to too much"),
        (WORD[:-40], "cannot be opened"),
        (badly_packed(), "cannot be opened"),
        (with_parts(WORD, word__vbaProject_DOT_bin=b"x"), "macros"),
        (with_parts(WORD, word__embeddings__a_DOT_exe=b"x"), "macros"),
        (with_parts(WORD, word___rels__settings_DOT_xml_DOT_rels=LINKED % b"attachedTemplate"), "links"),
        (with_parts(WORD, word__document_DOT_xml=b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "cannot be opened"),
        (with_parts(WORD, word__header1_DOT_xml=b"<w:p><w:instrText> DDEAUTO c:\\x</w:instrText></w:p>"), "macros"),
        (with_parts(WORD, **{"..__x": b""}), "cannot be opened"),
        (with_parts(b"PK\x05\x06" + b"\0" * 18, a=b"b"), "judged by content"),
    ],
)
def test_a_package_that_can_do_harm_is_refused(content: bytes, says: str):
    with pytest.raises(EvidenceRefused, match=says):
        kind_of_package(content)


def test_an_ordinary_hyperlink_harms_nobody():
    linked = with_parts(WORD, word___rels__settings_DOT_xml_DOT_rels=LINKED % b"hyperlink")

    assert kind_of_package(linked) == "docx"


@pytest.mark.parametrize(
    ("content", "kind", "says"),
    [
        (pdf("x", password="s"), "pdf", "password"),
        (pdf("x", script="app.alert(1)"), "pdf", "scripts"),
        (pdf("x", pages=501), "pdf", "500 pages"),
        (b"%PDF-1.7 nothing more", "pdf", "cannot be opened"),
        (png()[:40], "png", "cannot be opened"),
        (png((9000, 8999)), "png", "too large"),
        (with_parts(WORD, word__document_DOT_xml=b"<w:document"), "docx", "cannot be opened"),
    ],
)
def test_a_file_that_is_closed_broken_or_active_is_refused(content: bytes, kind: str, says: str):
    with pytest.raises(EvidenceRefused, match=says):
        check_file(content, kind)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\temp\\审计报告.pdf", "审计报告.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("report\u202efdp.exe", "reportfdp.exe.pdf"),
        ("a\0b\nc<d>.PDF", "abcd.pdf"),
        ("...", "佐证材料.pdf"),
        ("长" * 300 + ".pdf", "长" * 120 + ".pdf"),
    ],
)
def test_a_file_name_is_only_a_name_and_ends_as_its_content_does(given: str, kept: str):
    assert safe_name(given, "pdf") == kept
