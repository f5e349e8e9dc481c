"""Errors a person caused and can act on. Everything else stays a 500.

AppError
├── BadInput           400
├── NotFound           404
├── TooLarge           413
└── NotReady           503
"""

from __future__ import annotations

from typing import ClassVar


class AppError(Exception):
    """Carries the message shown to the user, in Chinese and English, and the HTTP status it maps to."""

    status: ClassVar[int] = 400
    code: ClassVar[str] = "error"

    def __init__(self, zh: str, en: str) -> None:
        self.zh = zh
        self.en = en
        super().__init__(en)


class BadInput(AppError):
    """What was sent cannot be used; the message says which part."""

    status = 400
    code = "bad_input"


class NotFound(AppError):
    """There is nothing under this address."""

    status = 404
    code = "not_found"


class TooLarge(AppError):
    """What was sent is too large."""

    status = 413
    code = "too_large"


class NotReady(AppError):
    """A part that the request needs is not available; the message says what to do."""

    status = 503
    code = "not_ready"
