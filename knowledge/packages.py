"""What reading a Word or Excel package can raise, and whether its XML declares what no office program writes."""

from __future__ import annotations

import lzma
import zipfile
import zlib

# RuntimeError is a part that wants a password, or one packed in a way zipfile does not know.
BROKEN_PACKAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, RuntimeError)


def declares_entities(xml: bytes) -> bool:
    """Whether XML has a document type: office programs never write one, and entities can expand without end."""
    # Encodings of two bytes a character would hide the words, so the zeros are taken out first.
    plain = xml.replace(b"\0", b"").upper()
    return b"<!DOCTYPE" in plain or b"<!ENTITY" in plain
