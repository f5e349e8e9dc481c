"""What kind of file is this, and what lines does it hold?

The content decides, never the name: a program called law.docx is refused.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from knowledge.ingest.blocks import MAX_BYTES, MAX_CHARACTERS, Block, FileType, OnPage, Remark, Source, too_much_text
from knowledge.ingest.characters import clean
from knowledge.ingest.encoding import decode
from knowledge.ingest.errors import (
    EmptyFile,
    EncryptedFile,
    FileNotReadable,
    FileTooLarge,
    OldFormat,
    UnknownType,
)
from knowledge.ingest.read_docx import read_docx
from knowledge.ingest.read_html import read_html
from knowledge.ingest.read_pdf import read_pdf
from knowledge.ingest.read_text import read_markdown, read_txt

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_UTF16_OR_32 = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")
_HTML_START = re.compile(
    r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|div|p|table|meta)\b", re.I | re.S
)
_HTML_TAG = re.compile(r"</(?:p|div|td|span|body)>", re.I)
_MARKDOWN = re.compile(r"^(?:#{1,6} +\S|\*\*第)", re.M)
_MAX_NAME = 120


def read_source(path: Path, on_page: OnPage | None = None) -> Source:
    """Return the text of the file at ``path``. Raises an `UnreadableFile` that says why not and what to do."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _too_large()
        data = path.read_bytes()
    except OSError as error:
        raise FileNotReadable(
            f"无法读取文件：{path.name}。请检查路径和权限。",
            f"The file cannot be read: {path.name}. Please check its path and permissions.",
        ) from error
    return read_bytes(data, path.name, on_page)


def read_bytes(data: bytes, name: str, on_page: OnPage | None = None) -> Source:
    """Return the text of a file given as bytes; ``name`` is shown to people and decides nothing."""
    if len(data) > MAX_BYTES:
        raise _too_large()
    if not data.strip():
        raise EmptyFile
    kind = _type(data)
    blocks: list[Block]
    remarks: list[Remark] = []
    if kind == "pdf":
        blocks, remarks = read_pdf(data, on_page)
    elif kind == "docx":
        blocks, remarks = read_docx(data)
    else:
        kind, blocks, remarks = _read_text(data)
    if not blocks:
        raise EmptyFile
    # A name can carry a path, line breaks or marks that turn the writing direction.
    shown = clean(re.split(r"[/\\]", name)[-1])[:_MAX_NAME] or "?"
    return Source(shown, hashlib.sha256(data).hexdigest(), kind, tuple(blocks), tuple(remarks))


def _type(data: bytes) -> FileType:
    """Return pdf or docx by signature, else txt for anything that can be text."""
    head = data[:1024]
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith((b"PK\3\4", b"PK\5\6")):
        return "docx"
    if head.startswith(_OLE):
        raise _old_office(data)
    if head.lstrip().startswith(b"{\\rtf"):
        raise _old_format("RTF")
    if head.startswith(_PROGRAMS):
        raise _unknown("这是程序文件，不是文档。", "This is a program, not a document.")
    if head.startswith(_IMAGES):
        raise _unknown("这是图片。请先做文字识别（OCR）。", "This is an image. Run text recognition (OCR) first.")
    if b"\0" in data and not head.startswith(_UTF16_OR_32):
        raise _unknown("无法识别文件类型。", "The type of the file is not recognised.")
    return "txt"


def _read_text(data: bytes) -> tuple[FileType, list[Block], list[Remark]]:
    text = decode(data)
    if len(text) > 4 * MAX_CHARACTERS:  # markup included
        raise too_much_text()
    if "\0" in text:
        raise _unknown("无法识别文件类型。", "The type of the file is not recognised.")
    if _HTML_START.match(text.lstrip("\ufeff")[:4096]):
        return "html", *read_html(text)
    if _MARKDOWN.search(text):
        return "md", read_markdown(text), []
    if len(_HTML_TAG.findall(text[:100_000])) >= 3:
        return "html", *read_html(text)
    return "txt", read_txt(text), []


def _old_office(data: bytes) -> EncryptedFile | OldFormat | UnknownType:
    if _ENCRYPTED_STREAM in data:
        return EncryptedFile(
            "Office文件有密码保护。请在Word或WPS里去掉密码，再添加。",
            "The Office file is protected by a password. Please remove it in a word processor first.",
        )
    if _WORD_STREAM in data:
        return _old_format("doc")
    return _unknown(
        "这是旧版Office文件，但不是Word文档。",
        "This is an older Office file, but no Word document.",
    )


def _old_format(name: str) -> OldFormat:
    return OldFormat(
        f"这是旧的{name}格式。请在Word或WPS里另存为docx，再添加。",
        f"This is the older format {name}. Please save it as docx in a word processor, then add it.",
    )


def _unknown(zh: str, en: str) -> UnknownType:
    return UnknownType(
        f"{zh}请提供docx、pdf、html、md或txt文件。", f"{en} Please give a docx, pdf, html, md or txt file."
    )


def _too_large() -> FileTooLarge:
    megabytes = MAX_BYTES // 1_000_000
    return FileTooLarge(
        f"文件太大（上限{megabytes}MB）。请只保留正文，去掉图片后再试。",
        f"The file is too large (limit {megabytes} MB). Please keep the text only, without pictures.",
    )
