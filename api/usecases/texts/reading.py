"""What does an uploaded text say? Read in a process of its own, within limits."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from api.errors import BadInput, TooLarge

ROOT = Path(__file__).parents[3]
MOST_BYTES = 20_000_000
SECONDS = 40
LONGEST_NAME = 200
_SURROUNDINGS = {"PYTHONUTF8": "1", "OPENBLAS_NUM_THREADS": "1"}
_AT_ONCE = BoundedSemaphore(1)


@dataclass(frozen=True)
class ReadText:
    """A file as its reader understood it: see `child.read`."""

    said: dict[str, Any]


def read_upload(content: bytes, name: str) -> ReadText:
    """Return what a file says. Raises `BadInput` and `TooLarge`, with what to do about it."""
    if len(content) > MOST_BYTES:
        raise TooLarge(f"文件超过{MOST_BYTES // 1_000_000}MB。", f"The file is over {MOST_BYTES // 1_000_000} MB.")
    if not content:
        raise BadInput("请选择文件。", "Choose a file.")
    shown = "".join(c for c in name[-LONGEST_NAME:] if c.isprintable()) or "?"
    command = [sys.executable, "-s", "-m", "api.usecases.texts.child", shown]
    with _AT_ONCE:
        try:
            done = subprocess.run(  # noqa: S603 - our own module
                command, input=content, capture_output=True, timeout=SECONDS, cwd=ROOT, env=_SURROUNDINGS, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise _broken() from error
    if done.returncode != 0 or not done.stdout:
        raise _broken()
    said = json.loads(done.stdout)
    if "zh" in said:
        raise BadInput(said["zh"], said["en"])
    return ReadText(said)


def _broken() -> BadInput:
    return BadInput(
        "这个文件无法在限定的时间和内存内读取。请另存为docx或者txt后再试。",
        "The file cannot be read within the limits of time and memory. Save it as docx or txt and try again.",
    )
