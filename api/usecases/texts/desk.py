"""What the desk of official texts works with, and how a draft is opened so that two people never change it at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select

from api.auth.work import Work
from api.errors import BadInput, Conflict, NotFound
from api.library import Library
from api.library_texts import Texts, official_of
from api.store import TextDraft
from knowledge.corpus import CorpusError, parse
from knowledge.ingest import held_documents
from knowledge.ingest.body import read_body, write_body
from knowledge.ingest.editing import Part
from knowledge.ingest.held import Held
from knowledge.models import Document, Provision

OPEN = ("draft", "returned")
WAITING = ("draft", "returned", "submitted")


@dataclass(frozen=True)
class TextDesk:
    """One administrator's request at the desk."""

    work: Work
    library: Library

    @cached_property
    def texts(self) -> Texts:
        """The official texts in use."""
        return self.library.texts(self.work.session)

    @cached_property
    def official(self) -> list[Provision]:
        """Their provisions."""
        return official_of(self.texts)

    @cached_property
    def documents(self) -> dict[str, Document]:
        """The official documents in use."""
        return {provision.document.id: provision.document for provision in self.official}

    @cached_property
    def held(self) -> Sequence[Held]:
        """Everything that is held, restated or official."""
        return held_documents([*self.library.shipped, *self.official])

    def provisions(self, document_id: str) -> list[Provision]:
        """Return the provisions of an official text in use. Raises `NotFound`."""
        content = self.texts.contents.get(document_id)
        if content is None:
            raise NotFound("知识库里没有这份官方文本。", "The library does not hold this official text.")
        return parse(content, f"{document_id}.md")


def find_draft(desk: TextDesk, draft_id: str) -> TextDraft:
    """Return a draft to read. Raises `NotFound`."""
    found = desk.work.session.get(TextDraft, draft_id)
    if found is None:
        raise NotFound("没有这份草稿。", "There is no such draft.")
    return found


def hold_draft(desk: TextDesk, draft_id: str, revision: int, states: Sequence[str]) -> TextDraft:
    """Return a draft to change, as the person saw it; nobody else can change it until the commit.

    Raises `NotFound`, and `Conflict` where it was changed since or cannot be changed any more.
    """
    statement = select(TextDraft).where(TextDraft.id == draft_id).with_for_update()
    found = desk.work.session.scalars(statement.execution_options(populate_existing=True)).first()
    if found is None:
        raise NotFound("没有这份草稿。", "There is no such draft.")
    if found.revision != revision or found.state not in states:
        raise Conflict(
            "这份草稿在您打开之后有变化，您的操作没有生效。请重新打开查看。",
            "This draft was changed after you opened it; what you did has no effect. Open it again.",
        )
    found.revision += 1
    found.changed_at = desk.work.now
    return found


def parts_of(draft: TextDraft) -> tuple[Part, ...]:
    """Return the articles of a draft, each with the lines of the file it came from."""
    places: Mapping[str, Sequence[int]] = draft.source.get("places", {})
    return tuple(Part(p, *places.get(p.anchor_id, (0, 0))) for p in read_body(draft.body))


def keep_parts(draft: TextDraft, parts: Sequence[Part]) -> None:
    """Put changed articles into a draft. Raises `BadInput` where they could not be read back."""
    body = write_body(part.provision for part in parts)
    try:
        read_body(body)
    except CorpusError as error:
        raise BadInput("这样修改后条文无法保存。", f"The text cannot be kept like this: {error}") from error
    draft.body = body
    places = {p.provision.anchor_id: [p.first_line, p.last_line] for p in parts if p.first_line}
    draft.source = {**draft.source, "places": places}


def wrote(draft: TextDraft, account_id: str) -> None:
    """Remember who had a hand in a draft: none of them may approve it."""
    if account_id not in draft.editors:
        draft.editors = [*draft.editors, account_id]


def list_drafts(desk: TextDesk, states: Sequence[str], most: int = 50) -> list[TextDraft]:
    """Return drafts in these states, the last changed first."""
    statement = select(TextDraft).where(TextDraft.state.in_(states)).order_by(TextDraft.changed_at.desc(), TextDraft.id)
    return list(desk.work.session.scalars(statement.limit(most)))
