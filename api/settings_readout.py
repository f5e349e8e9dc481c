"""The settings of an installation as administrators may see them: no secret, not even a part of one."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import SecretStr

from api.settings import Settings

Origin = Literal["environment", "file", "default"]
_PREFIX = "CREDIT_"
_SECRET = re.compile("secret|token|password|_key$")


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One setting. ``value`` is empty for a secret; ``is_set`` says whether it has one."""

    name: str
    value: str
    default: str
    origin: Origin
    is_secret: bool
    is_set: bool


def read_out(settings: Settings, environment: Mapping[str, str] | None = None) -> tuple[SettingRow, ...]:
    """Return every setting by the name people set it by, and where it comes from."""
    environment = os.environ if environment is None else environment
    in_environment = {name.upper() for name in environment}
    rows = []
    for name, field in Settings.model_fields.items():
        shown, value = f"{_PREFIX}{name.upper()}", getattr(settings, name)
        is_secret = isinstance(value, SecretStr) or _SECRET.search(name) is not None
        origin: Origin = "default"
        if name in settings.model_fields_set:
            origin = "environment" if shown in in_environment else "file"
        default = "" if is_secret else _text(field.default)
        rows.append(SettingRow(shown, "" if is_secret else _text(value), default, origin, is_secret, value is not None))
    return tuple(rows)


def _text(value: Any) -> str:
    """Return a value without user, password and query where it is an address: any of them can hold a secret."""
    text = "" if value is None else str(value)
    if "://" not in text:
        return text
    parts = urlsplit(text)
    host = parts.netloc.rpartition("@")[2]
    hidden = "***@" if "@" in parts.netloc else ""
    query = "?***" if parts.query or parts.fragment else ""
    return f"{parts.scheme}://{hidden}{host}{parts.path}{query}"
