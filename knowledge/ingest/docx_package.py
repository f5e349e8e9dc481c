"""Is this package a Word file that can be unpacked without harm?"""

from __future__ import annotations

import zipfile
from io import BytesIO

from knowledge.ingest.blocks import MAX_PACKED_PARTS, MAX_PACKING_RATIO, MAX_UNPACKED_BYTES, MAX_XML_BYTES
from knowledge.ingest.errors import DamagedFile, EncryptedFile, FileTooLarge, UnknownType
from knowledge.packages import BROKEN_PACKAGE, declares_entities

_MAIN_PART = "word/document.xml"
_SMALL = 1_000_000


def damaged() -> DamagedFile:
    """Return the error for a Word file that cannot be opened."""
    return DamagedFile(
        "Word文件已损坏，无法打开。请在Word或WPS里打开并另存为docx后再试。",
        "The Word file is damaged. Please open it in a word processor, save it as docx again and retry.",
    )


def check_package(data: bytes) -> None:
    """Refuse a package that is no Word file, is encrypted, or unpacks to more than a text can be."""
    try:
        package = zipfile.ZipFile(BytesIO(data))
    except BROKEN_PACKAGE as error:
        raise damaged() from error
    with package:
        parts = package.infolist()
        if _MAIN_PART not in package.namelist():
            raise UnknownType(
                "这是压缩包或其他Office文件，不是Word文件。请提供docx、pdf、html、md或txt文件。",
                "This is an archive or another Office file, not a Word file. Please give docx, pdf, html, md or txt.",
            )
        if any(part.flag_bits & 1 for part in parts):
            raise EncryptedFile(
                "文件有密码保护。请先去掉密码，再添加。",
                "The file is protected by a password. Please remove the password first.",
            )
        _refuse_bombs(parts)
        _refuse_entities(package)


def _refuse_bombs(parts: list[zipfile.ZipInfo]) -> None:
    # The sizes are those the package claims; zipfile reads no part beyond its claimed size.
    packed_too_well = any(
        part.file_size > _SMALL and part.file_size > MAX_PACKING_RATIO * part.compress_size for part in parts
    )
    long_xml = any(part.file_size > MAX_XML_BYTES and part.filename.endswith((".xml", ".rels")) for part in parts)
    unpacked = sum(part.file_size for part in parts)
    if packed_too_well or long_xml or len(parts) > MAX_PACKED_PARTS or unpacked > MAX_UNPACKED_BYTES:
        megabytes = MAX_UNPACKED_BYTES // 1_000_000
        raise FileTooLarge(
            f"文件解压后过大（上限{megabytes}MB），不像是法规文本，已拒绝。请把正文另存为新的docx后再试。",
            f"The file unpacks to more than a legal text can be (limit {megabytes} MB). "
            "Please save the text as a new docx.",
        )


def _refuse_entities(package: zipfile.ZipFile) -> None:
    for name in package.namelist():
        if not name.endswith((".xml", ".rels")):
            continue
        try:
            content = package.read(name)
        except BROKEN_PACKAGE as error:
            raise damaged() from error
        if declares_entities(content):
            raise damaged()
