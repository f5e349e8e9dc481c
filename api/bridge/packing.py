"""Write what was said as JSON and read it back: the form in which it lies sealed in our database."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from api.bridge.model import (
    Address,
    Card,
    Channel,
    Happening,
    Inbound,
    Media,
    MessageKind,
    Notice,
    Outbound,
    ReplyHandle,
)


def pack_inbound(inbound: Inbound) -> str:
    """Return a message as JSON."""
    address, media = inbound.address, inbound.media
    told = {  # by hand: `asdict` copies everything, and this is the path every callback takes
        "address": {"channel": address.channel, "account": address.account, "peer": address.peer},
        "dedupe_key": inbound.dedupe_key,
        "kind": inbound.kind,
        "occurred_at": inbound.occurred_at.isoformat(),
        "text": inbound.text,
        "event": inbound.event,
        "event_key": inbound.event_key,
        "media": asdict(media) if media else None,
        "handle": asdict(inbound.handle) if inbound.handle else None,
        "chat": inbound.chat,
        "details": dict(inbound.details),
        "id": inbound.id,
    }
    return json.dumps(told, ensure_ascii=False, default=_moment)


def unpack_inbound(packed: str) -> Inbound:
    """Return the message again."""
    told = json.loads(packed)
    address = told["address"]
    return Inbound(
        address=Address(Channel(address["channel"]), address["account"], address["peer"]),
        dedupe_key=told["dedupe_key"],
        kind=MessageKind(told["kind"]),
        occurred_at=datetime.fromisoformat(told["occurred_at"]),
        text=told["text"],
        event=Happening(told["event"]) if told["event"] else None,
        event_key=told["event_key"],
        media=Media(**told["media"]) if told["media"] else None,
        handle=unpack_handle(told["handle"]),
        chat=told["chat"],
        details=told["details"],
        id=told["id"],
    )


def pack_outbound(outbound: Outbound | None, handle: ReplyHandle | None = None) -> str:
    """Return what is to be said, and what it can be said with, as JSON."""
    told = {"said": asdict(outbound) if outbound else None, "handle": asdict(handle) if handle else None}
    return json.dumps(told, ensure_ascii=False, default=_moment)


def unpack_outbound(packed: str) -> tuple[Outbound | None, ReplyHandle | None]:
    """Return what is to be said again; None where nothing is."""
    told = json.loads(packed)
    said = told["said"]
    if said is None:
        return None, unpack_handle(told["handle"])
    notice = Notice(**said["notice"]) if said["notice"] else None
    shown = said.get("card")  # messages packed by an earlier version have neither card nor mark
    card = Card(shown["line"], tuple(shown["buttons"]), shown["mark"]) if shown else None
    outbound = Outbound(said["text"], tuple(said["choices"]), said["link"], notice, said.get("mark", ""), card)
    return outbound, unpack_handle(told["handle"])


def unpack_handle(told: Any) -> ReplyHandle | None:
    """Return what a message can be answered with."""
    if not told:
        return None
    until = datetime.fromisoformat(told["expires_at"]) if told["expires_at"] else None
    return ReplyHandle(told["kind"], told["value"], until)


def _moment(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be packed")
