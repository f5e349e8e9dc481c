"""The library as a running process has it: one edition at a time, whole, exchanged when another was approved.

Every process asks the database which edition is in use before it answers; the question itself is answered with
one edition from beginning to end. See docs/decisions/0016-the-library-changes-while-it-is-used.md.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Protocol

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from api.db import Database
from api.library_texts import Texts, library_of, newest_edition, read_texts
from assistant.answering import Assistant
from knowledge.embedding import EmbeddingModel
from knowledge.index import (
    ADDED,
    BUILT_AT,
    Index,
    embedded_index,
    entries_of,
    fingerprint,
    is_stored,
    vectors_of,
    write_added,
)
from knowledge.models import Document, Provision
from knowledge.search import Search, provisions_by_id
from knowledge.store import Stored, VectorStore

LOG = logging.getLogger(__name__)
MOST_READY = 3  # prepared editions that nobody approved in the end


@dataclass(frozen=True)
class Edition:
    """Everything an answer is made from. Nothing in it ever changes."""

    number: int
    provisions: Sequence[Provision]
    assistant: Assistant
    search: Search | None = None

    @cached_property
    def by_id(self) -> dict[str, Provision]:
        """The provisions under their ids."""
        return provisions_by_id(self.provisions)

    @cached_property
    def documents(self) -> dict[str, Document]:
        """The documents under their ids."""
        return {provision.document.id: provision.document for provision in self.provisions}


@dataclass(frozen=True)
class IndexState:
    """Whether the stored index fits the edition in use. ``built_at`` is None where nobody noted it."""

    fingerprint: str
    model: str
    fits: bool
    vectors: int
    built_at: datetime | None
    extended_at: datetime | None
    texts: int


class Library(Protocol):
    """Where the edition in use comes from."""

    @property
    def shipped(self) -> Sequence[Provision]:
        """What comes with the software."""
        ...

    def texts(self, session: Session) -> Texts:
        """The official texts in use, as files."""
        ...

    def current(self) -> Edition:
        """The edition in use now."""
        ...

    def prepare(self, texts: Texts) -> None:
        """Make everything ready that an edition of these texts needs, before it is approved."""
        ...

    def state(self) -> IndexState | None:
        """The stored index; None where there is none."""
        ...


class FixedLibrary:
    """A library that never changes: for commands that end by themselves, and for tests."""

    def __init__(self, edition: Edition, folder: Path = Path("official")) -> None:
        self._edition = edition
        self._folder = folder

    @property
    def shipped(self) -> Sequence[Provision]:
        """What it holds."""
        return self._edition.provisions

    def texts(self, session: Session) -> Texts:
        """The official texts that were approved, though this library does not show them."""
        return read_texts(session, self._folder)

    def current(self) -> Edition:
        """The only edition."""
        return self._edition

    def prepare(self, texts: Texts) -> None:
        """Nothing can be prepared."""

    def state(self) -> IndexState | None:
        """It has no index of its own."""
        return None


@dataclass(frozen=True)
class Ground:
    """What editions are made from. ``shipped`` comes with the software; ``folder`` holds texts added by command."""

    database: Database
    folder: Path
    shipped: Sequence[Provision]
    model: EmbeddingModel
    store: VectorStore
    search_of: Callable[[Index], Search]
    assistant_of: Callable[[Search], Assistant]
    now: Callable[[], datetime]


@dataclass
class LiveLibrary:
    """The library of a running server."""

    ground: Ground
    _edition: Edition
    _changing: Lock = field(default_factory=Lock)
    _ready: dict[str, Edition] = field(default_factory=dict)

    @property
    def shipped(self) -> Sequence[Provision]:
        """What comes with the software."""
        return self.ground.shipped

    def texts(self, session: Session) -> Texts:
        """The official texts in use, as files."""
        return read_texts(session, self.ground.folder)

    def current(self) -> Edition:
        """Return the edition in use, opened first if another process or this one approved it since."""
        if self._newest() == self._edition.number:
            return self._edition
        with self._changing:
            texts = self._read()
            if texts.edition != self._edition.number:
                self._edition = self._opened(texts)
            return self._edition

    def prepare(self, texts: Texts) -> None:
        """Embed what is new, store the index beside the one in use, and keep the edition ready."""
        edition = self._made(texts)
        while len(self._ready) >= MOST_READY:
            self._ready.pop(next(iter(self._ready)))
        self._ready[texts.key] = edition

    def state(self) -> IndexState | None:
        """Return what is known of the stored index."""
        edition, model, store = self.current(), self.ground.model, self.ground.store
        stamp, added = fingerprint(edition.provisions, model), store.shelf(ADDED)
        extension = added.about(stamp)
        base = next(iter(store.fingerprints()), "")
        whole = store.about(base) if base else None
        return IndexState(
            fingerprint=stamp,
            model=model.fingerprint,
            fits=is_stored(edition.provisions, model, store),
            vectors=sum(stored.vectors for stored in (whole, extension) if stored),
            built_at=_moment(whole),
            extended_at=_moment(extension),
            texts=len(edition.search.entries) if edition.search else 0,
        )

    def _newest(self) -> int:
        """Without a database what is loaded stays in use."""
        try:
            with self.ground.database.reading() as session:
                return newest_edition(session)
        except OperationalError:
            LOG.warning("the database does not answer: the library stays as it is")
            return self._edition.number

    def _read(self) -> Texts:
        with self.ground.database.reading() as session:
            return self.texts(session)

    def _opened(self, texts: Texts) -> Edition:
        made = self._ready.pop(texts.key, None) or self._made(texts)
        # What was prepared and given up, or was in use before, need not be stored any longer.
        self.ground.store.shelf(ADDED).keep_only(fingerprint(made.provisions, self.ground.model))
        LOG.info("library edition %s in use", texts.edition)
        return Edition(texts.edition, made.provisions, made.assistant, made.search)

    def _made(self, texts: Texts) -> Edition:
        ground = self.ground
        provisions = library_of(ground.shipped, texts)
        search = ground.search_of(self._index(provisions))
        return Edition(texts.edition, provisions, ground.assistant_of(search), search)

    def _index(self, provisions: Sequence[Provision]) -> Index:
        """Only texts that neither the edition in use nor another process embedded are embedded."""
        ground, held = self.ground, self._edition.search
        known = vectors_of(Index(held.provisions, held.entries, held.vectors)) if held else {}
        is_there = is_stored(provisions, ground.model, ground.store)
        if is_there:
            known |= ground.store.shelf(ADDED).vectors_by_digest(ground.model.fingerprint)
        index, embedded = embedded_index(provisions, ground.model, known)
        LOG.info("%s texts embedded for the library", embedded)
        if not is_there:
            write_added(index, ground.model, ground.store, self._shipped_digests, ground.now().isoformat())
        return index

    @cached_property
    def _shipped_digests(self) -> frozenset[str]:
        return frozenset(entry.digest for entry in entries_of(self.ground.shipped))


def _moment(stored: Stored | None) -> datetime | None:
    noted = stored.noted.get(BUILT_AT, "") if stored else ""
    return datetime.fromisoformat(noted) if noted else None
