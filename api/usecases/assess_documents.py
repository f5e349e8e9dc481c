"""The documents an enterprise keeps as evidence: listed, opened and searched within the enterprise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import select, tuple_

from api.auth.work import Work
from api.errors import NotFound
from api.store import Account, Evidence, EvidenceRevision
from api.usecases.evidence_files import read_file

LONGEST_SEARCH = 100
NO_EVIDENCE = ("没有这份材料。", "There is no such document.")


class Shelf(Protocol):
    """Whose documents, in which transaction, with files where: an enterprise's own desk, or a reviewer's view."""

    @property
    def uscc(self) -> str:
        """The enterprise."""

    @property
    def work(self) -> Work:
        """The transaction."""

    @property
    def files(self) -> Path:
        """Where files of enterprises lie."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One uploaded file of a document. ``unread`` says why its text cannot be searched, or not all of it."""

    number: int
    file_name: str
    kind: str
    size: int
    sha256: str
    period_from: date | None
    period_to: date | None
    unread: str
    by: str
    at: str

    def as_json(self) -> dict[str, Any]:
        """The revision as JSON-ready values."""
        return {
            "number": self.number,
            "file_name": self.file_name,
            "kind": self.kind,
            "size": self.size,
            "sha256": self.sha256,
            "period_from": None if self.period_from is None else self.period_from.isoformat(),
            "period_to": None if self.period_to is None else self.period_to.isoformat(),
            "unread": self.unread,
            "by": self.by,
            "at": self.at,
        }


@dataclass(frozen=True, slots=True)
class Document:
    """A document with its revisions, the newest first, and the items of the assessment it proves."""

    id: str
    title: str
    revisions: tuple[Revision, ...]
    items: tuple[str, ...] = ()

    @property
    def latest(self) -> Revision:
        """The revision that counts."""
        return self.revisions[0]

    def as_json(self) -> dict[str, Any]:
        """The document as JSON-ready values."""
        revisions = [revision.as_json() for revision in self.revisions]
        return {"id": self.id, "title": self.title, "items": list(self.items), "revisions": revisions}


@dataclass(frozen=True, slots=True)
class Found:
    """A document in which words were found, with a piece of the text around them."""

    document: Document
    piece: str


def list_evidence(shelf: Shelf) -> list[Document]:
    """Return every document of the enterprise, the one added last first."""
    statement = select(Evidence.id).where(Evidence.uscc == shelf.uscc).order_by(Evidence.created_at.desc(), Evidence.id)
    ids = list(shelf.work.session.scalars(statement))
    documents = documents_by_id(shelf, ids)
    return [documents[id_] for id_ in ids if id_ in documents]


def get_document(shelf: Shelf, evidence_id: str) -> Document:
    """Return a document of the enterprise. Raises `NotFound`."""
    found = documents_by_id(shelf, [evidence_id]).get(evidence_id)
    if found is None:
        raise NotFound(*NO_EVIDENCE)
    return found


def documents_by_id(shelf: Shelf, ids: Sequence[str]) -> dict[str, Document]:
    """Return those of these documents that are the enterprise's."""
    columns = [column for column in EvidenceRevision.__table__.c if column.name != "content"]  # a long text each
    statement = (
        select(Evidence.title, Account.display_name, *columns)
        .join(EvidenceRevision, EvidenceRevision.evidence_id == Evidence.id)
        .join(Account, Account.id == EvidenceRevision.account_id)
        .where(Evidence.uscc == shelf.uscc, EvidenceRevision.uscc == shelf.uscc, Evidence.id.in_(ids))
        .order_by(EvidenceRevision.number.desc())
    )
    revisions: dict[str, list[Revision]] = {}
    titles: dict[str, str] = {}
    for row in shelf.work.session.execute(statement):
        titles[row.evidence_id] = row.title
        revisions.setdefault(row.evidence_id, []).append(
            Revision(
                number=row.number,
                file_name=row.file_name,
                kind=row.kind,
                size=row.size,
                sha256=row.sha256,
                period_from=row.period_from,
                period_to=row.period_to,
                unread=row.unread,
                by=row.display_name,
                at=row.at.isoformat(),
            )
        )
    return {id_: Document(id_, titles[id_], tuple(listed)) for id_, listed in revisions.items()}


def open_file(shelf: Shelf, evidence_id: str, number: int | None = None) -> tuple[Revision, bytes]:
    """Return a revision, by default the newest, and the file itself. Raises `NotFound`."""
    document = get_document(shelf, evidence_id)
    found = next((one for one in document.revisions if number is None or one.number == number), None)
    if found is None:
        raise NotFound(*NO_EVIDENCE)
    return found, read_file(shelf.files, shelf.uscc, found.sha256)


def search_evidence(shelf: Shelf, words: str) -> list[Found]:
    """Return the documents that hold every word, in text (newest revision), title or file name."""
    return search_in(shelf, [(document, document.latest) for document in list_evidence(shelf)], words)


def search_in(shelf: Shelf, among: Sequence[tuple[Document, Revision]], words: str) -> list[Found]:
    """Return those of these documents that hold every word, in the revision named, title or file name."""
    wanted = words.lower()[:LONGEST_SEARCH].split()
    if not wanted:
        return []
    found, texts = [], _texts(shelf, [(document.id, revision.number) for document, revision in among])
    for document, revision in among:
        flat = " ".join(texts[(document.id, revision.number)].split())
        everything = f"{flat} {document.title} {revision.file_name}".lower()
        if all(word in everything for word in wanted):
            pieces = filter(None, (piece_around(flat, word) for word in wanted))
            found.append(Found(document, next(pieces, "")))
    return found


def piece_around(content: str, wanted: str, around: int = 40) -> str:
    """Return the text around the first place where a word stands, or nothing."""
    at = content.lower().find(wanted)
    if at < 0:
        return ""
    start, end = max(0, at - around), at + len(wanted) + around
    return f"{'…' if start else ''}{content[start:end]}{'…' if end < len(content) else ''}"


def _texts(shelf: Shelf, revisions: Sequence[tuple[str, int]]) -> Mapping[tuple[str, int], str]:
    """The text of these revisions, each named by its document and number."""
    statement = select(EvidenceRevision.evidence_id, EvidenceRevision.number, EvidenceRevision.content).where(
        EvidenceRevision.uscc == shelf.uscc,
        tuple_(EvidenceRevision.evidence_id, EvidenceRevision.number).in_(revisions),
    )
    return {(row.evidence_id, row.number): row.content for row in shelf.work.session.execute(statement)}
