"""Which official texts are held, which versions each had, and who made and approved them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from api.errors import NotFound
from api.store import Account, LibraryEdition, LibraryText, TextDraft
from api.usecases.texts.desk import TextDesk
from knowledge.corpus import parse
from knowledge.models import Document


@dataclass(frozen=True)
class HeldText:
    """An official text in use. ``edition`` is 0 where it was added by command."""

    document: Document
    articles: int
    edition: int


@dataclass(frozen=True)
class Version:
    """A text as one edition put it in, or took it out; ``document`` is None then."""

    edition: int
    made_at: datetime | None
    document: Document | None
    articles: int
    proposed_by: str
    approved_by: str
    draft_id: str


def list_texts(desk: TextDesk) -> list[HeldText]:
    """Return the official texts in use, the last in force first."""
    session = desk.work.session
    editions: dict[str, int] = {}
    for text in session.execute(select(LibraryText.document_id, LibraryText.edition)):
        editions[text.document_id] = max(text.edition, editions.get(text.document_id, 0))
    counts: dict[str, int] = {}
    for provision in desk.official:
        counts[provision.document.id] = counts.get(provision.document.id, 0) + 1
    held = [HeldText(d, counts[d.id], editions.get(d.id, 0)) for d in desk.documents.values()]
    return sorted(held, key=lambda one: (one.document.first_day, one.document.id), reverse=True)


def list_versions(desk: TextDesk, document_id: str) -> list[Version]:
    """Return the versions of a text, the newest first. Raises `NotFound`."""
    statement = (
        select(LibraryText, LibraryEdition)
        .join(LibraryEdition, LibraryEdition.number == LibraryText.edition)
        .where(LibraryText.document_id == document_id)
        .order_by(LibraryText.edition.desc())
    )
    rows = desk.work.session.execute(statement).all()
    names = _names(desk, {who for _, edition in rows for who in (edition.proposed_by, edition.approved_by)})
    versions = [_version(text, edition, names) for text, edition in rows]
    if not versions and document_id in desk.texts.contents:
        document = desk.documents[document_id]
        articles = sum(p.document.id == document_id for p in desk.official)
        versions = [Version(0, None, document, articles, "", "", "")]
    if not versions:
        raise NotFound("知识库里没有这份官方文本。", "The library does not hold this official text.")
    return versions


def people_of(desk: TextDesk, drafts: Iterable[TextDraft]) -> dict[str, str]:
    """Return the names of everybody who had to do with drafts, by account."""
    found = {who for d in drafts for who in (*d.editors, d.submitted_by, d.decided_by) if who}
    return _names(desk, found)


def _names(desk: TextDesk, account_ids: set[str]) -> dict[str, str]:
    statement = select(Account.id, Account.display_name).where(Account.id.in_(account_ids))
    known = {row.id: row.display_name for row in desk.work.session.execute(statement)}
    return {account_id: known.get(account_id, "—") for account_id in account_ids}


def _version(text: LibraryText, edition: LibraryEdition, names: dict[str, str]) -> Version:
    provisions = parse(text.content, f"{text.document_id}.md") if text.content else []
    return Version(
        edition=edition.number,
        made_at=edition.made_at,
        document=provisions[0].document if provisions else None,
        articles=len(provisions),
        proposed_by=names.get(edition.proposed_by, "—"),
        approved_by=names.get(edition.approved_by, "—"),
        draft_id=edition.draft_id,
    )
