"""A WeChat official account (服务号): callbacks with passive answers, customer service messages, notices.

Source: developers.weixin.qq.com, message push, passive reply, customer service messages, template messages.
"""

from __future__ import annotations

from datetime import datetime

import httpx2

from api.bridge.accounts import ChannelAccount
from api.bridge.adapters.base import Body, Callback, Opened, check_time, kept_media
from api.bridge.adapters.pushed import XML, read_fields, sealed_body, text_message
from api.bridge.calls import Platform, as_fetched, request
from api.bridge.crypto import Envelopes, check_signature
from api.bridge.errors import BadEnvelope
from api.bridge.incoming import read_message
from api.bridge.media import FetchedMedia
from api.bridge.model import (
    Address,
    Capability,
    Channel,
    Inbound,
    Notice,
    Outbound,
    ReplyHandle,
    SendOutcome,
    SendResult,
)
from api.bridge.rendering import rendered
from api.bridge.tokens import Fetched, TokenSource, TokenStore, source_name

SUCCESS = Body(b"success")


class WechatOfficialAccount:
    """One official account."""

    def __init__(self, account: ChannelAccount, client: httpx2.Client, tokens: TokenStore) -> None:
        self.account = account
        self.capability = Capability(
            max_bytes=account.text_bytes,
            anchors=True,
            passive_seconds=account.passive_seconds,
            after_message=account.messages_per_window,
        )
        self._client = client
        self._token = account.token.get_secret_value()
        self._envelopes = Envelopes(self._token, account.aes_keys, [account.app_id])
        self.platform = Platform(client, account.base, Channel.WECHAT_OA, tokens, self._source())

    def verify(self, callback: Callback, now: datetime) -> str:
        """Return the text the platform sent, in every mode as it is."""
        query = callback.query
        check_time(query.get("timestamp", ""), now, self.account.clock_window)
        check_signature(query.get("signature", ""), self._token, query.get("timestamp", ""), query.get("nonce", ""))
        return query.get("echostr", "")

    def open(self, callback: Callback, now: datetime) -> Opened:
        """Return the message pushed. Configured safe, nothing that is not encrypted is read."""
        query = callback.query
        check_time(query.get("timestamp", ""), now, self.account.clock_window)
        if self.account.mode == "plain":
            check_signature(query.get("signature", ""), self._token, query.get("timestamp", ""), query.get("nonce", ""))
            fields = read_fields(callback.body)
        else:
            fields = read_fields(self._decrypted(callback).encode())
        return Opened((read_message(fields, Channel.WECHAT_OA, self.account.account, now),))

    def passive(self, inbound: Inbound, said: Outbound, now: datetime) -> Body:
        """Return a text message from the account to the person."""
        return self._sealed(text_message(inbound, rendered(said, self.capability), now), now)

    def acknowledgement(self) -> Body:
        """Return the word the platform waits for."""
        return SUCCESS

    def send(self, address: Address, said: Outbound, handle: ReplyHandle | None, key: str) -> SendResult:  # noqa: ARG002 - this channel has no key against repetition
        """Send a customer service message, or a notice by its template."""
        if said.notice is not None:
            return self._send_notice(address, said.notice, said.link, key)
        text = rendered(said, self.capability)
        called = self.platform.post(
            "/cgi-bin/message/custom/send",
            {"touser": address.peer, "msgtype": "text", "text": {"content": text}},
        )
        return called.as_result()

    def fetch(self, inbound: Inbound, now: datetime) -> FetchedMedia:
        """Return a picture or file that was sent to us."""
        return kept_media(self.platform, inbound, now)

    def _decrypted(self, callback: Callback) -> str:
        query = callback.query
        if not query.get("msg_signature"):
            raise BadEnvelope("not signed as an encrypted message")
        encrypt = read_fields(callback.body).get("Encrypt")
        if not isinstance(encrypt, str) or not encrypt:
            raise BadEnvelope("not encrypted")
        return self._envelopes.open(encrypt, query["msg_signature"], query.get("timestamp", ""), query.get("nonce", ""))

    def _sealed(self, message: str, now: datetime) -> Body:
        if self.account.mode == "plain":
            return Body(message.encode(), XML)
        return sealed_body(self._envelopes, message, now)

    def _send_notice(self, address: Address, notice: Notice, link: str, key: str) -> SendResult:
        template = self.account.notices.get(notice.kind)
        if template is None:
            return SendResult(SendOutcome.UNDELIVERABLE, "no template")
        values = {theirs: {"value": notice.fields.get(ours, "")[:20]} for theirs, ours in template.fields.items()}
        body: dict[str, object] = {"touser": address.peer, "template_id": template.template_id, "data": values}
        if template.api == "subscribe":
            return self.platform.post("/cgi-bin/message/subscribe/bizsend", {**body, "page": link}).as_result()
        called = self.platform.post("/cgi-bin/message/template/send", {**body, "url": link, "client_msg_id": key[:32]})
        return called.as_result(str(called.body.get("msgid", "")))

    def _source(self) -> TokenSource:
        account = self.account
        secret = account.secret.get_secret_value()

        def fetch(refused: str) -> Fetched:
            given = {"grant_type": "client_credential", "appid": account.app_id, "secret": secret}
            if not account.stable_token:
                return as_fetched(request(self._client, "GET", account.base + "/cgi-bin/token", None, given))
            stable = account.base + "/cgi-bin/stable_token"
            fetched = as_fetched(request(self._client, "POST", stable, given, {}))
            if refused and fetched.value == refused:
                forced = {**given, "force_refresh": True}
                fetched = as_fetched(request(self._client, "POST", stable, forced, {}))
            return fetched

        return TokenSource(source_name(account.base, account.app_id, secret), fetch)
