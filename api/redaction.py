"""What never reaches a log: passwords, tokens, codes, keys, and whom a record is about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

HIDDEN = "***"
_NAMES = (
    r"password|passwd|secret|token|cookie|authorization|csrf|otp|recovery|verifier|credential|api_?key|"
    r"(?:\b|_)key|(?:\b|_)code"
)
_NAME = re.compile(_NAMES, re.I)
_SCHEME = re.compile(r"\b(bearer|basic)\s+\S+", re.I)
_PAIR = re.compile(rf"""((?:{_NAMES})\w*["']?\s*[=:]\s*)("[^"]*"|'[^']*'|[^\s"'&,;)}}\]]+)""", re.I)
_PATTERNS = (
    (re.compile(r"(\w+://)[^/\s@]+@"), rf"\1{HIDDEN}@"),  # user and password in an address
    (re.compile(r"otpauth://\S+"), f"otpauth://{HIDDEN}"),
    (re.compile(r"\[parameters: .*?\](?=\n|$)", re.S), f"[parameters: {HIDDEN}]"),  # values of a failed statement
    (re.compile(r"\b[A-Z2-9]{4}(?:-[A-Z2-9]{4}){2,3}\b"), HIDDEN),  # one-time and recovery codes
    (re.compile(r"\b[0-9A-HJ-NP-RTUW-Y]{2}\d{6}[0-9A-HJ-NP-RTUW-Y]{10}\b"), HIDDEN),  # GB 32100 credit codes
    (re.compile(r"[A-Za-z0-9_-]{40,}"), HIDDEN),  # tokens, digests and keys
)


def redact(_: object, __: str, event: Mapping[str, Any]) -> dict[str, Any]:
    """Take secrets out of an event, by the name of a field and by the look of a text (a structlog processor)."""
    return {name: _hidden(name, value) for name, value in event.items()}


def redacted_text(text: str) -> str:
    """Return a text without what looks like a secret."""
    text = _SCHEME.sub(rf"\1 {HIDDEN}", text)
    text = _PAIR.sub(rf"\1{HIDDEN}", text)
    for pattern, replacement in _PATTERNS:
        text = pattern.sub(replacement, text)
    return text


def _hidden(name: str, value: Any) -> Any:
    if _NAME.search(name) and value is not None:
        return HIDDEN
    if isinstance(value, str):
        return redacted_text(value)
    if isinstance(value, Mapping):
        return {key: _hidden(str(key), item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_hidden("", item) for item in value]
    if isinstance(value, BaseException):
        return redacted_text(f"{type(value).__name__}: {value}")
    return value
