"""What WeChat and WeCom push and take back: fields of XML or JSON, text messages, sealed bodies."""

from __future__ import annotations

import json
import secrets
from datetime import datetime

from api.bridge import xmlio
from api.bridge.adapters.base import Body
from api.bridge.crypto import Envelopes
from api.bridge.errors import BadMessage
from api.bridge.model import Inbound

XML = "application/xml; charset=utf-8"


def text_message(inbound: Inbound, text: str, now: datetime) -> str:
    """Return a text from the account to the person who wrote, as a passive answer holds it."""
    return xmlio.build(
        {
            "ToUserName": inbound.address.peer,
            "FromUserName": inbound.details.get("to", ""),
            "CreateTime": int(now.timestamp()),
            "MsgType": "text",
            "Content": text,
        }
    )


def sealed_body(envelopes: Envelopes, message: str, now: datetime) -> Body:
    """Return a message encrypted and signed anew."""
    sealed = envelopes.seal(message, str(int(now.timestamp())), secrets.token_hex(8))
    fields = {
        "Encrypt": sealed.encrypt,
        "MsgSignature": sealed.signature,
        "TimeStamp": int(sealed.timestamp),
        "Nonce": sealed.nonce,
    }
    return Body(xmlio.build(fields).encode(), XML)


def read_fields(body: bytes) -> xmlio.Fields:
    """Read XML, or JSON where the account is configured so. Raises `BadMessage`."""
    if len(body) > xmlio.LARGEST:
        raise BadMessage("the message is too large")
    if body.lstrip()[:1] != b"{":
        return xmlio.parse(body)
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadMessage("the message is not JSON") from error
    return {str(name): str(value) if isinstance(value, int | float) else value for name, value in told.items()}
