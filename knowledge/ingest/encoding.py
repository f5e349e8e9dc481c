"""Which characters do these bytes stand for?"""

from __future__ import annotations

import codecs
import re

from knowledge.ingest.errors import DamagedFile

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.I)
_CHINESE = {"gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk"}
_ENCODINGS = {"big5": "big5hkscs", "big5-hkscs": "big5hkscs", "utf-8": "utf-8", "utf8": "utf-8"}


def decode(data: bytes) -> str:
    """Return the text of ``data``: by its byte order mark, else UTF-8, else as it declares, else GB 18030.

    Raises `DamagedFile` where none of them fits without loss.
    """
    for encoding in _candidates(data):
        try:
            return data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    raise DamagedFile(
        "文件的文字编码无法识别，或者文件已损坏。请用UTF-8编码另存后再试。",
        "The character encoding of the file is not recognised, or the file is damaged. Please save it as UTF-8.",
    )


def _candidates(data: bytes) -> list[str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return [encoding]
    candidates = ["utf-8"]
    if declared := _DECLARED.search(data[:4096]):
        name = declared[1].decode("ascii").lower()
        candidates.append("gb18030" if name in _CHINESE else _ENCODINGS.get(name, "gb18030"))
    return [*candidates, "gb18030"]
