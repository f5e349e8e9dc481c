"""The channel accounts of an installation: read from one YAML file, refused when weak or incomplete."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator, model_validator

from api.bridge.crypto import decoded_key
from api.bridge.errors import ChannelsWrong
from api.bridge.model import Channel

BASES = {
    Channel.WECHAT_OA: "https://api.weixin.qq.com",
    Channel.WECOM_APP: "https://qyapi.weixin.qq.com",
    Channel.WECOM_KF: "https://qyapi.weixin.qq.com",
    Channel.WECOM_AIBOT: "wss://openws.work.weixin.qq.com",
}
# Where an AI bot's files may lie; `.host` stands for all below it. No other address in a message is followed.
MEDIA_HOSTS = ("ww-aibot-img-1258476243.cos.ap-guangzhou.myqcloud.com", ".weixin.qq.com")
OPEN_BASE = "https://open.weixin.qq.com"
ENVIRONMENT = "env:"
SHORTEST_WEBHOOK_SECRET = 32
_TOKEN = re.compile(r"[A-Za-z0-9]{3,32}")
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_NEEDED: Mapping[Channel, tuple[str, ...]] = {
    Channel.WECHAT_OA: ("app_id", "secret", "token", "encoding_aes_key"),
    Channel.WECOM_APP: ("corp_id", "agent_id", "secret", "token", "encoding_aes_key"),
    Channel.WECOM_KF: ("corp_id", "secret", "token", "encoding_aes_key"),
    Channel.WECOM_AIBOT: ("bot_id", "secret"),
    Channel.WEBHOOK: ("secret",),
}


class NoticeTemplate(BaseModel):
    """How one kind of notice is sent: which interface, which template, which of its fields gets which of ours."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    api: Literal["template", "subscribe"] = "template"
    template_id: str
    fields: dict[str, str] = Field(description="field of the template: field of the notice")


class ChannelAccount(BaseModel):
    """One account on a channel. ``account`` is its key in our addresses: /hooks/{channel}/{account}."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    channel: Channel
    account: str
    name: str = ""
    app_id: str = ""
    corp_id: str = ""
    agent_id: int | None = None
    bot_id: str = ""
    secret: SecretStr = SecretStr("")
    token: SecretStr = SecretStr("")
    encoding_aes_key: tuple[SecretStr, ...] = ()
    mode: Literal["safe", "compatible", "plain"] = "safe"
    api_base: str = ""
    open_base: str = OPEN_BASE
    send_url: str = ""
    # Points that need a real account to settle stay settings.
    text_bytes: int = Field(default=2048, ge=200, le=20480)
    passive_seconds: float = Field(default=4.0, gt=0, le=4.5)
    messages_per_window: int = Field(default=5, ge=1, le=20)
    window_hours: int = Field(default=48, ge=1, le=48)
    clock_window: int = Field(default=300, ge=30, le=3600)
    stable_token: bool = True
    media_hosts: tuple[str, ...] = MEDIA_HOSTS
    notices: dict[str, NoticeTemplate] = Field(default_factory=dict)

    @field_validator("encoding_aes_key", mode="before")
    @classmethod
    def _one_or_two(cls, value: object) -> object:
        return (value,) if isinstance(value, str) else value

    @field_validator("account")
    @classmethod
    def _in_an_address(cls, value: str) -> str:
        if not _NAME.fullmatch(value):
            raise ValueError("use small letters, digits, - and _")
        return value

    @model_validator(mode="after")
    def _complete(self) -> ChannelAccount:
        missing = [name for name in _NEEDED[self.channel] if not _given(getattr(self, name))]
        if missing:
            raise ValueError(f"{', '.join(missing)} needed")
        if self.token.get_secret_value() and not _TOKEN.fullmatch(self.token.get_secret_value()):
            raise ValueError("token must be 3 to 32 letters and digits")
        if len(self.encoding_aes_key) > 2:
            raise ValueError("encoding_aes_key: one, or the new and the old one")
        for key in self.encoding_aes_key:
            decoded_key(key.get_secret_value())
        if self.channel is Channel.WEBHOOK and len(self.secret.get_secret_value()) < SHORTEST_WEBHOOK_SECRET:
            raise ValueError(f"secret of a webhook needs at least {SHORTEST_WEBHOOK_SECRET} characters")
        if self.mode != "safe" and self.channel is not Channel.WECHAT_OA:
            raise ValueError("mode is a setting of official accounts only")
        return self

    @property
    def base(self) -> str:
        """The address of the platform's interface."""
        return (self.api_base or BASES.get(self.channel, "")).rstrip("/")

    @property
    def receiver(self) -> str:
        """Whom the platform names at the end of an encrypted message."""
        return self.app_id or self.corp_id

    @property
    def aes_keys(self) -> list[str]:
        """The keys of callbacks, the present one first."""
        return [key.get_secret_value() for key in self.encoding_aes_key]


def read_accounts(
    path: Path, *, production: bool, environment: Mapping[str, str] = os.environ
) -> tuple[ChannelAccount, ...]:
    """Return the accounts in a file. Raises `ChannelsWrong`, naming the account and what to do."""
    try:
        listed = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise ChannelsWrong(f"{path} cannot be read: {type(error).__name__}") from error
    if not isinstance(listed, list) or not all(isinstance(entry, dict) for entry in listed):
        raise ChannelsWrong(f"{path} must be a list of channel accounts")
    accounts = tuple(_account(entry, environment) for entry in listed)
    keys = [(account.channel, account.account) for account in accounts]
    for account in accounts:
        if keys.count((account.channel, account.account)) > 1:
            raise ChannelsWrong(f"{account.channel}/{account.account} stands twice in {path}")
        if production and account.mode != "safe":
            raise ChannelsWrong(
                f"{account.channel}/{account.account}: mode {account.mode} is refused in production, its signature "
                "does not cover the message. Choose 安全模式 in the console of the account and set mode: safe"
            )
    return accounts


def _account(entry: dict[str, Any], environment: Mapping[str, str]) -> ChannelAccount:
    named = f"{entry.get('channel')}/{entry.get('account')}"
    given = {name: _from_environment(value, environment, f"{named}: {name}") for name, value in entry.items()}
    try:
        return ChannelAccount.model_validate(given)
    except ValidationError as error:
        # Only places and reasons: the values may be secrets.
        problems = "; ".join(f"{'.'.join(map(str, p['loc']))} {p['msg']}".strip() for p in error.errors())
        raise ChannelsWrong(f"channel account {named}: {problems}") from None


def _from_environment(value: Any, environment: Mapping[str, str], named: str) -> Any:
    if isinstance(value, list):
        return [_from_environment(item, environment, named) for item in value]
    if not isinstance(value, str) or not value.startswith(ENVIRONMENT):
        return value
    variable = value.removeprefix(ENVIRONMENT)
    if not environment.get(variable):
        raise ChannelsWrong(f"{named} is to be taken from {variable}, which is not set")
    return environment[variable]


def _given(value: object) -> bool:
    if isinstance(value, SecretStr):
        return bool(value.get_secret_value())
    return value is not None and value != "" and value != ()
