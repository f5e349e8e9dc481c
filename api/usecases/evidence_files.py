"""Where the files of evidence lie: outside the web root, below the enterprise's folder, named by their digest."""

from __future__ import annotations

import os
import re
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from api.errors import NotFound
from api.evidence.upload import Checked
from api.usecases.erase_enterprise import files_of

FOLDER = "evidence"
_DIGEST = re.compile(r"[0-9a-f]{64}")


def keep_file(files: Path, uscc: str, checked: Checked) -> Path:
    """Store a file; one with the same content is there once. It is whole or not there, also after a power cut."""
    target = _path(files, uscc, checked.sha256)
    if target.is_file():
        return target
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with NamedTemporaryFile(dir=target.parent, prefix=".", delete=False) as unfinished:
        unfinished.write(checked.content)
        unfinished.flush()
        os.fsync(unfinished.fileno())
    Path(unfinished.name).replace(target)
    return target


def read_file(files: Path, uscc: str, digest: str) -> bytes:
    """Return a file as it was uploaded. Raises `NotFound` where it is gone or was changed since."""
    path = _path(files, uscc, digest)
    content = path.read_bytes() if path.is_file() else b""
    if sha256(content).hexdigest() != digest:
        raise NotFound(
            "文件缺失或者被改动过，请联系管理员。", "The file is missing or was changed. Ask an administrator."
        )
    return content


def _path(files: Path, uscc: str, digest: str) -> Path:
    if not _DIGEST.fullmatch(digest):
        raise ValueError("not a digest")
    return files_of(files, uscc) / FOLDER / digest
