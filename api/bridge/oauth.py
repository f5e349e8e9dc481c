"""The platforms' own sign-in: who opened a page of ours within WeChat or WeCom.

Source: developers.weixin.qq.com, web authorisation (snsapi_base); developer.work.weixin.qq.com, path 91022. A code
works once. A snapshot user of WeChat has an invented name that is nobody: it is refused.
"""

from __future__ import annotations

from urllib.parse import urlencode

import httpx2

from api.bridge.accounts import ChannelAccount
from api.bridge.adapters.wechat_oa import WechatOfficialAccount
from api.bridge.adapters.wecom_app import WecomApplication
from api.bridge.calls import request
from api.bridge.errors import OauthRefused
from api.bridge.model import Address, Channel, SendOutcome

AGAIN = "这次没能确认身份，请回到“消息渠道”重新开始。"
SNAPSHOT = "您现在以微信的快照模式打开页面，不能确认身份。请点页面下方的“使用完整服务”，再重新开始。"
NOT_A_MEMBER = "您不是这个企业微信的成员，不能绑定。"


class SignIns:
    """Sign-in through one account."""

    def __init__(self, adapter: WechatOfficialAccount | WecomApplication, client: httpx2.Client) -> None:
        self._adapter = adapter
        self._client = client

    @property
    def _account(self) -> ChannelAccount:
        return self._adapter.account

    def page(self, back: str, state: str) -> str:
        """Return the address of the platform's page; parameters in this order, the fragment belongs to it."""
        account = self._account
        given = {"appid": account.receiver, "redirect_uri": back, "response_type": "code", "scope": "snsapi_base"}
        if account.channel is Channel.WECOM_APP:
            given |= {"agentid": str(account.agent_id)}
        asked = urlencode({**given, "state": state})
        return f"{account.open_base.rstrip('/')}/connect/oauth2/authorize?{asked}#wechat_redirect"

    def who_is(self, code: str) -> Address:
        """Return whom a code stands for. Raises `OauthRefused`."""
        if not code or len(code) > 512:
            raise OauthRefused(AGAIN)
        peer = self._openid(code) if self._account.channel is Channel.WECHAT_OA else self._member(code)
        return Address(self._account.channel, self._account.account, peer)

    def _openid(self, code: str) -> str:
        account = self._account
        given = {"appid": account.app_id, "secret": account.secret.get_secret_value(), "code": code}
        query = {**given, "grant_type": "authorization_code"}
        called = request(self._client, "GET", account.base + "/sns/oauth2/access_token", None, query)
        openid = called.body.get("openid")
        if called.outcome is not SendOutcome.SENT or not isinstance(openid, str) or not openid:
            raise OauthRefused(AGAIN)
        if called.body.get("is_snapshotuser"):
            raise OauthRefused(SNAPSHOT)
        return openid

    def _member(self, code: str) -> str:
        called = self._adapter.platform.get("/cgi-bin/auth/getuserinfo", code=code)
        if called.outcome is not SendOutcome.SENT:
            raise OauthRefused(AGAIN)
        member = called.body.get("userid") or called.body.get("UserId")
        if not isinstance(member, str) or not member:
            raise OauthRefused(NOT_A_MEMBER)
        return member
