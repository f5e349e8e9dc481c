"""The official texts as one file: written for another installation, and read from one with care."""

from __future__ import annotations

import json
import re
import zipfile
from hashlib import sha256
from io import BytesIO

from api.errors import BadInput, TooLarge
from api.library_texts import Texts
from api.store import TextDraft
from api.usecases.texts.desk import TextDesk
from knowledge.corpus import CorpusError, parse
from knowledge.packages import BROKEN_PACKAGE

MANIFEST = "manifest.json"
MOST_ARCHIVE = 20_000_000
MOST_UNPACKED = 60_000_000
MOST_FILES = 500
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,79}\.md")


def write_archive(texts: Texts) -> bytes:
    """Return the texts with a list of their digests."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        digests = {f"{name}.md": sha256(content.encode()).hexdigest() for name, content in texts.contents.items()}
        archive.writestr(MANIFEST, json.dumps({"edition": texts.edition, "texts": digests}, indent=1, sort_keys=True))
        for name, content in sorted(texts.contents.items()):
            archive.writestr(f"{name}.md", content)
    return target.getvalue()


def read_archive(content: bytes) -> dict[str, str]:
    """Return the texts of such a file by document. Raises `BadInput` and `TooLarge`; nothing is written anywhere."""
    if len(content) > MOST_ARCHIVE:
        raise TooLarge("文件太大。", "The file is too large.")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _check_sizes(archive)
            digests = json.loads(archive.read(MANIFEST))["texts"]
            texts = {name: archive.read(name) for name in archive.namelist() if name != MANIFEST}
    except (*BROKEN_PACKAGE, KeyError, TypeError) as error:
        raise BadInput(
            "这不是知识库导出的文件，或者已经损坏。", "This is no exported library, or it is damaged."
        ) from error
    return {name.removesuffix(".md"): _checked(name, raw, digests) for name, raw in texts.items()}


def begin_import(desk: TextDesk, texts: dict[str, str]) -> TextDraft:
    """Open what differs from the texts in use as one draft. Raises `BadInput` where nothing does."""
    work = desk.work
    changed = {name: content for name, content in texts.items() if desk.texts.contents.get(name, "") != content}
    if not changed:
        raise BadInput("文件里的文本都已经在使用。", "All texts of the file are in use already.")
    before = {name: desk.texts.contents.get(name, "") for name in changed}
    draft = TextDraft(
        act="import",
        state="draft",
        revision=1,
        document_id="",
        title=f"导入{len(changed)}份文本",
        facts={"replaces": []},
        body="",
        source={"before": before},
        texts=changed,
        base_edition=desk.texts.edition,
        editors=[work.who.account_id],
        made_at=work.now,
        changed_at=work.now,
        reason="",
    )
    work.session.add(draft)
    work.session.flush()
    work.note("library_import_read", draft.id, texts=len(changed))
    return draft


def _check_sizes(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_FILES + 1 or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise TooLarge("文件解开后太大。", "The file unpacks to too much.")
    names = [part.filename for part in parts]
    if len(set(names)) != len(names) or any(name != MANIFEST and not _NAME.fullmatch(name) for name in names):
        raise BadInput("文件里有不认识的内容。", "The file holds something that is no text.")


def _checked(name: str, raw: bytes, digests: dict[str, str]) -> str:
    if digests.get(name) != sha256(raw).hexdigest():
        raise BadInput(f"{name}与清单不符。", f"{name} does not fit the list of the file.")
    try:
        content = raw.decode()
        provisions = parse(content, name)
    except (UnicodeDecodeError, CorpusError) as error:
        raise BadInput(f"{name}不能读取。", f"{name} cannot be read: {error}") from error
    if not provisions or provisions[0].document.layer != "official":
        raise BadInput(f"{name}不是官方文本。", f"{name} is no official text.")
    return content
