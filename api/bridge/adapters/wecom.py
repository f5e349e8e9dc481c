"""What all WeCom accounts of an enterprise share: encrypted callbacks and the token of one application."""

from __future__ import annotations

from datetime import datetime

import httpx2

from api.bridge import xmlio
from api.bridge.accounts import ChannelAccount
from api.bridge.adapters.base import Body, Callback, check_time
from api.bridge.adapters.pushed import read_fields
from api.bridge.calls import Platform, as_fetched, request
from api.bridge.crypto import Envelopes
from api.bridge.errors import BadEnvelope
from api.bridge.tokens import Fetched, TokenSource, TokenStore, source_name

EMPTY = Body(b"")


class WecomCallbacks:
    """The callbacks of one WeCom account."""

    def __init__(self, account: ChannelAccount) -> None:
        self._account = account
        self.envelopes = Envelopes(account.token.get_secret_value(), account.aes_keys, [account.receiver])

    def verify(self, callback: Callback, now: datetime) -> str:
        """Return the decrypted text the platform sent. Raises `BadEnvelope`."""
        return self._opened(callback, callback.query.get("echostr", ""), now)

    def fields(self, callback: Callback, now: datetime) -> xmlio.Fields:
        """Return what was pushed. Raises `BadEnvelope`, `BadMessage`."""
        outer = read_fields(callback.body)
        encrypt = outer.get("Encrypt") or outer.get("encrypt")
        if not isinstance(encrypt, str):
            raise BadEnvelope("not encrypted")
        return read_fields(self._opened(callback, encrypt, now).encode())

    def _opened(self, callback: Callback, encrypt: str, now: datetime) -> str:
        query = callback.query
        timestamp = query.get("timestamp", "")
        check_time(timestamp, now, self._account.clock_window)
        return self.envelopes.open(encrypt, query.get("msg_signature", ""), timestamp, query.get("nonce", ""))


def wecom_platform(account: ChannelAccount, client: httpx2.Client, tokens: TokenStore) -> Platform:
    """Return the interface of an account; its token belongs to one enterprise and one application's secret."""
    secret = account.secret.get_secret_value()

    def fetch(_: str) -> Fetched:
        given = {"corpid": account.corp_id, "corpsecret": secret}
        return as_fetched(request(client, "GET", account.base + "/cgi-bin/gettoken", None, given))

    source = TokenSource(source_name(account.base, account.corp_id, secret), fetch)
    return Platform(client, account.base, account.channel, tokens, source)
