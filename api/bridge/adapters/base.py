"""What every kind of channel account can do for us, and what its callbacks share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from urllib.parse import unquote

from api.bridge.accounts import ChannelAccount
from api.bridge.calls import Platform
from api.bridge.errors import BadEnvelope
from api.bridge.media import KEPT_FOR, NOT_HERE, FetchedMedia, MediaOutcome
from api.bridge.model import Address, Capability, Inbound, Outbound, ReplyHandle, SendResult

MOST_PARAMETERS = 20
LONGEST_PARAMETER = 1024


@dataclass(frozen=True, slots=True)
class Callback:
    """A callback as it arrived."""

    query: Mapping[str, str]
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Body:
    """What a callback is answered with."""

    content: bytes
    media_type: str = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Pull:
    """The platform says that messages lie ready: where, and the word with which they are fetched."""

    place: str
    word: str


@dataclass(frozen=True, slots=True)
class Opened:
    """What a callback held."""

    inbounds: tuple[Inbound, ...] = ()
    pull: Pull | None = None


class Adapter(Protocol):
    """One channel account."""

    account: ChannelAccount
    capability: Capability

    def verify(self, callback: Callback, now: datetime) -> str:
        """Return what proves to the platform that the address is ours. Raises `BadEnvelope`."""

    def open(self, callback: Callback, now: datetime) -> Opened:
        """Return what a callback holds. Raises `BadEnvelope`, `BadMessage`."""

    def passive(self, inbound: Inbound, said: Outbound, now: datetime) -> Body:
        """Return an answer in the form in which it can answer the callback."""

    def acknowledgement(self) -> Body:
        """Return what tells the platform that nothing more comes with this answer."""

    def send(self, address: Address, said: Outbound, handle: ReplyHandle | None, key: str) -> SendResult:
        """Send something; ``key`` is the same each time for the same thing."""

    def fetch(self, inbound: Inbound, now: datetime) -> FetchedMedia:
        """Return the file of a message, or why it cannot be had."""


def kept_media(platform: Platform, inbound: Inbound, now: datetime) -> FetchedMedia:
    """Return a file that lies at WeChat or WeCom under its number, for three days."""
    if inbound.media is None or not inbound.media.key:
        return NOT_HERE
    if now > inbound.occurred_at + KEPT_FOR:
        return FetchedMedia(MediaOutcome.GONE, code="kept for three days")
    return platform.download("/cgi-bin/media/get", media_id=inbound.media.key)


def parameters(query_string: bytes) -> dict[str, str]:
    """Return the parameters of an address; of a repeated one the first counts.

    A raw ``+`` stays one: the platforms put Base64 into their addresses, and not all of them encode it.
    """
    found: dict[str, str] = {}
    for pair in query_string.decode("ascii", "replace").split("&", MOST_PARAMETERS)[:MOST_PARAMETERS]:
        name, _, value = pair.partition("=")
        if name not in found:
            found[unquote(name)] = unquote(value)[:LONGEST_PARAMETER].replace(" ", "+")
    return found


def check_time(timestamp: str, now: datetime, window: int) -> None:
    """Refuse a callback that is not of now: the protocol itself would accept an old one for ever."""
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        raise BadEnvelope("the time is not one")
    if abs(now.timestamp() - int(timestamp)) > window:
        raise BadEnvelope("the time is too far from ours")
