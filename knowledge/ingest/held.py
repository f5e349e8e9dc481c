"""What the knowledge base already holds, as far as adding a text must know."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.ingest.document_numbers import same_number
from knowledge.ingest.errors import AlreadyHeld
from knowledge.ingest.law import text_hash
from knowledge.ingest.metadata import Metadata
from knowledge.ingest.titles import title_key
from knowledge.models import OPEN_END, Document, Provision


@dataclass(frozen=True)
class Held:
    """A document of the knowledge base and, for an official text, the hash of its articles."""

    document: Document
    text_hash: str = ""

    @property
    def official(self) -> bool:
        """Whether it is an official text."""
        return self.document.layer == "official"


def held_documents(provisions: Iterable[Provision]) -> tuple[Held, ...]:
    """Return the documents these provisions come from, restatements and official texts."""
    documents: dict[tuple[str, str], Document] = {}
    articles: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for provision in provisions:
        key = (provision.document.layer, provision.document.id)
        documents[key] = provision.document
        if provision.anchor_id.startswith(("art-", "item-")):
            articles.setdefault(key, []).append((provision.anchor_id, provision.official_text))
    return tuple(
        Held(document, text_hash(articles.get(key, ())) if document.layer == "official" else "")
        for key, document in documents.items()
    )


def refuse_duplicate(law_hash: str, metadata: Metadata, held: Sequence[Held]) -> None:
    """Raise `AlreadyHeld` for the same text, the same number and day, or the same title and day."""
    for item in held:
        if not item.official:
            continue
        document = item.document
        if item.text_hash == law_hash:
            raise _already(document, "条文完全相同", "the articles are identical")
        if document.effective_from != metadata.effective_from:
            continue
        if same_number(document.number, metadata.number):
            raise _already(document, "文号和施行日期相同", "number and date of effect are the same")
        if _same_title(document, metadata):
            raise _already(document, "标题和施行日期相同", "title and date of effect are the same")


def other_versions(metadata: Metadata, held: Sequence[Held]) -> list[Document]:
    """Return the official texts of the same law with another date, oldest first."""
    versions = [
        item.document
        for item in held
        if item.official
        and isinstance(item.document.effective_from, date)
        and (_same_title(item.document, metadata) or same_number(item.document.number, metadata.number))
    ]
    return sorted(versions, key=lambda document: document.first_day)


def restatements(metadata: Metadata, held: Sequence[Held]) -> list[Document]:
    """Return the project's own restatements of this document: same number, periods that meet."""
    last = metadata.effective_to or OPEN_END
    return [
        item.document
        for item in held
        if item.document.layer == "restatement"
        and same_number(item.document.number, metadata.number)
        and item.document.first_day <= last
        and metadata.effective_from <= item.document.last_day
    ]


def day_before(day: date) -> date:
    """Return the last day of an older version when the newer one begins on ``day``."""
    return day - timedelta(days=1)


def _same_title(document: Document, metadata: Metadata) -> bool:
    """Whether the titles make two texts one law; announcements of one title are not versions of each other."""
    if "announcement" in (document.kind, metadata.kind):
        return False
    return title_key(document.title_zh) == title_key(metadata.title_zh)


def _already(document: Document, zh: str, en: str) -> AlreadyHeld:
    return AlreadyHeld(
        document.id,
        f"知识库里已有“{document.title_zh}”（{document.id}，{document.effective_from}起施行）：{zh}。没有重复添加。",
        f"The knowledge base already holds “{document.title_zh}” ({document.id}, from {document.effective_from}): "
        f"{en}. Nothing was added.",
    )
