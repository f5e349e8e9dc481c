"""Write what a preview says, all of it or nothing.

Every file is first written whole under another name beside its place, then all are renamed. If a
rename fails, those already done are taken back.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile

from knowledge.corpus import FRONT, CorpusError, parse, read_text
from knowledge.ingest.add import Addition, Change
from knowledge.ingest.errors import PreviewOutdated
from knowledge.ingest.render import front_matter


def commit_addition(addition: Addition, folder: Path) -> tuple[Path, ...]:
    """Write the addition into ``folder`` and return the files written, the new one first.

    Raises `PreviewOutdated` where the folder is no longer as the preview saw it, and the plain
    `OSError` of a full disk or a missing right; in each case the folder is left as it was.
    """
    folder.mkdir(parents=True, exist_ok=True)
    new = folder / addition.file_name
    if new.exists():
        raise _outdated(addition.file_name)
    contents = {new: addition.content}
    for change in addition.changes:
        path = folder / f"{change.before.id}.md"
        contents[path] = _changed(path, change)
    _replace_all(contents)
    return tuple(contents)


def _changed(path: Path, change: Change) -> str:
    """Return the file with its new facts; its wording stays as it is, to the letter."""
    try:
        content = read_text(path)
        held = parse(content, path.name)
    except (OSError, CorpusError) as error:
        raise _outdated(path.name) from error
    match = FRONT.match(content)
    if match is None or not held or held[0].document != change.before:
        raise _outdated(path.name)
    changed = front_matter(change.after) + match["body"]
    parse(changed, path.name)
    return changed


def _replace_all(contents: dict[Path, str]) -> None:
    before = {path: path.read_bytes() if path.exists() else None for path in contents}
    written: list[tuple[Path, Path]] = []
    done: list[Path] = []
    try:
        for path, content in contents.items():
            written.append((_temporary(path, content.encode()), path))
        for temporary, path in written:
            os.replace(temporary, path)
            done.append(path)
    except OSError:
        _take_back(done, before)
        raise
    finally:
        for temporary, _ in written:
            temporary.unlink(missing_ok=True)


def _temporary(path: Path, content: bytes) -> Path:
    """Write ``content`` beside ``path``, where a rename is one step, under a name no corpus file has."""
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.stem}.", suffix=".part", delete=False) as file:
        temporary = Path(file.name)
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
    temporary.chmod(0o644)
    return temporary


def _take_back(done: Sequence[Path], before: dict[Path, bytes | None]) -> None:
    for path in done:
        content = before[path]
        if content is None:
            path.unlink(missing_ok=True)
        else:
            os.replace(_temporary(path, content), path)


def _outdated(name: str) -> PreviewOutdated:
    return PreviewOutdated(
        f"预览之后，知识库里的{name}有变化。没有写入任何内容，请重新预览。",
        f"{name} in the knowledge base changed after the preview. Nothing was written; please preview again.",
    )
