"""What adding an official text would change: a preview to read before anything is written.

`plan_addition` writes nothing; `commit.commit_addition` writes what the preview says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date

from knowledge.corpus import parse
from knowledge.ingest.blocks import Remark
from knowledge.ingest.document_numbers import document_id
from knowledge.ingest.errors import MetadataInvalid
from knowledge.ingest.held import Held, day_before, other_versions, refuse_duplicate, restatements
from knowledge.ingest.law import ParsedLaw
from knowledge.ingest.metadata import Metadata
from knowledge.ingest.render import render
from knowledge.models import Confidence, Document


@dataclass(frozen=True)
class Change:
    """A change to the facts of a version already held: its end, and what it replaces or is replaced by."""

    before: Document
    after: Document


@dataclass(frozen=True)
class Addition:
    """A preview: the document as it would be held, its text, and what else would change."""

    document: Document
    law: ParsedLaw
    metadata: Metadata
    content: str
    changes: tuple[Change, ...]
    versions: tuple[str, ...]
    restatements: tuple[str, ...]
    remarks: tuple[Remark, ...]

    @property
    def file_name(self) -> str:
        """The corpus file that would be written."""
        return f"{self.document.id}.md"


def plan_addition(
    law: ParsedLaw, metadata: Metadata, existing_documents: Sequence[Held], remarks: Sequence[Remark] = ()
) -> Addition:
    """Return what adding ``law`` would do. Raises `AlreadyHeld` or `MetadataInvalid`; writes nothing.

    ``remarks`` are those of the proposal, shown after those of the text.
    """
    refuse_duplicate(law.text_hash, metadata, existing_documents)
    versions = other_versions(metadata, existing_documents)
    older = [version for version in versions if version.first_day < metadata.effective_from]
    newer = [version for version in versions if version.first_day > metadata.effective_from]
    restated = restatements(metadata, existing_documents)
    own_id = id_for(metadata, restated, existing_documents)
    document = _document(metadata, own_id, _title_en(metadata, restated), older, newer)
    content = render(document, law)
    parse(content, f"{document.id}.md")
    return Addition(
        document=document,
        law=law,
        metadata=metadata,
        content=content,
        changes=tuple(_changes(document, older, newer)),
        versions=tuple(version.id for version in versions),
        restatements=tuple(item.id for item in restated),
        remarks=(*law.remarks, *remarks),
    )


def _document(
    metadata: Metadata, own_id: str, title_en: str, older: Sequence[Document], newer: Sequence[Document]
) -> Document:
    end = metadata.effective_to
    if newer:
        before_next = day_before(newer[0].first_day)
        end = min(end, before_next) if end else before_next
    return Document(
        id=own_id,
        title_zh=metadata.title_zh,
        title_en=title_en,
        number=metadata.number,
        number_en=metadata.number_en,
        issuer=metadata.issuer,
        promulgated=metadata.promulgated,
        effective_from=metadata.effective_from,
        effective_to=end,
        replaces=(older[-1].id,) if older else (),
        replaced_by=(newer[0].id,) if newer else (),
        url=metadata.url,
        kind=metadata.kind,
        layer="official",
        standing=metadata.standing,
        confidence=Confidence.OFFICIAL,
        sources=metadata.sources,
        aliases=metadata.aliases,
    )


def _title_en(metadata: Metadata, restated: Sequence[Document]) -> str:
    """Return the English title; official texts carry none, so the restatement's, else the Chinese one."""
    return metadata.title_en or (restated[0].title_en if restated else metadata.title_zh)


def id_for(metadata: Metadata, restated: Sequence[Document], held: Sequence[Held]) -> str:
    """Return the id: the one given, else that of the restatement, else by number or by title and day.

    Sharing the id of the restatement lets their articles share theirs. Where another version has the
    id already, the day of effect is added.
    """
    year = metadata.promulgated.year if isinstance(metadata.promulgated, date) else metadata.effective_from.year
    by_number = document_id(metadata.number, metadata.title_zh, metadata.effective_from, year)
    own = metadata.id or (restated[0].id if len(restated) == 1 else by_number)
    shared = {document.id for document in restated}
    taken = {item.document.id: item.document for item in held if item.official or item.document.id not in shared}
    if own not in taken:
        return own
    dated = f"{own}-{metadata.effective_from.isoformat()}"
    if metadata.id is None and dated not in taken:
        return dated
    raise MetadataInvalid(
        f"id“{own}”已被“{taken[own].title_zh}”使用，请用--id另取一个。",
        f"The id “{own}” belongs to “{taken[own].title_zh}”. Please choose another with --id.",
    )


def _changes(document: Document, older: Sequence[Document], newer: Sequence[Document]) -> Iterator[Change]:
    """The next older version ends the day before; both neighbours name the new one as theirs."""
    later = {version.id for version in newer}
    earlier = {version.id for version in older}
    if older:
        before = older[-1]
        update: dict[str, object] = {"replaced_by": _linked(before.replaced_by, later, document.id)}
        if before.last_day >= document.first_day:
            update |= {"effective_to": day_before(document.first_day), "search_to": None}
        yield Change(before, _updated(before, update))
    if newer:
        before = newer[0]
        yield Change(before, _updated(before, {"replaces": _linked(before.replaces, earlier, document.id)}))


def _linked(ids: Sequence[str], farther: Set[str], own: str) -> tuple[str, ...]:
    """Return the links of a neighbour with this document in place of those now farther away."""
    return (*(kept for kept in ids if kept not in farther), own)


def _updated(document: Document, update: dict[str, object]) -> Document:
    return Document.model_validate(document.model_dump() | update)
