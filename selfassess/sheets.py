"""Turn an xlsx or csv file into rows of text, within limits."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from selfassess.errors import FiguresUnreadable

_MAX_BYTES = 5_000_000
_MAX_UNPACKED = 50_000_000
_MAX_ROWS = 2_000
_MAX_COLUMNS = 40
# What the reader raises over a broken file; SyntaxError is broken XML.
_BROKEN = (zipfile.BadZipFile, InvalidFileException, LookupError, ValueError, TypeError, AttributeError, SyntaxError)


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name and its rows, every cell as stripped text, blanks as ''."""

    name: str
    rows: tuple[tuple[str, ...], ...]


def read_sheets(content: bytes, filename: str) -> tuple[Sheet, ...]:
    """The sheets of a file; raises FiguresUnreadable if it is neither xlsx nor csv, or too large."""
    if len(content) > _MAX_BYTES:
        most = _MAX_BYTES // 1_000_000
        raise FiguresUnreadable(f"{filename}超过{most} MB", f"{filename}: larger than {most} MB")
    if content[:4] == b"PK\x03\x04":
        return _read_xlsx(content, filename)
    if b"\x00" in content:
        raise FiguresUnreadable(f"{filename}不是xlsx或者csv文件", f"{filename}: not an xlsx or csv file")
    return (_read_csv(content, filename),)


def _read_xlsx(content: bytes, filename: str) -> tuple[Sheet, ...]:
    if _unpacked_size(content, filename) > _MAX_UNPACKED:
        most = _MAX_UNPACKED // 1_000_000
        raise FiguresUnreadable(f"{filename}解压后超过{most} MB", f"{filename}: unpacks to more than {most} MB")
    try:
        # data_only: a formula counts with its stored result; one never calculated reads as blank.
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        try:
            return tuple(Sheet(sheet.title, tuple(_rows(sheet))) for sheet in book.worksheets)
        finally:
            book.close()
    except _BROKEN as error:
        raise _unreadable_xlsx(filename) from error


def _rows(sheet: Any) -> Iterator[tuple[str, ...]]:
    for row in sheet.iter_rows(max_row=_MAX_ROWS, max_col=_MAX_COLUMNS, values_only=True):
        yield tuple(_text(value) for value in row)


def _unreadable_xlsx(filename: str) -> FiguresUnreadable:
    return FiguresUnreadable(f"{filename}不是能读取的xlsx文件", f"{filename}: not a readable xlsx file")


def _unpacked_size(content: bytes, filename: str) -> int:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile as error:
        raise _unreadable_xlsx(filename) from error


def _read_csv(content: bytes, filename: str) -> Sheet:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            decoded = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise FiguresUnreadable(f"{filename}不是UTF-8或者GB 18030编码", f"{filename}: neither UTF-8 nor GB 18030 text")
    delimiter = max(",;\t", key=decoded.count)
    rows = csv.reader(io.StringIO(decoded), delimiter=delimiter)
    cut = (row[:_MAX_COLUMNS] for row, _ in zip(rows, range(_MAX_ROWS), strict=False))
    try:
        return Sheet(filename, tuple(tuple(cell.strip() for cell in row) for row in cut))
    except csv.Error as error:
        raise FiguresUnreadable(f"{filename}不是能读取的csv文件", f"{filename}: not a readable csv file") from error


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()
