"""Which official texts are held now: those of the data directory, and over them those of the newest edition."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.store import LibraryEdition, LibraryText
from knowledge.corpus import parse, read_text
from knowledge.library import composed
from knowledge.models import Provision


@dataclass(frozen=True)
class Texts:
    """The official texts as corpus files, by document; ``edition`` is 0 as long as nobody approved any."""

    edition: int
    contents: Mapping[str, str]

    @property
    def key(self) -> str:
        """The same for the same texts, whatever edition they are of."""
        digest = hashlib.sha256()
        for document_id, content in sorted(self.contents.items()):
            digest.update(f"{document_id}\0{content}\0".encode())
        return digest.hexdigest()

    def changed(self, changes: Mapping[str, str]) -> Texts:
        """Return the texts with some put in, and those whose content is empty taken out."""
        merged = {**self.contents, **changes}
        return Texts(self.edition, {name: content for name, content in merged.items() if content})


def newest_edition(session: Session) -> int:
    """Return the number of the edition in use, 0 where there is none."""
    return session.scalar(select(func.max(LibraryEdition.number))) or 0


def read_texts(session: Session, folder: Path) -> Texts:
    """Return the texts in use. Raises `CorpusError` where a file of the folder is not UTF-8."""
    newest = select(LibraryText.document_id, func.max(LibraryText.edition).label("edition")).group_by(
        LibraryText.document_id
    )
    latest = newest.subquery()
    statement = select(LibraryText).join(
        latest, (LibraryText.document_id == latest.c.document_id) & (LibraryText.edition == latest.c.edition)
    )
    changes = {text.document_id: text.content for text in session.scalars(statement)}
    return Texts(newest_edition(session), files_in(folder)).changed(changes)


def files_in(folder: Path) -> dict[str, str]:
    """Return the corpus files of a folder by document; none where there is no folder. Raises `CorpusError`."""
    return {path.stem: read_text(path) for path in sorted(folder.glob("*.md"))}


def library_of(shipped: Sequence[Provision], texts: Texts) -> list[Provision]:
    """Return everything that is held with these official texts. Raises `CorpusError`."""
    return composed(shipped, official_of(texts))


def official_of(texts: Texts) -> list[Provision]:
    """Return the provisions of the official texts. Raises `CorpusError`."""
    named = sorted(texts.contents.items())
    return [provision for name, content in named for provision in parse(content, f"{name}.md")]
