"""What is said over a channel, in words that belong to no channel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from api.store.base import new_id


class Channel(StrEnum):
    """The kinds of channel accounts."""

    WECHAT_OA = "wechat_oa"
    WECOM_APP = "wecom_app"
    WECOM_KF = "wecom_kf"
    WECOM_AIBOT = "wecom_aibot"
    WEBHOOK = "webhook"


class MessageKind(StrEnum):
    """What came in."""

    TEXT = "text"
    IMAGE = "image"
    VOICE = "voice"
    VIDEO = "video"
    FILE = "file"
    LOCATION = "location"
    LINK = "link"
    EVENT = "event"
    UNKNOWN = "unknown"


class Happening(StrEnum):
    """What an event says, whatever the channel calls it."""

    FOLLOW = "follow"
    UNFOLLOW = "unfollow"
    MENU_CLICK = "menu_click"
    MENU_VIEW = "menu_view"
    SCAN = "scan"
    ENTER = "enter"
    CARD_ACTION = "card_action"
    SUBSCRIBE_RESULT = "subscribe_result"
    SEND_RESULT = "send_result"
    OTHER = "other"


class DeliveryState(StrEnum):
    """How the answer to a message reaches the person. A message without one is still to be answered."""

    PASSIVE = "passive"  # in the answer to the callback; the platform never confirms it
    QUEUED = "queued"  # left to the outbox
    NONE = "none"  # nothing is to be said


@dataclass(frozen=True, slots=True)
class Address:
    """Where a person is reached: a kind of account, the account's key in the configuration, the person there."""

    channel: Channel
    account: str
    peer: str


@dataclass(frozen=True, slots=True)
class Media:
    """A picture, a file or a recording that lies at the platform."""

    key: str
    url: str = ""
    aes_key: str = ""
    name: str = ""
    format: str = ""


@dataclass(frozen=True, slots=True)
class ReplyHandle:
    """What the platform gave to answer this very message with, and until when it is good."""

    kind: str
    value: str
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Inbound:
    """One message or event. ``dedupe_key`` is the same each time the platform delivers it."""

    address: Address
    dedupe_key: str
    kind: MessageKind
    occurred_at: datetime
    text: str = ""
    event: Happening | None = None
    event_key: str = ""
    media: Media | None = None
    handle: ReplyHandle | None = None
    chat: str = ""  # a group, where the channel has groups
    details: Mapping[str, str] = field(default_factory=dict)
    id: str = field(default_factory=new_id)


@dataclass(frozen=True, slots=True)
class Notice:
    """A message of a kind the platform was told about beforehand; ``fields`` fill its template."""

    kind: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Card:
    """Choices as buttons below a line; ``mark`` names what they were offered with."""

    line: str
    buttons: tuple[str, ...]
    mark: str


@dataclass(frozen=True, slots=True)
class Outbound:
    """What is said to a person: Markdown, choices that can be answered by number, a link to the whole.

    ``mark`` names it in its conversation, so that a click on one of its choices is known again. With a ``card``
    only that is shown.
    """

    text: str
    choices: tuple[str, ...] = ()
    link: str = ""
    notice: Notice | None = None
    mark: str = ""
    card: Card | None = None


@dataclass(frozen=True, slots=True)
class Capability:
    """What a channel can carry. ``max_bytes`` counts UTF-8; ``passive_seconds`` is None without passive answers."""

    max_bytes: int = 2048
    markdown: bool = False
    anchors: bool = False
    passive_seconds: float | None = None
    after_message: int | None = None  # messages in 48 hours after one of the person's; None: not limited
    per_minute: int | None = None
    per_hour: int | None = None
    cards: bool = False  # buttons for choices
    dedupes: bool = False  # the platform takes a key of ours and shows the same message once


class SendOutcome(StrEnum):
    """How an attempt to send ended."""

    SENT = "sent"
    LATER = "later"  # try again after a while
    UNDELIVERABLE = "undeliverable"  # not on this channel: take another way
    WRONG_CONTENT = "wrong_content"  # a fault of ours
    WRONG_CONFIG = "wrong_config"  # an administrator has to act
    UNKNOWN = "unknown"  # written, and no answer came: never sent again blindly


@dataclass(frozen=True, slots=True)
class SendResult:
    """How an attempt to send ended, and what the platform said."""

    outcome: SendOutcome
    code: str = ""
    message_id: str = ""
