"""The spreadsheet offered for typing in the figures the calculator needs."""

from __future__ import annotations

import io

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from selfassess.figure_names import LINES, OPINIONS
from selfassess.numerals import UNITS
from selfassess.text import Language

SHEET = "财务数据"
_FIRST_LINE = 5


def write_template(language: Language = "zh") -> bytes:
    """An xlsx file with one row per line; `read_statement` reads it back."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    notes = {
        "zh": "数据取自审计报告所附报表；没有的项目填0，不要留空；单位只选一种。",
        "en": "Figures from the audited statements; enter 0 where there is none; choose one unit.",
    }
    sheet["A1"] = notes[language]
    sheet["A2"], sheet["B2"] = "单位", "元"
    sheet["A3"], sheet["B3"] = "审计意见", None
    sheet["A4"], sheet["B4"], sheet["C4"] = "项目", "请填写", "Item"
    for row, label in enumerate(LINES.values(), start=_FIRST_LINE):
        sheet.cell(row, 1, label.zh)
        sheet.cell(row, 2).number_format = "#,##0.00"
        sheet.cell(row, 2).fill = PatternFill("solid", fgColor="FFF7E0")
        sheet.cell(row, 3, label.en)
    _choices(sheet, "B2", list(UNITS))
    _choices(sheet, "B3", [opinion.zh for opinion in OPINIONS.values()])
    for cell in ("A4", "B4", "C4"):
        sheet[cell].font = Font(bold=True)
    for column, width in (("A", 34), ("B", 20), ("C", 34)):
        sheet.column_dimensions[column].width = width
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _choices(sheet: Worksheet, cell: str, words: list[str]) -> None:
    rule = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True)
    rule.add(cell)
    sheet.add_data_validation(rule)
