"""What a file says: its text for searching, within limits of time and size."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO

from api.evidence.kinds import Kind

MOST_CHARACTERS = 200_000
MOST_SECONDS = 6.0
MOST_ROWS = 20_000
MOST_COLUMNS = 200
PAGE = "\f"  # begins every page of a document, or sheet of a workbook, after the first


@dataclass(frozen=True, slots=True)
class Read:
    """The text of a file. ``unread`` says why there is none or not all: ``picture``, ``no_text``, ``cut``."""

    text: str
    unread: str = ""


def read_text(content: bytes, kind: Kind) -> Read:
    """Return what a file says. A parser that breaks raises whatever it raises."""
    if kind == "pdf":
        return _gathered(_pdf(content))
    if kind == "docx":
        return _gathered(_docx(content))
    if kind == "xlsx":
        return _gathered(_xlsx(content))
    return Read("", "picture")


def _gathered(pieces: Iterable[str]) -> Read:
    until, texts, length, cut = time.monotonic() + MOST_SECONDS, [], 0, False
    for piece in pieces:
        lead = PAGE if piece.startswith(PAGE) else ""
        texts.append(lead + piece.replace("\0", "").replace(PAGE, " ").strip())
        length += len(piece)
        if length > MOST_CHARACTERS or time.monotonic() > until:
            cut = True
            break
    text = "\n".join(filter(None, texts))[:MOST_CHARACTERS]
    # Half a surrogate pair is no text and would not go into a database.
    text = text.encode("utf-8", "ignore").decode()
    text = text if text.strip() else ""  # pages without a word
    return Read(text, "cut" if cut else "" if text else "no_text")


def _pdf(content: bytes) -> Iterator[str]:
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted:
        reader.decrypt("")
    for number, page in enumerate(reader.pages):
        yield (PAGE if number else "") + page.extract_text()


def _docx(content: bytes) -> Iterator[str]:
    from docx import Document
    from docx.table import Table

    for block in Document(BytesIO(content)).iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                yield "\t".join(cell.text for cell in row.cells)
        else:
            yield block.text


def _xlsx(content: bytes) -> Iterator[str]:
    import openpyxl

    # data_only: what a formula gave when the file was saved; nothing is calculated here.
    book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    for number, sheet in enumerate(book.worksheets):
        yield (PAGE if number else "") + sheet.title
        for row in sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True):
            yield "\t".join("" if value is None else str(value) for value in row).strip()
