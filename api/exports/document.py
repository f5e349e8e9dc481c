"""A self-assessment as a document to sign, file and hand over: A4, numbered pages, tables whose heads repeat."""

from __future__ import annotations

import io
from collections.abc import Sequence

from docx import Document
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table as DocxTable
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

from api.exports import words
from api.exports.cells import plain_text
from api.exports.paper import Paper, Row, Table
from selfassess.text import Language

_WIDTH = 25.7  # cm between the margins of a landscape page
_ITEM_WIDTHS = (6, 20, 8, 8, 24, 20, 14)
_SERIF, _HEADING = "宋体", "黑体"
_SHADE, _LIGHT = "E4EBF2", "F2F5F8"


def write_document(paper: Paper, language: Language = "zh") -> bytes:
    """Return a docx file that can be edited."""
    document = Document()
    _set_up(document, paper.title)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(title, paper.title, size=18, bold=True, heading=True)
    _table(document, (), paper.facts, (25, 75))
    _result(document, paper, language)
    _heading(document, words.ITEMS.read(language))
    _items(document, paper)
    for table in (paper.gaps, paper.plan, paper.ahead):
        _heading(document, table.title)
        _whole_table(document, table)
    for note in paper.ahead_notes:
        _line(document, note)
    _heading(document, words.NOTES.read(language))
    for note in paper.notes:
        _line(document, note)
    _heading(document, words.SIGNED.read(language))
    _table(document, (), [(person, "") for person in paper.signed], (35, 65))
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _set_up(document: Docx, title: str) -> None:
    document.core_properties.title = plain_text(title)
    document.core_properties.author = ""
    document.core_properties.comments = ""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(1.8)
    style = document.styles["Normal"]
    style.font.size = Pt(10.5)
    style.font.name = "Times New Roman"
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _SERIF)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _field(footer, "PAGE")
    footer.add_run(" / ")
    _field(footer, "NUMPAGES")


def _result(document: Docx, paper: Paper, language: Language) -> None:
    _heading(document, words.RESULT.read(language))
    _run(document.add_paragraph(), paper.verdict, size=13, bold=True)
    for reason in paper.reasons:
        _line(document, reason)
    _table(document, (words.GRADE.read(language), words.NUMBER.read(language)), paper.counts, (25, 15))


def _items(document: Docx, paper: Paper) -> None:
    table = _new_table(document, paper.item_heads, _ITEM_WIDTHS)
    for section in paper.sections:
        _joined_row(table, section.title, _ITEM_WIDTHS, _SHADE, bold=True)
        group = ""
        for name, cells in section.rows:
            if name != group:
                _joined_row(table, name, _ITEM_WIDTHS, _LIGHT)
                group = name
            _add_row(table, cells, _ITEM_WIDTHS)


def _whole_table(document: Docx, table: Table) -> None:
    if table.rows:
        _table(document, table.heads, table.rows, table.widths)
    else:
        _line(document, table.empty)


def _table(document: Docx, heads: Row, rows: Sequence[Row], widths: Sequence[int]) -> None:
    table = _new_table(document, heads, widths)
    for cells in rows:
        _add_row(table, cells, widths)


def _new_table(document: Docx, heads: Row, widths: Sequence[int]) -> DocxTable:
    table: DocxTable = document.add_table(rows=0, cols=len(widths), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER if sum(widths) >= 100 else WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    if heads:
        row = _add_row(table, heads, widths, bold=True, shade=_SHADE)
        repeats = OxmlElement("w:tblHeader")
        repeats.set(qn("w:val"), "true")
        row._tr.get_or_add_trPr().append(repeats)
    return table


def _add_row(table: DocxTable, cells: Row, widths: Sequence[int], *, bold: bool = False, shade: str = "") -> _Row:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    whole = max(100, sum(widths))
    for cell, written, width in zip(row.cells, cells, widths, strict=True):
        cell.width = Cm(_WIDTH * width / whole)
        _fill(cell, written, bold=bold, shade=shade)
    return row


def _joined_row(table: DocxTable, written: str, widths: Sequence[int], shade: str, *, bold: bool = False) -> None:
    row = _add_row(table, ("",) * len(widths), widths)
    joined = row.cells[0].merge(row.cells[-1])
    for paragraph in joined.paragraphs[1:]:
        paragraph._element.getparent().remove(paragraph._element)
    _fill(joined, written, bold=bold, shade=shade)


def _fill(cell: _Cell, written: str, *, bold: bool, shade: str) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    _run(paragraph, written, size=9, bold=bold)
    if shade:
        shading = OxmlElement("w:shd")
        shading.set(qn("w:val"), "clear")
        shading.set(qn("w:fill"), shade)
        cell._tc.get_or_add_tcPr().append(shading)


def _heading(document: Docx, written: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(14), Pt(6)
    paragraph.paragraph_format.keep_with_next = True
    _run(paragraph, written, size=14, bold=True, heading=True)


def _line(document: Docx, written: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(3)
    _run(paragraph, written)


def _run(paragraph: Paragraph, written: str, *, size: float = 10.5, bold: bool = False, heading: bool = False) -> None:
    run = paragraph.add_run(plain_text(written))
    run.bold, run.font.size = bold, Pt(size)
    if heading:
        run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _HEADING)


def _field(paragraph: Paragraph, name: str) -> None:
    """A number the reader's program fills in."""
    for kind, instruction in (("begin", ""), ("", name), ("end", "")):
        run = paragraph.add_run()
        part = OxmlElement("w:instrText" if instruction else "w:fldChar")
        if instruction:
            part.text = instruction
        else:
            part.set(qn("w:fldCharType"), kind)
        run._element.append(part)
