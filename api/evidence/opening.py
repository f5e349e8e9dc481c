"""Can this file be opened, and does opening it only show it?"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from api.evidence.errors import ACTIVE, DAMAGED, ENCRYPTED, EvidenceRefused
from api.evidence.kinds import Kind

MOST_PAGES = 500
MOST_PIXELS = 80_000_000
_RUNS = ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition")


def check_file(content: bytes, kind: Kind) -> None:
    """Raise `EvidenceRefused` for a file that cannot be opened or that does something when it is.

    Packages were looked into before (`packages.py`); here they have to open as what they are.
    """
    if kind == "pdf":
        _check_pdf(content)
    elif kind in ("png", "jpeg"):
        _check_picture(content, kind)
    else:
        _check_package(content, kind)


def _check_pdf(content: bytes) -> None:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ENCRYPTED
        pages = len(reader.pages)
        if pages == 0:
            raise DAMAGED
        if pages > MOST_PAGES:
            raise EvidenceRefused(f"PDF超过{MOST_PAGES}页，请拆分后再传。", f"The PDF has over {MOST_PAGES} pages.")
        if _runs_on_opening(reader.root_object) or any(_runs_on_page(page) for page in reader.pages):
            raise ACTIVE
    except (PyPdfError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise DAMAGED from error


def _runs_on_opening(root: Any) -> bool:
    names = resolved(root.get("/Names")) or {}
    return "/JavaScript" in names or "/EmbeddedFiles" in names or "/AA" in root or _runs(root.get("/OpenAction"))


def _runs_on_page(page: Any) -> bool:
    notes = [resolved(note) for note in resolved(page.get("/Annots")) or ()]
    return "/AA" in page or any("/AA" in note or _runs(note.get("/A")) for note in notes if isinstance(note, dict))


def resolved(found: Any) -> Any:
    """Return what a reference inside a PDF stands for."""
    return found.get_object() if hasattr(found, "get_object") else found


def _runs(action: Any) -> bool:
    """Whether an action runs a script or a program, or sends something; jumping to a page or address does not."""
    found = resolved(action)
    return isinstance(found, dict) and found.get("/S") in _RUNS


def _check_package(content: bytes, kind: Kind) -> None:
    import openpyxl
    from docx import Document

    try:
        if kind == "docx":
            Document(BytesIO(content))
        else:
            openpyxl.load_workbook(BytesIO(content), read_only=True, keep_links=False)
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError, OSError) as error:
        raise DAMAGED from error  # SyntaxError: what lxml calls broken XML


def _check_picture(content: bytes, kind: Kind) -> None:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(content), formats=(kind.upper(),)) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                raise EvidenceRefused("图片像素过大，请缩小后再传。", "The picture is too large: please reduce it.")
            picture.verify()
    except EvidenceRefused:
        raise
    except (UnidentifiedImageError, SyntaxError, ValueError, OSError, Image.DecompressionBombError) as error:
        raise DAMAGED from error
