"""A letter to Customs as a document that can be edited: A4, title, addressee, facts, sections, signatures."""

from __future__ import annotations

import io
from dataclasses import dataclass

from docx import Document
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from api.exports.cells import plain_text

_SERIF, _HEADING = "宋体", "黑体"
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Letter:
    """What stands in a letter, in its order; ``notes`` come last and small."""

    title: str
    to: str
    facts: tuple[Pair, ...]
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    signed: tuple[str, ...]
    notes: tuple[str, ...]


def write_letter(letter: Letter) -> bytes:
    """Return a letter as a docx file."""
    document = Document()
    _set_up(document, letter.title)
    _line(document, letter.title, size=18, bold=True, centred=True)
    _line(document, f"{letter.to}：", size=12)
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    for name, value in letter.facts:
        row = table.add_row().cells
        for cell, written, width in zip(row, (name, value), (5, 11), strict=True):
            cell.width = Cm(width)
            cell.paragraphs[0].add_run(plain_text(written))
    for heading, lines in letter.sections:
        _line(document, heading, size=13, bold=True)
        for line in lines:
            _line(document, line)
    for name in letter.signed:
        _line(document, f"{name}：")
    for note in letter.notes:
        _line(document, note, size=9)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _set_up(document: Docx, title: str) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.comments = plain_text(title), "", ""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    style = document.styles["Normal"]
    style.font.size, style.font.name = Pt(12), "Times New Roman"
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _SERIF)


def _line(document: Docx, written: str, *, size: float = 12, bold: bool = False, centred: bool = False) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(6)
    paragraph.paragraph_format.space_before = Pt(12 if bold else 0)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(plain_text(written))
    run.bold, run.font.size = bold, Pt(size)
    if bold:
        run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _HEADING)
