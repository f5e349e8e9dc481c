"""A stand-in for the embedding model: deterministic, instant, and able to fail when a test wants it to."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.model_counters import ModelCounters
from assistant.prompt import Prompt
from assistant.writer import Heard, WriterAway, Written
from knowledge.embedding import EmbeddingModel, Vector

DIMENSION = 384
# The real model's vectors lie in a narrow cone (unrelated texts near 0.75); this share keeps that shape.
SHARED = 0.75


class ModelBroke(Exception):
    """The stand-in was told to fail at this text."""


class HashedModel(EmbeddingModel):
    """Unit vectors of hashed character n-grams: texts that share wording are near each other.

    ``embedded`` lists the documents it was asked to embed. ``breaks_after`` makes it fail once that many are done.
    """

    def __init__(self, name: str = "hashed", breaks_after: int | None = None) -> None:
        self._name = name
        self._breaks_after = breaks_after
        self.embedded: list[str] = []

    @property
    def fingerprint(self) -> str:
        return f"test/{self._name}"

    def question_vector(self, text: str) -> Vector:
        return _vector(text)

    def document_vectors(self, texts: Sequence[str]) -> Vector:
        if self._breaks_after is not None and len(self.embedded) + len(texts) > self._breaks_after:
            raise ModelBroke(f"broke after {len(self.embedded)} texts")
        self.embedded.extend(texts)
        return np.stack([_vector(text) for text in texts])


def _vector(text: str) -> Vector:
    counts = np.zeros(DIMENSION, dtype=np.float32)
    codes = np.array([ord(c) for c in text.lower() if not c.isspace()], dtype=np.uint64)
    for size in (1, 2, 3):
        counts += np.bincount(_hashed(codes, size), minlength=DIMENSION).clip(max=1) * size
    norm = float(np.linalg.norm(counts)) or 1.0
    vector = np.sqrt(1 - SHARED) * counts / norm
    vector += np.sqrt(SHARED / DIMENSION)
    return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)


def _hashed(codes: NDArray[np.uint64], size: int) -> NDArray[np.int64]:
    if len(codes) < size:
        return np.zeros(0, dtype=np.int64)
    grams = np.zeros(len(codes) - size + 1, dtype=np.uint64)
    for offset in range(size):
        grams = grams * np.uint64(1_000_003) + codes[offset : len(codes) - size + 1 + offset]
    grams = (grams ^ (grams >> np.uint64(17))) * np.uint64(2_654_435_761)
    return ((grams >> np.uint64(13)) % np.uint64(DIMENSION)).astype(np.int64)


class ScriptedWriter:
    """A stand-in for a language model: says what the script makes of instructions and data, or raises its error."""

    name = "scripted"
    is_left_alone = False

    def __init__(self, say: Callable[[str, str], str]) -> None:
        self.say = say
        self.counters = ModelCounters()
        self.prompts: list[Prompt] = []

    def write(self, prompt: Prompt, heard: Heard | None = None) -> Written:
        self.prompts.append(prompt)
        said = self.say(prompt.system, prompt.user)
        if heard:
            heard(said)
        return Written(said, self.name, prompt.digest)


def away(_system: str, _user: str) -> str:
    """The script of a model that is not there."""
    raise WriterAway("timeout")
