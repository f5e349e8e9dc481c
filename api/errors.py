"""Errors a person caused and can act on. Everything else stays a 500.

AppError
├── BadInput           400
├── NotSignedIn        401
│   └── Refused        401   a wrong password or code; leaves a trace in the audit log
├── NotAllowed         403
│   ├── FormExpired    403
│   ├── SecondFactorNeeded 403
│   └── ReasonNeeded   403
├── NotFound           404
├── Conflict           409
├── Gone               410   an address that was taken back
├── TooLarge           413
├── TooMany            429
├── NotReady           503
└── RecordsAway        503   the shared records cannot be read now; everything else works
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from api.db import KeepsWork


class AppError(Exception):
    """Carries the message shown to the user, in Chinese and English, and the HTTP status it maps to."""

    status: ClassVar[int] = 400
    code: ClassVar[str] = "error"

    def __init__(self, zh: str, en: str) -> None:
        self.zh = zh
        self.en = en
        super().__init__(en)

    @property
    def headers(self) -> Mapping[str, str]:
        """Headers that go with the answer."""
        return {}


class BadInput(AppError):
    """What was sent cannot be used; the message says which part."""

    status = 400
    code = "bad_input"


class NotSignedIn(AppError):
    """The address is for people who are signed in."""

    status = 401
    code = "not_signed_in"

    def __init__(self, zh: str = "请先登录。", en: str = "Please sign in first.") -> None:
        super().__init__(zh, en)


class Refused(NotSignedIn, KeepsWork):
    """A password or code is not right. The transaction is committed, so that the attempt is on record."""

    code = "refused"


class NotAllowed(AppError):
    """The person may not do this."""

    status = 403
    code = "not_allowed"

    def __init__(self, zh: str = "您没有权限进行这项操作。", en: str = "You are not allowed to do this.") -> None:
        super().__init__(zh, en)


class FormExpired(NotAllowed):
    """A form did not carry the token of a page of ours."""

    code = "form_expired"

    def __init__(self) -> None:
        super().__init__(
            "页面已经过期，请返回上一页刷新后再提交。", "The page has expired. Go back, reload it and submit again."
        )


class SecondFactorNeeded(NotAllowed):
    """The second step of the sign-in is outstanding."""

    code = "second_factor_needed"

    def __init__(self) -> None:
        super().__init__("请先完成第二步验证。", "Please complete the second step of signing in.")


class ReasonNeeded(NotAllowed):
    """A record is read by coordinator or officer, who has to say why first. ``uscc`` names it."""

    code = "reason_needed"

    def __init__(self, uscc: str) -> None:
        self.uscc = uscc
        super().__init__("查看企业记录前请先填写理由。", "Please give a reason before reading this record.")


class NotFound(AppError):
    """There is nothing under this address."""

    status = 404
    code = "not_found"


class Conflict(AppError):
    """The change does not fit what is there by now."""

    status = 409
    code = "conflict"


class Gone(AppError):
    """What was under this address was taken back."""

    status = 410
    code = "gone"


class TooLarge(AppError):
    """What was sent is too large."""

    status = 413
    code = "too_large"


class TooMany(AppError):
    """Too many requests; ``seconds`` says when to come back."""

    status = 429
    code = "too_many"

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        minutes = -(-seconds // 60)
        super().__init__(
            f"操作太频繁，请{minutes}分钟后再试。",
            f"Too many attempts. Please try again in {minutes} minute{'s' if minutes > 1 else ''}.",
        )

    @property
    def headers(self) -> Mapping[str, str]:
        """When to come back."""
        return {"Retry-After": str(self.seconds)}


class NotReady(AppError):
    """A part that the request needs is not available; the message says what to do."""

    status = 503
    code = "not_ready"


class RecordsAway(AppError):
    """The shared records cannot be read now."""

    status = 503
    code = "records_away"

    def __init__(self) -> None:
        super().__init__(
            "企业记录暂时读不到，请稍后再试；问规则不受影响。",
            "The records cannot be read at the moment. Please try again later; questions about the rules still work.",
        )
