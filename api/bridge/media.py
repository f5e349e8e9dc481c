"""Fetch a picture or file that lies at the platform: within limits, from the platform's own addresses only.

Sources: temporary media of official accounts and WeCom (`media/get`, kept for three days); files of an AI bot
(an address good for five minutes, AES-256-CBC with PKCS#7 to 32; developer.work.weixin.qq.com, path 100719).
"""

from __future__ import annotations

import binascii
import time
from base64 import b64decode
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from email.message import Message
from enum import StrEnum
from urllib.parse import urlsplit

import httpx2

from api.bridge.crypto import cbc_opened

MOST_BYTES = 20_000_000
KEPT_FOR = timedelta(days=3)
ADDRESS_GOOD_FOR = timedelta(minutes=5)
LONGEST_SECONDS = 20.0
PIECE = 64 * 1024
JSON_TYPES = ("application/json", "text/plain", "text/json")


class MediaOutcome(StrEnum):
    """How fetching ended."""

    FETCHED = "fetched"
    LATER = "later"  # try again: the platform keeps it a while yet
    GONE = "gone"  # the platform does not have it any more
    TOO_LARGE = "too_large"
    NOT_HERE = "not_here"  # this channel gives no files to us


@dataclass(frozen=True, slots=True)
class FetchedMedia:
    """A file as it was sent, or why it could not be fetched; ``code`` is for the log."""

    outcome: MediaOutcome
    content: bytes = b""
    name: str = ""
    code: str = ""
    told: bytes = b""  # what the platform says instead of a file


NOT_HERE = FetchedMedia(MediaOutcome.NOT_HERE)


def download(client: httpx2.Client, request: httpx2.Request, most: int = MOST_BYTES) -> FetchedMedia:
    """Fetch a file of at most so many bytes; nothing is followed elsewhere, and nothing unpacked."""
    # Not compressed: a small answer could become a large one.
    request.headers["accept-encoding"] = "identity"
    try:
        answer = client.send(request, stream=True, follow_redirects=False)
        try:
            return _read(answer, most)
        finally:
            answer.close()
    except httpx2.HTTPError as error:
        return FetchedMedia(MediaOutcome.LATER, code=type(error).__name__)


def _read(answer: httpx2.Response, most: int) -> FetchedMedia:
    code = f"HTTP {answer.status_code}"
    if answer.status_code >= 500 or answer.status_code == 429:
        return FetchedMedia(MediaOutcome.LATER, code=code)
    if answer.status_code != 200 or answer.headers.get("content-encoding", "identity") != "identity":
        return FetchedMedia(MediaOutcome.GONE, code=code)
    announced = answer.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > most:
        return FetchedMedia(MediaOutcome.TOO_LARGE, code="announced")
    until, content = time.monotonic() + LONGEST_SECONDS, bytearray()
    for piece in answer.iter_raw(PIECE):
        content += piece
        if len(content) > most:
            return FetchedMedia(MediaOutcome.TOO_LARGE, code="read")
        if time.monotonic() > until:
            return FetchedMedia(MediaOutcome.LATER, code="slow")
    if answer.headers.get("content-type", "").lower().startswith(JSON_TYPES):
        return FetchedMedia(MediaOutcome.GONE, code="refused", told=bytes(content))
    return FetchedMedia(MediaOutcome.FETCHED, bytes(content), _name(answer))


def _name(answer: httpx2.Response) -> str:
    disposition = Message()
    disposition["content-disposition"] = answer.headers.get("content-disposition", "")
    return disposition.get_filename("") or ""


def is_platforms(url: str, hosts: Collection[str]) -> bool:
    """Whether an address that came in a message is one of the platform's; `.host` stands for all below it."""
    parts = urlsplit(url)
    name = parts.hostname or ""
    own = any(name == host or (host.startswith(".") and name.endswith(host)) for host in hosts)
    return parts.scheme == "https" and own and parts.port in (None, 443) and "@" not in parts.netloc


def decrypted(content: bytes, aes_key: str) -> bytes | None:
    """Return a bot's file in the clear; None where key or content are not what they should be."""
    try:
        key = b64decode(aes_key + "=" * (-len(aes_key) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None
    return cbc_opened(key, content) if len(key) == 32 else None
