"""A self-assessment as a workbook to work on: summary, items, gaps and plan, each on a sheet."""

from __future__ import annotations

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from api.exports import words
from api.exports.cells import safe_cell
from api.exports.paper import Paper, Row, Table
from selfassess.text import Language

_WRAPPED = Alignment(vertical="top", wrap_text=True)
_LINE = Side(style="thin", color="B5BDC6")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD = PatternFill("solid", fgColor="E4EBF2")
_SECTION = PatternFill("solid", fgColor="F2F5F8")
_ITEM_WIDTHS = (8, 34, 10, 10, 44, 40, 34)
_CHARACTERS = 150  # of a landscape page


def write_workbook(paper: Paper, language: Language = "zh") -> bytes:
    """Return an xlsx file. Every cell is text: nothing in it is calculated."""
    book = Workbook()
    summary = book.worksheets[0]
    summary.title = _sheet_name(words.RESULT.read(language))
    _summary(summary, paper, language)
    _items(book.create_sheet(_sheet_name(words.ITEMS.read(language))), paper)
    for table in (paper.gaps, paper.plan, paper.ahead):
        _table(book.create_sheet(_sheet_name(table.title)), table)
    for sheet in book.worksheets:
        _on_paper(sheet)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _summary(sheet: Worksheet, paper: Paper, language: Language) -> None:
    _put(sheet, 1, (paper.title,), font=Font(bold=True, size=15))
    row = 2
    for fact in paper.facts:
        row = _put(sheet, row, fact, boxed=True)
    row = _put(sheet, row + 1, (paper.verdict,), font=Font(bold=True, size=13))
    for reason in paper.reasons:
        row = _put(sheet, row, (reason,))
    row = _put(sheet, row + 1, (words.GRADE.read(language), words.NUMBER.read(language)), head=True)
    for count in paper.counts:
        row = _put(sheet, row, count, boxed=True)
    row = _put(sheet, row + 1, (words.NOTES.read(language),), font=Font(bold=True))
    for note in (*paper.notes, *paper.ahead_notes):
        row = _put(sheet, row, (note,), spread=2)
    row += 1
    for person in paper.signed:
        row = _put(sheet, row, (person, ""), boxed=True)
    _widths(sheet, (34, 90))


def _items(sheet: Worksheet, paper: Paper) -> None:
    row = _put(sheet, 1, paper.item_heads, head=True)
    for section in paper.sections:
        row = _put(sheet, row, (section.title,), font=Font(bold=True), fill=_HEAD, spread=len(paper.item_heads))
        group = ""
        for name, cells in section.rows:
            if name != group:
                row = _put(sheet, row, (name,), fill=_SECTION, spread=len(paper.item_heads))
                group = name
            row = _put(sheet, row, cells, boxed=True)
    _widths(sheet, _ITEM_WIDTHS)
    sheet.freeze_panes = "C2"


def _table(sheet: Worksheet, table: Table) -> None:
    row = _put(sheet, 1, table.heads, head=True)
    for cells in table.rows:
        row = _put(sheet, row, cells, boxed=True)
    if not table.rows:
        _put(sheet, row, (table.empty,))
    whole = sum(table.widths)
    _widths(sheet, [max(8, _CHARACTERS * width // whole) for width in table.widths])
    sheet.freeze_panes = "A2"
    if table.rows:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.heads))}{len(table.rows) + 1}"


def _put(
    sheet: Worksheet,
    row: int,
    cells: Row,
    *,
    head: bool = False,
    boxed: bool = False,
    font: Font | None = None,
    fill: PatternFill | None = None,
    spread: int = 1,
) -> int:
    """Write a row of texts; return the number of the next row."""
    for column, written in enumerate(cells, start=1):
        cell = sheet.cell(row, column)
        cell.value = safe_cell(written)
        cell.data_type = "s"
        cell.alignment = _WRAPPED
        if head or boxed:
            cell.border = _BOX
        if head:
            cell.font, cell.fill = Font(bold=True), _HEAD
        if font is not None:
            cell.font = font
        if fill is not None:
            cell.fill = fill
    if spread > 1:
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=spread)
    return row + 1


def _widths(sheet: Worksheet, widths: Sequence[int]) -> None:
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def _on_paper(sheet: Worksheet) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    if sheet.sheet_properties.pageSetUpPr is not None:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    if sheet.oddFooter is not None and sheet.oddFooter.center is not None:
        sheet.oddFooter.center.text = "&P / &N"


def _sheet_name(title: str) -> str:
    """A heading without its number: names of sheets hold few letters and few signs."""
    return title.split("、", 1)[-1].split(". ", 1)[-1][:31]
