"""What `assess run` reads: JSON files and days. Whatever is wrong with them ends in one sentence, never a traceback."""

from __future__ import annotations

import json
import re
import sys
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from api.cli_output import fail

_MOST_BYTES = 5_000_000
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_object(path: Path) -> dict[str, Any]:
    """The JSON object in a file, or standard input for ``-``; ends the command where it is none."""
    content = _bytes(path)
    try:
        text = content.decode(json.detect_encoding(content)).removeprefix("\ufeff")
    except UnicodeDecodeError:
        fail(f"{path}不是UTF-8文本，请另存为UTF-8 / {path} is not UTF-8 text")
    try:
        found = json.loads(text, object_pairs_hook=_without_repeats, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        fail(f"{path}不是正确的JSON：{_reason(error)} / {path} is not valid JSON")
    if not isinstance(found, dict):
        fail(f"{path}里应当是一个JSON对象（花括号） / {path} must hold a JSON object")
    return found


def read_bytes(path: Path) -> bytes:
    """The content of a file of reasonable size; ends the command where it cannot be read."""
    return _bytes(path)


def read_day(written: str | None, today: date) -> date:
    """The day written as YYYY-MM-DD, by default today; ends the command for anything else."""
    if written is None:
        return today
    try:
        if not _DAY.fullmatch(written):
            raise ValueError
        return date.fromisoformat(written)
    except ValueError:
        fail(f"{written[:40]!r}不是日期，请写成YYYY-MM-DD / {written[:40]!r} is not a day: write YYYY-MM-DD")


def _bytes(path: Path) -> bytes:
    try:
        if str(path) == "-":
            content = sys.stdin.buffer.read(_MOST_BYTES + 1)
        else:
            with path.open("rb") as file:
                content = file.read(_MOST_BYTES + 1)
    except OSError as error:
        fail(f"{path}读不出来：{error.strerror} / {path} cannot be read")
    if len(content) > _MOST_BYTES:
        most = _MOST_BYTES // 1_000_000
        fail(f"{path}超过{most} MB / {path} is larger than {most} MB")
    return content


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"第{error.lineno}行第{error.colno}列 (line {error.lineno}, column {error.colno})"
    if isinstance(error, RecursionError):
        return "嵌套太深 (nested too deeply)"
    return str(error) if isinstance(error, _NotJson) else "数字太长 (a number is too long)"


class _NotJson(ValueError):
    """JSON that Python would read, but that says two things at once or no number."""


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _NotJson(f"{twice[:40]!r}出现两次 (stands there twice)")
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise _NotJson(f"{name}不是数字 (is not a number)")
