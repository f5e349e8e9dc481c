"""The XML of callbacks: read without entities, written so that no text can break out of its field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from api.bridge.errors import BadMessage

LARGEST = 64 * 1024
DEEPEST = 4
_ENCODING = re.compile(r"""^\s*<\?xml[^>]*encoding\s*=\s*["']([^"']*)["']""", re.I)
# Everything XML 1.0 does not allow in a document, surrogates included.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Fields = dict[str, Any]


def parse(body: bytes) -> Fields:
    """Return the fields of a document by name: a text, or fields again. Of a repeated one the first counts.

    Raises `BadMessage` for what is too large, not UTF-8, not well-formed, or declares a document type.
    """
    if len(body) > LARGEST:
        raise BadMessage("the message is too large")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadMessage("the message is not UTF-8") from error
    declared = _ENCODING.match(text)
    if declared and declared[1].lower() not in ("utf-8", "utf8"):
        raise BadMessage("the message is not UTF-8")
    try:
        root = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise BadMessage("the message is not XML") from error
    return _fields(root, DEEPEST)


def _fields(element: Element, depth: int) -> Fields:
    found: Fields = {}
    for child in element:
        if child.tag not in found:
            found[child.tag] = _fields(child, depth - 1) if len(child) and depth else (child.text or "")
    return found


def build(fields: Mapping[str, Any]) -> str:
    """Return a document with these fields; texts as CDATA, numbers plain, fields within fields as elements."""
    return f"<xml>{_inner(fields)}</xml>"


def _inner(fields: Mapping[str, Any]) -> str:
    return "".join(f"<{name}>{_value(value)}</{name}>" for name, value in fields.items())


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return _inner(value)
    if isinstance(value, int):
        return str(value)
    text = _ILLEGAL.sub("", str(value)).replace("]]>", "]]]]><![CDATA[>")
    return f"<![CDATA[{text}]]>"
