"""Read finance figures from an uploaded statement (xlsx or csv).

Every figure is traced to its cell. A line found twice with different numbers, a column whose year is
not stated and a formula without a result are reported, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from selfassess.errors import FiguresUnreadable
from selfassess.figure_names import LINES, line_named, opinion_named
from selfassess.figures import FinanceFigures
from selfassess.numerals import UNITS, Amount, read_amount
from selfassess.sheets import Sheet, read_sheets
from selfassess.text import Text, text

_CURRENT = re.compile(r"期末|年末|本期|本年|本月|当期|填写")
_PREVIOUS = re.compile(r"期初|年初|上期|上年|去年")
_UNIT = re.compile(rf"(?:单位|金额单位)[:：]?(?:人民币)?({'|'.join(sorted(UNITS, key=len, reverse=True))})")
_OPINION_LABEL = "审计意见"


@dataclass(frozen=True)
class FoundLine:
    """One line found: where, and the amount read there."""

    line: str
    amount: Amount
    place: str


@dataclass(frozen=True)
class StatementProblem:
    """Something in the statement a person has to look at."""

    code: str
    place: str
    message: Text


@dataclass(frozen=True)
class StatementReading:
    """The figures read, where each was found, the lines not found, and what was unclear."""

    figures: FinanceFigures
    found: tuple[FoundLine, ...]
    missing: tuple[str, ...]
    problems: tuple[StatementProblem, ...]


def read_statement(content: bytes, filename: str) -> StatementReading:
    """Read the lines the calculator needs; raises FiguresUnreadable if the file is not a readable table."""
    found: list[FoundLine] = []
    problems: list[StatementProblem] = []
    opinion: str | None = None
    for sheet in read_sheets(content, filename):
        for entry in _read_sheet(sheet):
            if isinstance(entry, StatementProblem):
                problems.append(entry)
            else:
                found.append(entry)
        opinion = opinion or _find_opinion(sheet)
    amounts, conflicts = _settle(found)
    problems.extend(conflicts)
    missing = tuple(line for line in LINES if line not in amounts)
    figures = FinanceFigures(amounts=amounts, audit_opinion=opinion)
    return StatementReading(figures, tuple(found), missing, tuple(problems))


def _settle(found: list[FoundLine]) -> tuple[dict[str, Amount], list[StatementProblem]]:
    """One amount per line; a line with different numbers in two places is left out and reported."""
    amounts: dict[str, Amount] = {}
    problems: list[StatementProblem] = []
    for line in dict.fromkeys(entry.line for entry in found):
        entries = [entry for entry in found if entry.line == line]
        if len({entry.amount.yuan for entry in entries}) == 1:
            amounts[line] = entries[0].amount
            continue
        places = "、".join(entry.place for entry in entries)
        label = LINES[line]
        message = text(f"{label.zh}出现了不同的数字，没有采用", f"{label.en} appears with different numbers; not used")
        problems.append(StatementProblem("conflict", places, message))
    return amounts, problems


def _read_sheet(sheet: Sheet) -> Iterator[FoundLine | StatementProblem]:
    unit = _find_unit(sheet)
    columns: dict[int, str] = {}
    for number, row in enumerate(sheet.rows, start=1):
        columns |= _column_heads(row)
        for index, cell in enumerate(row):
            line = line_named(_bare_label(cell))
            if line is not None:
                yield from _read_line(sheet, number, row, index, line, unit, columns)


def _read_line(
    sheet: Sheet, number: int, row: tuple[str, ...], index: int, line: str, unit: str | None, columns: dict[int, str]
) -> Iterator[FoundLine | StatementProblem]:
    values = _value_columns(row, index)
    cells = [(column, row[column]) for column in values if columns.get(column) != "other"]
    current = [(column, cell) for column, cell in cells if columns.get(column) == "current"]
    if not current and len(cells) == 1 and columns.get(cells[0][0]) != "previous":
        current = cells
    place = f"{sheet.name} {number}"
    if len(current) != 1:
        if cells:
            message = text(
                f"{LINES[line].zh}：看不出哪一列是本期数",
                f"{LINES[line].en}: which column is the current year is unclear",
            )
            yield StatementProblem("unclear_column", place, message)
        return
    yield from _amount(line, current[0][1], unit, place)
    previous = [cell for column, cell in cells if columns.get(column) == "previous"]
    if line == "total_assets" and len(previous) == 1:
        yield from _amount("opening_total_assets", previous[0], unit, place)


def _amount(line: str, cell: str, unit: str | None, place: str) -> Iterator[FoundLine | StatementProblem]:
    try:
        yield FoundLine(line, read_amount(cell, unit), place)
    except FiguresUnreadable:
        message = text(f"{LINES[line].zh}：读不出数字“{cell}”", f"{LINES[line].en}: not a number: {cell}")
        yield StatementProblem("not_a_number", place, message)


def _value_columns(row: tuple[str, ...], label: int) -> Iterator[int]:
    """The cells with digits right of a label, up to the next label: half of a balance sheet is beside the other."""
    for column in range(label + 1, len(row)):
        if re.search(r"\d", row[column]):
            yield column
        elif re.search(r"[\u4e00-\u9fff]{2}", row[column]):
            return


def _column_heads(row: tuple[str, ...]) -> dict[int, str]:
    heads: dict[int, str] = {}
    for index, cell in enumerate(row):
        if len(cell) > 12 or line_named(_bare_label(cell)) is not None:
            continue
        if _PREVIOUS.search(cell):
            heads[index] = "previous"
        elif _CURRENT.search(cell):
            heads[index] = "current"
        elif cell in ("行次", "附注", "注释"):
            heads[index] = "other"
    return heads


def _bare_label(cell: str) -> str:
    """A row label without numbering, 加：减：其中：, remarks in brackets and blanks."""
    label = re.sub(r"\s|[(（][^)）]*[)）]|[*△▲#]", "", cell)
    label = re.sub(r"^[一二三四五六七八九十]+、|^\d+[.、]", "", label)
    return re.sub(r"^(?:加|减|其中)[:：]", "", label).rstrip(":：")


def _find_unit(sheet: Sheet) -> str | None:
    """The unit named on the sheet; None if none or more than one is named."""
    cells = (re.sub(r"\s", "", cell) for row in sheet.rows for cell in row)
    units = {match[1] for cell in cells if (match := _UNIT.search(cell))}
    beside = (row for row in sheet.rows if row and row[0].rstrip(":：") == "单位")
    units |= {cell for row in beside for cell in row[1:] if cell in UNITS}
    return units.pop() if len(units) == 1 else None


def _find_opinion(sheet: Sheet) -> str | None:
    for row in sheet.rows:
        if any(cell.startswith(_OPINION_LABEL) for cell in row):
            return next((opinion for cell in row if (opinion := opinion_named(cell)) is not None), None)
    return None
