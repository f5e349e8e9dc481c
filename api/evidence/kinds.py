"""Which kinds of file are evidence, told from their content, never from their name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, get_args

from api.evidence.errors import MIXED, EvidenceRefused

Kind = Literal["pdf", "docx", "xlsx", "png", "jpeg"]
KINDS: tuple[Kind, ...] = get_args(Kind)
MOST_BYTES = 20_000_000
MEDIA_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "pdf": "application/pdf",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "png": "image/png",
        "jpeg": "image/jpeg",
    }
)
PACKAGE = b"PK\x03\x04"
_STARTS: tuple[tuple[bytes, Kind | Literal["package"]], ...] = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (PACKAGE, "package"),
)
_END_OF_PACKAGE = b"PK\x05\x06"
_TAIL = 66_000  # the end record of a zip archive lies in here, whatever its comment
WRONG_KIND = EvidenceRefused(
    "只接收pdf、docx、xlsx、png和jpg文件，按内容识别，改扩展名没有用。旧的doc、xls请另存为docx、xlsx。",
    "Only pdf, docx, xlsx, png and jpg files, judged by content, not by name. Save old doc and xls as docx and xlsx.",
)


def beginning(content: bytes) -> Kind | Literal["package"]:
    """Return what the content begins as. Raises `EvidenceRefused` for what is no evidence, or two things at once."""
    found = next((kind for start, kind in _STARTS if content.startswith(start)), None)
    if found is None:
        raise WRONG_KIND
    if found != "package" and _END_OF_PACKAGE in content[-_TAIL:]:
        raise MIXED
    return found


def check_size(size: int) -> None:
    """Raise `EvidenceRefused` for an empty or too large file."""
    if size == 0:
        raise EvidenceRefused("文件是空的。", "The file is empty.")
    if size > MOST_BYTES:
        most = MOST_BYTES // 1_000_000
        raise EvidenceRefused(f"文件超过{most}MB，请压缩或者拆分后再传。", f"The file is larger than {most} MB.")
