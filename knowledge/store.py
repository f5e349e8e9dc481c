"""Keep vectors in Chroma, one collection per index, complete or absent.

A collection is filled under a working name and renamed when it is complete, so a crash leaves the
former index in place. Its final name carries the fingerprint of corpus and model: whoever opens the
store looks for the name that fits and cannot be served vectors of another corpus.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

BUILDING = "building-"


@dataclass(frozen=True)
class Row:
    """One stored vector: where it belongs, what was embedded, and on which days it counts."""

    id: str
    provision_id: str
    kind: str
    digest: str
    first_day: int
    last_day: int


@dataclass(frozen=True)
class Stored:
    """A stored index: how many vectors, and what was noted when it was built."""

    vectors: int
    noted: Mapping[str, str]


class VectorStore:
    """Vectors in an embedded Chroma directory, or in a Chroma server when a URL is given.

    ``shelf`` names what is kept: indexes of one shelf replace each other, those of others stay.
    """

    def __init__(self, path: Path | None = None, url: str | None = None, shelf: str = "passages") -> None:
        self._path = path
        self._url = url
        self._shelf = shelf
        self._opened: Any = None

    def shelf(self, name: str) -> VectorStore:
        """Return the same store for another kind of texts."""
        return VectorStore(self._path, self._url, name)

    @property
    def _client(self) -> Any:
        if self._opened is None:
            self._opened = _open(self._path, self._url)
        return self._opened

    def has(self, fingerprint: str) -> bool:
        """Whether a complete index with this fingerprint is stored."""
        return self._name(fingerprint) in self._names()

    def fingerprints(self) -> list[str]:
        """The fingerprints of all complete indexes."""
        return [name.removeprefix(self._name("")) for name in self._names() if name.startswith(self._name(""))]

    def write(
        self,
        fingerprint: str,
        model: str,
        rows: Sequence[Row],
        vectors: NDArray[np.float32],
        noted: Mapping[str, str] | None = None,
    ) -> None:
        """Store a complete index with what is ``noted`` of it, then drop the others."""
        working = BUILDING + self._name(fingerprint)
        if working in self._names():
            self._client.delete_collection(working)
        collection = self._filled(working, model, rows, vectors, noted or {})
        if self._name(fingerprint) in self._names():
            self._client.delete_collection(self._name(fingerprint))
        collection.modify(name=self._name(fingerprint))
        self.keep_only(fingerprint)

    def write_beside(
        self,
        fingerprint: str,
        model: str,
        rows: Sequence[Row],
        vectors: NDArray[np.float32],
        noted: Mapping[str, str] | None = None,
    ) -> None:
        """Store an index and leave the others alone; several processes may store the same one at once."""
        from chromadb.errors import ChromaError

        if self.has(fingerprint):
            return
        working = f"{BUILDING}{uuid4().hex}"
        collection = self._filled(working, model, rows, vectors, noted or {})
        try:
            collection.modify(name=self._name(fingerprint))
        except ChromaError:
            self._client.delete_collection(working)
            if not self.has(fingerprint):
                raise

    def _filled(
        self, name: str, model: str, rows: Sequence[Row], vectors: NDArray[np.float32], noted: Mapping[str, str]
    ) -> Any:
        collection = self._client.create_collection(
            name, embedding_function=None, metadata={**noted, "model": model, "hnsw:space": "cosine"}
        )
        step = self._client.get_max_batch_size()
        for start in range(0, len(rows), step):
            part = rows[start : start + step]
            collection.add(
                ids=[row.id for row in part],
                embeddings=vectors[start : start + step],
                metadatas=[
                    {
                        "provision": row.provision_id,
                        "kind": row.kind,
                        "digest": row.digest,
                        "first_day": row.first_day,
                        "last_day": row.last_day,
                    }
                    for row in part
                ],
            )
        return collection

    def about(self, fingerprint: str) -> Stored | None:
        """Return what is known of a stored index, None where there is none."""
        from chromadb.errors import NotFoundError

        try:
            collection = self._collection(fingerprint)
            return Stored(collection.count(), {name: str(value) for name, value in collection.metadata.items()})
        except NotFoundError:
            return None

    def vectors(self, fingerprint: str) -> dict[str, NDArray[np.float32]]:
        """Return the vectors of an index by row id."""
        found = self._collection(fingerprint).get(include=["embeddings"])
        embeddings = np.asarray(found["embeddings"], dtype=np.float32)
        return dict(zip(found["ids"], embeddings, strict=True))

    def vectors_by_digest(self, model: str) -> dict[str, NDArray[np.float32]]:
        """Return every vector that ``model`` made, by the digest of its text, for reuse in a rebuild."""
        from chromadb.errors import NotFoundError

        known: dict[str, NDArray[np.float32]] = {}
        for fingerprint in self.fingerprints():
            try:
                collection = self._collection(fingerprint)
                if collection.metadata.get("model") != model:
                    continue
                found = collection.get(include=["embeddings", "metadatas"])
            except NotFoundError:  # another process dropped it in between
                continue
            for metadata, vector in zip(found["metadatas"], found["embeddings"], strict=True):
                known[str(metadata["digest"])] = np.asarray(vector, dtype=np.float32)
        return known

    def _name(self, fingerprint: str) -> str:
        return f"{self._shelf}-{fingerprint}"

    def _collection(self, fingerprint: str) -> Any:
        return self._client.get_collection(self._name(fingerprint), embedding_function=None)

    def _names(self) -> set[str]:
        return {collection.name for collection in self._client.list_collections()}

    def keep_only(self, *fingerprints: str) -> None:
        """Drop every index of this shelf but these, and what was left unfinished."""
        from chromadb.errors import NotFoundError

        kept = {self._name(fingerprint) for fingerprint in fingerprints}
        for name in self._names() - kept:
            if name.startswith((self._name(""), BUILDING + self._name(""))):
                try:
                    self._client.delete_collection(name)
                except NotFoundError:  # another process was faster
                    continue


def _open(path: Path | None, url: str | None) -> Any:
    # Imported here: it takes most of a second, and commands that need no index should not pay it.
    import chromadb
    from chromadb.config import Settings

    if url:
        host, _, port = url.removeprefix("http://").removeprefix("https://").rstrip("/").partition(":")
        secure = url.startswith("https://")
        return chromadb.HttpClient(
            host=host, port=int(port or 8000), ssl=secure, settings=Settings(anonymized_telemetry=False)
        )
    if path is None:
        raise ValueError("a vector store needs a directory or the URL of a Chroma server")
    path.mkdir(parents=True, exist_ok=True)
    return chromadb.PersistentClient(str(path), settings=Settings(anonymized_telemetry=False))
