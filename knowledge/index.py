"""Build and open the index: every text under which a provision can be found, with its vector.

The index is an artefact that can always be rebuilt. Its fingerprint is made of the corpus and the
embedding model; when either changed since it was built, opening says so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from knowledge.embedding import EmbeddingModel, embed_in_batches
from knowledge.models import Provision
from knowledge.store import Row, VectorStore

ADDED = "added"  # the shelf of what an edition of the library has beside the index it was made from
BUILT_AT, BASE = "built_at", "base"


class IndexMissing(Exception):
    """No index fits this corpus and model; the message says what to do."""


@dataclass(frozen=True)
class Entry:
    """One text under which a provision can be found: its wording, or a question people ask."""

    id: str
    provision: int  # position in the list of provisions
    kind: str  # zh | en | ask
    text: str

    @property
    def digest(self) -> str:
        """Identifies the embedded text, so that a rebuild embeds only what changed."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:24]


@dataclass(frozen=True)
class Index:
    """Provisions, their entries, and one unit vector per entry (shape ``(entries, dimension)``)."""

    provisions: tuple[Provision, ...]
    entries: tuple[Entry, ...]
    vectors: NDArray[np.float32]


def entries_of(provisions: Sequence[Provision]) -> list[Entry]:
    """Return the entries of all provisions; a title stands before its text in each."""
    entries: list[Entry] = []
    for position, provision in enumerate(provisions):
        zh = "\n".join(line.text for line in provision.zh) or provision.official_text
        texts = [("zh", f"{provision.document.title_zh} {provision.anchor} {provision.title_zh}\n{zh}")]
        if provision.en:
            en = "\n".join(line.text for line in provision.en)
            texts.append(("en", f"{provision.title_en}\n{en}"))
        if provision.official_text and provision.zh and provision.official_text != zh:
            texts.append(("official", f"{provision.title_zh}\n{provision.official_text}"))
        texts.extend(("ask", ask) for ask in provision.asks)
        entries.extend(
            Entry(f"{provision.id}/{number}", position, kind, text) for number, (kind, text) in enumerate(texts)
        )
    return entries


def fingerprint(provisions: Sequence[Provision], model: EmbeddingModel) -> str:
    """Return the stamp an index must carry to serve these provisions with this model."""
    digest = hashlib.sha256(model.fingerprint.encode())
    for entry in entries_of(provisions):
        digest.update(f"{entry.id}\0{entry.text}\0".encode())
    return digest.hexdigest()[:24]


def build_index(
    provisions: Sequence[Provision],
    model: EmbeddingModel,
    store: VectorStore,
    progress: Callable[[int, int], None] | None = None,
    built_at: str = "",
) -> tuple[str, int]:
    """Store a complete index and return its fingerprint and how many texts had to be embedded.

    Vectors of unchanged texts are taken from the index that is there. ``progress`` hears how many of
    the new texts are done, and of how many. ``built_at`` is noted with the index.
    """
    known = known_vectors(model, store)
    index, embedded = embedded_index(provisions, model, known, progress)
    stamp = fingerprint(provisions, model)
    store.write(stamp, model.fingerprint, _rows(index), index.vectors, {BUILT_AT: built_at})
    store.shelf(ADDED).keep_only()
    return stamp, embedded


def known_vectors(model: EmbeddingModel, store: VectorStore) -> dict[str, NDArray[np.float32]]:
    """Return every stored vector of this model by the digest of its text."""
    added = store.shelf(ADDED).vectors_by_digest(model.fingerprint)
    return added | store.vectors_by_digest(model.fingerprint)


def embedded_index(
    provisions: Sequence[Provision],
    model: EmbeddingModel,
    known: dict[str, NDArray[np.float32]],
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Index, int]:
    """Return an index and how many texts were embedded: those whose vectors are not ``known`` by their digest."""
    entries = entries_of(provisions)
    texts = {entry.digest: entry.text for entry in entries if entry.digest not in known}
    fresh = embed_in_batches(model, list(texts.values()), progress)
    known = known | dict(zip(texts, fresh, strict=True))
    return Index(tuple(provisions), tuple(entries), np.stack([known[e.digest] for e in entries])), len(texts)


def write_added(
    index: Index, model: EmbeddingModel, store: VectorStore, without: Collection[str], built_at: str = ""
) -> None:
    """Store what an index has beside the texts ``without`` (digests), which the built index has already.

    So that a text added to thousands is stored in a moment. Other additions stay.
    """
    base = next(iter(store.fingerprints()), "")
    fresh = [position for position, entry in enumerate(index.entries) if entry.digest not in without]
    rows, stamp = _rows(index), fingerprint(index.provisions, model)
    kept = [rows[position] for position in fresh]
    noted = {BUILT_AT: built_at, BASE: base}
    store.shelf(ADDED).write_beside(stamp, model.fingerprint, kept, index.vectors[fresh], noted)


def is_stored(provisions: Sequence[Provision], model: EmbeddingModel, store: VectorStore) -> bool:
    """Whether an index of these provisions can be opened."""
    stamp = fingerprint(provisions, model)
    if store.has(stamp):
        return True
    added = store.shelf(ADDED).about(stamp)
    return added is not None and store.has(added.noted.get(BASE, ""))


def _rows(index: Index) -> list[Row]:
    return [
        Row(e.id, p.id, e.kind, e.digest, as_number(p.first_day), as_number(p.last_day))
        for e in index.entries
        for p in (index.provisions[e.provision],)
    ]


def vectors_of(index: Index) -> dict[str, NDArray[np.float32]]:
    """Return the vectors of an index by the digest of their text, for reuse in the next."""
    return {entry.digest: vector for entry, vector in zip(index.entries, index.vectors, strict=True)}


def open_index(provisions: Sequence[Provision], model: EmbeddingModel, store: VectorStore) -> Index:
    """Return the stored index of these provisions. Raises `IndexMissing`."""
    if not is_stored(provisions, model, store):
        reason = "was built from another corpus or model" if store.fingerprints() else "has not been built"
        raise IndexMissing(f"the index {reason}: run `make index`")
    stamp = fingerprint(provisions, model)
    if not store.has(stamp):
        known = known_vectors(model, store)
        entries = entries_of(provisions)
        return Index(tuple(provisions), tuple(entries), np.stack([known[entry.digest] for entry in entries]))
    entries = entries_of(provisions)
    vectors = store.vectors(stamp)
    return Index(tuple(provisions), tuple(entries), np.stack([vectors[entry.id] for entry in entries]))


def as_number(day: date) -> int:
    """Return a day as yyyymmdd: Chroma compares only numbers."""
    return day.year * 10000 + day.month * 100 + day.day
