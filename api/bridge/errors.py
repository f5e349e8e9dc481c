"""What can be wrong with a callback, a configuration or a call to a platform.

BridgeError
├── BadEnvelope     not signed by the platform, too old, or not for us: 403, nothing is read
├── BadMessage      signed, and still not a message: 400
├── SealBroken      a stored message cannot be opened with the installation's key
├── OauthRefused    the platform did not say who opened a page of ours
└── ChannelsWrong   the file of channel accounts cannot be used; refuses to start
"""

from __future__ import annotations


class BridgeError(Exception):
    """Something between a platform and us."""


class BadEnvelope(BridgeError):
    """The callback is not from the platform, not of now, or not for this account. One answer for all of these."""


class BadMessage(BridgeError):
    """The callback is from the platform, but its content is not a message."""


class ChannelsWrong(BridgeError):
    """A channel account is configured wrongly; the message names it and says what to do, without its secrets."""


class SealBroken(BridgeError):
    """A stored message cannot be opened with the key of the installation."""


class OauthRefused(BridgeError):
    """The platform did not say who it is; ``zh`` says so to the person."""

    def __init__(self, zh: str) -> None:
        self.zh = zh
        super().__init__(zh)
