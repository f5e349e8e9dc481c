"""Check an uploaded file and say what it is: by content, in a process of its own, within limits."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import BoundedSemaphore

from api.evidence.errors import DAMAGED, EvidenceRefused
from api.evidence.kinds import Kind, beginning, check_size

ROOT = Path(__file__).parents[2]
SECONDS = 25
LONGEST_NAME = 120
_ENDINGS: Mapping[Kind, tuple[str, ...]] = {
    "pdf": (".pdf",),
    "docx": (".docx",),
    "xlsx": (".xlsx",),
    "png": (".png",),
    "jpeg": (".jpg", ".jpeg"),
}
_SURROUNDINGS = {"PYTHONUTF8": "1", "OPENBLAS_NUM_THREADS": "1"}
_AT_ONCE = BoundedSemaphore(2)  # each may take a processor and much memory
_NOT_IN_NAMES = frozenset('<>:"|?*')


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be kept, and what it says."""

    kind: Kind
    name: str
    size: int
    sha256: str
    text: str
    unread: str
    content: bytes


def check_upload(content: bytes, name: str) -> Checked:
    """Return the file as it may be kept. Raises `EvidenceRefused`."""
    check_size(len(content))
    said = _asked(content, beginning(content))
    kind: Kind = said["kind"]  # type: ignore[assignment]
    return Checked(
        kind, safe_name(name, kind), len(content), sha256(content).hexdigest(), said["text"], said["unread"], content
    )


def safe_name(name: str, kind: Kind) -> str:
    """Return a file name that is one: no path, no control or direction characters, the ending of its content."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(c for c in last if c not in _NOT_IN_NAMES and unicodedata.category(c)[0] not in "CZ" or c == " ")
    stem = " ".join(kept.split()).strip(". ")
    for ending in _ENDINGS[kind]:
        if stem.lower().endswith(ending):
            stem = stem[: -len(ending)].strip(". ")
    return f"{stem[:LONGEST_NAME].strip('. ') or '佐证材料'}{_ENDINGS[kind][0]}"


def _asked(content: bytes, begins_as: str) -> dict[str, str]:
    """What the process says that opens the file; one that breaks before it says a word means a damaged file."""
    command = [sys.executable, "-s", "-m", "api.evidence.child", begins_as]
    with _AT_ONCE:
        try:
            done = subprocess.run(  # noqa: S603 - our own module
                command, input=content, capture_output=True, timeout=SECONDS, cwd=ROOT, env=_SURROUNDINGS, check=False
            )
            written = done.stdout
        except subprocess.TimeoutExpired as error:
            written = error.stdout or b""
    lines = [json.loads(line) for line in written.splitlines(keepends=True) if line.endswith(b"\n")]
    if not lines:
        raise DAMAGED
    said: dict[str, str] = {"text": "", "unread": "no_text", **lines[0], **(lines[1] if len(lines) > 1 else {})}
    if "zh" in said:
        raise EvidenceRefused(said["zh"], said["en"])
    return said
