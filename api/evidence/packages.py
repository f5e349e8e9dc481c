"""Is this package a Word or Excel file that can be opened without harm?"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from api.evidence.errors import ACTIVE, DAMAGED, ENCRYPTED, MIXED, UNPACKS_TOO_LARGE
from api.evidence.kinds import WRONG_KIND, Kind
from knowledge.packages import BROKEN_PACKAGE, declares_entities

MOST_PARTS = 2_000
MOST_UNPACKED = 200_000_000
MOST_XML = 60_000_000
MOST_RATIO = 200
SMALL = 1_000_000
_MAIN: tuple[tuple[str, Kind, bytes], ...] = (
    ("word/document.xml", "docx", b"wordprocessingml.document.main+xml"),
    ("xl/workbook.xml", "xlsx", b"spreadsheetml.sheet.main+xml"),
)
_XML = (".xml", ".rels", ".vml")
_ACTIVE_PARTS = re.compile(r"vbaProject|vbaData|activeX|/ctrlProps/|customUI|\.bin$|/externalLinks/", re.I)
_PLAIN_BIN = re.compile(r"printerSettings\d*\.bin$", re.I)
_EMBEDDED = re.compile(r"/embeddings/(?!.*\.xlsx$)", re.I)
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>", re.I)
_EXTERNAL = re.compile(rb"TargetMode\s*=\s*[\"']External", re.I)
_HYPERLINK = re.compile(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']", re.I)
_FIELD = re.compile(rb"<(?:\w+:)?instrText[^>]*>([^<]*)<", re.I)
_FIELD_ATTRIBUTE = re.compile(rb"instr\s*=\s*[\"']([^\"']*)[\"']", re.I)


def kind_of_package(content: bytes) -> Kind:
    """Return docx or xlsx. Raises `EvidenceRefused` for any other or harmful package."""
    try:
        package = zipfile.ZipFile(BytesIO(content))
    except BROKEN_PACKAGE as error:
        raise DAMAGED from error
    with package:
        parts = package.infolist()
        _refuse_shape(content, package, parts)
        kind = _main_part(package)
        for part in parts:
            _check_part(package, part)
    return kind


def _refuse_shape(content: bytes, package: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename for part in parts]
    if any(part.flag_bits & 1 for part in parts):
        raise ENCRYPTED
    # The sizes are those the package claims; zipfile reads no part beyond its claimed size.
    too_well = any(part.file_size > SMALL and part.file_size > MOST_RATIO * part.compress_size for part in parts)
    unpacked = sum(part.file_size for part in parts)
    if too_well or len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED:
        raise UNPACKS_TOO_LARGE
    # Two parts of one name read differently in different programs; parts outside the package are no parts.
    if len(set(names)) != len(names) or any(_leaves(name) for name in names):
        raise DAMAGED
    if len(package.comment) > 0 or content.count(b"PK\x05\x06") > 1:
        raise MIXED


def _leaves(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ".." in name.split("/") or ":" in name


def _main_part(package: zipfile.ZipFile) -> Kind:
    names, types = set(package.namelist()), _read(package, "[Content_Types].xml")
    for main, kind, media_type in _MAIN:
        if main in names:
            if media_type not in types:
                raise ACTIVE  # a macro-enabled or template type under an ordinary name
            return kind
    raise WRONG_KIND


def _check_part(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    name = part.filename
    if (_ACTIVE_PARTS.search(name) and not _PLAIN_BIN.search(name)) or _EMBEDDED.search(f"/{name}"):
        raise ACTIVE
    if not name.lower().endswith(_XML):
        return
    if part.file_size > MOST_XML:
        raise UNPACKS_TOO_LARGE
    content = _read(package, name)
    if declares_entities(content):
        raise DAMAGED
    plain = content.replace(b"\0", b"")  # as in encodings of two bytes a character
    if name.endswith(".rels") and any(_fetches(found[0]) for found in _RELATION.finditer(plain)):
        raise ACTIVE
    fields = b"".join(found[1] for found in _FIELD.finditer(plain)) + b"".join(_FIELD_ATTRIBUTE.findall(plain))
    if re.search(rb"\bDDE(?:AUTO)?\b", fields, re.I):
        raise ACTIVE


def _fetches(relation: bytes) -> bool:
    """Whether a relation makes a program fetch something; a hyperlink waits to be clicked."""
    return bool(_EXTERNAL.search(relation)) and not _HYPERLINK.search(relation)


def _read(package: zipfile.ZipFile, name: str) -> bytes:
    try:
        return package.read(name)
    except KeyError:
        return b""
    except BROKEN_PACKAGE as error:
        raise DAMAGED from error
