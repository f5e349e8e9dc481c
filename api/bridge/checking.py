"""Check channel accounts step by step: configuration, token, allow-list, permissions, and whether we are reached.

Nothing is sent to a person. A step that fails says what to do; the steps after it that need it are left out.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

import httpx2
from websockets.exceptions import InvalidHandshake, InvalidURI, WebSocketException
from websockets.sync.client import connect

from api.bridge.accounts import ChannelAccount
from api.bridge.adapters.base import Adapter
from api.bridge.adapters.wechat_oa import WechatOfficialAccount
from api.bridge.adapters.wecom_aibot import WecomBot, frame
from api.bridge.adapters.wecom_app import WecomApplication
from api.bridge.adapters.wecom_kf import WecomCustomerService
from api.bridge.botrun import read_frame
from api.bridge.calls import Platform
from api.bridge.crypto import Envelopes, signature_of
from api.bridge.model import Channel, SendOutcome
from api.store.base import new_id

ADVICE = {
    "40013": "app_id or corp_id is wrong",
    "40125": "the secret is wrong: reset it in the console and write it into the file",
    "40001": "the secret is wrong, or it belongs to another application",
    "40164": "our address is not in the IP allow-list (IP白名单) of the account",
    "61004": "our address is not in the IP allow-list (IP白名单) of the account",
    "60020": "our address is not among the trusted ones (企业可信IP) of the application",
    "48001": "the account has no permission for this interface: is it verified (认证)?",
    "301002": "agent_id does not belong to this secret",
    "token awaited too long": "another process holds the token: try again in ten seconds",
}
INTERFACES = {
    Channel.WECHAT_OA: "/cgi-bin/get_api_domain_ip",
    Channel.WECOM_APP: "/cgi-bin/agent/get",
    Channel.WECOM_KF: "/cgi-bin/kf/account/list",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what was looked at, how it went, and what to do."""

    name: str
    ok: bool
    says: str = ""


def check_account(
    adapter: Adapter,
    client: httpx2.Client,
    public_url: str,
    now: datetime,
    last_received: Callable[[str, str], datetime | None],
) -> Iterator[Step]:
    """Yield the steps of one account, each as soon as it is done."""
    account = adapter.account
    yield _configured(account)
    if isinstance(adapter, WecomBot):
        yield _bot_connects(account)
        return
    if isinstance(adapter, WechatOfficialAccount | WecomApplication | WecomCustomerService):
        yield _interface_answers(account, adapter.platform)
    elif account.send_url:
        yield Step("send_url", ok=True, says=account.send_url)
    yield _reached(account, client, public_url, now)
    last = last_received(account.channel, account.account)
    yield Step("last callback", ok=True, says=f"{last:%Y-%m-%d %H:%M} UTC" if last else "none yet")


def _configured(account: ChannelAccount) -> Step:
    keys = f", {len(account.aes_keys)} EncodingAESKey" if account.aes_keys else ""
    says = f"mode {account.mode}{keys}, {account.base or 'no interface'}"
    return Step("configuration", ok=True, says=says)


def _interface_answers(account: ChannelAccount, platform: Platform) -> Step:
    """A call that changes nothing: it needs a token, the allow-list and the right application."""
    query = {"agentid": str(account.agent_id)} if account.channel is Channel.WECOM_APP else {}
    called = platform.get(INTERFACES[account.channel], **query)
    if called.outcome is SendOutcome.SENT:
        return Step("token and allow-list", ok=True, says="the platform answers")
    advice = ADVICE.get(called.code, "see the return codes of the platform")
    return Step("token and allow-list", ok=False, says=f"{called.code}: {advice}")


def _reached(account: ChannelAccount, client: httpx2.Client, public_url: str, now: datetime) -> Step:
    """Ask our own public address as the platform would."""
    if not public_url:
        return Step("callback", ok=False, says="set CREDIT_PUBLIC_URL, the address the platform is to call")
    url = f"{public_url}/hooks/{account.channel}/{account.account}"
    if account.channel is Channel.WEBHOOK:
        return Step("callback", ok=True, says=f"{url} (signed by the other side; try it from there)")
    echo, query = _question(account, now)
    try:
        answer = client.get(f"{url}?{urlencode(query)}", timeout=5)
    except httpx2.HTTPError as error:
        return Step("callback", ok=False, says=f"{url} is not reached ({type(error).__name__}): is the server running?")
    if answer.status_code == 200 and answer.text == echo:
        return Step("callback", ok=True, says=f"{url} proves to be ours")
    advice = "does the running server have the same channels file?" if answer.status_code == 403 else "what answers?"
    return Step("callback", ok=False, says=f"{url} answers {answer.status_code}: {advice}")


def _question(account: ChannelAccount, now: datetime) -> tuple[str, dict[str, str]]:
    """The question with which the platform verifies an address, and the answer it expects."""
    token, time, nonce = account.token.get_secret_value(), str(int(now.timestamp())), secrets.token_hex(8)
    echo = str(secrets.randbelow(10**18))
    if account.channel is Channel.WECHAT_OA:
        given = {"signature": signature_of(token, time, nonce), "timestamp": time, "nonce": nonce, "echostr": echo}
        return echo, given
    sealed = Envelopes(token, account.aes_keys, [account.receiver]).seal(echo, time, nonce)
    return echo, {"msg_signature": sealed.signature, "timestamp": time, "nonce": nonce, "echostr": sealed.encrypt}


def _bot_connects(account: ChannelAccount) -> Step:
    """Connect once. It takes the place of a running server's connection, which comes back after a minute."""
    body = {"bot_id": account.bot_id, "secret": account.secret.get_secret_value()}
    try:
        with connect(account.base, open_timeout=5, close_timeout=1, ping_interval=None) as socket:
            socket.send(frame("aibot_subscribe", new_id(), body))
            code = read_frame(socket.recv(timeout=5)).get("errcode", 0)
    except (OSError, TimeoutError, InvalidHandshake, InvalidURI, WebSocketException) as error:
        return Step("connection", ok=False, says=f"{account.base}: {type(error).__name__}")
    if code:
        return Step("connection", ok=False, says=f"{code}: bot_id or secret is wrong")
    return Step("connection", ok=True, says="the bot is let in")
