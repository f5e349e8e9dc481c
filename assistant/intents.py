"""Recognise what a question wants: a rule, one's own record, a person, or something we do not do.

Patterns decide at once; otherwise the question is compared by meaning with the examples of
`intents.yaml` on one side and with what the corpus is asked on the other.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from knowledge.embedding import EmbeddingModel, Vector, embed_in_batches
from knowledge.index import IndexMissing
from knowledge.search import Nearness, nearness_of
from knowledge.store import Row, VectorStore
from knowledge.text import clean, simplify

PATH = Path(__file__).with_name("intents.yaml")
SHELF = "intents"
HOTLINE = "12360"
FEW, MANY = 3, 10


@dataclass(frozen=True)
class Intent:
    """One thing people say, how it is recognised, and what is answered."""

    name: str
    group: str  # record | assessment | handoff | refused | greeting | out_of_scope
    patterns: tuple[re.Pattern[str], ...]
    examples: tuple[str, ...]
    zh: str = ""
    en: str = ""

    def matches(self, text: str) -> bool:
        """Whether one of its patterns is found in a cleaned, simplified question."""
        return any(pattern.search(text) for pattern in self.patterns)


@dataclass(frozen=True)
class Likeness:
    """The intent a question is most like by meaning, and how near the examples are (cosine)."""

    intent: Intent
    best: float
    outside: Nearness  # to what is out of scope


class Intents:
    """All intents with the vectors of their examples."""

    def __init__(self, intents: tuple[Intent, ...], vectors: NDArray[np.float32]) -> None:
        self.intents = intents
        self._vectors = vectors
        self._owner = [intent for intent in intents for _ in intent.examples]
        self._is_outside = np.array([intent.group == "out_of_scope" for intent in self._owner])

    def by_pattern(self, text: str) -> Intent | None:
        """Return the first intent whose pattern fits, in the order of the file."""
        return next((intent for intent in self.intents if intent.matches(text)), None)

    def likeness(self, vector: Vector) -> Likeness:
        """Return the intent with the nearest example, and how near what is out of scope comes."""
        likeness = self._vectors @ vector
        nearest = int(np.argmax(likeness))
        outside = nearness_of(likeness[self._is_outside], FEW, MANY)
        return Likeness(self._owner[nearest], float(likeness[nearest]), outside)

    def outside_likeness(self, vector: Vector) -> Vector:
        """Return the cosine of a question with each out-of-scope example."""
        likeness: Vector = self._vectors[self._is_outside] @ vector
        return likeness

    def nearest_outside(self, vector: Vector) -> Intent:
        """Return the out-of-scope intent with the nearest example."""
        likeness = np.where(self._is_outside, self._vectors @ vector, -1.0)
        return self._owner[int(np.argmax(likeness))]


def read_intents(path: Path = PATH) -> tuple[Intent, ...]:
    """Read the file of intents."""
    raw = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    scoped = raw.pop("out_of_scope")
    found = [_intent(name, name, entry) for name, entry in raw.items()]
    found += [_intent(name, "out_of_scope", entry) for name, entry in scoped.items()]
    return tuple(found)


def build_intents(intents: tuple[Intent, ...], model: EmbeddingModel, store: VectorStore) -> None:
    """Store the vectors of all examples, unless they are there."""
    shelf = store.shelf(SHELF)
    stamp = _stamp(intents, model)
    if shelf.has(stamp):
        return
    known = shelf.vectors_by_digest(model.fingerprint)
    texts = _texts(intents)
    fresh = [text for text in dict.fromkeys(texts) if _digest(text) not in known]
    known.update({_digest(t): v for t, v in zip(fresh, embed_in_batches(model, fresh), strict=True)})
    rows = [Row(f"{i}", "", "example", _digest(text), 0, 99991231) for i, text in enumerate(texts)]
    shelf.write(stamp, model.fingerprint, rows, np.stack([known[_digest(text)] for text in texts]))


def is_indexed(intents: tuple[Intent, ...], model: EmbeddingModel, store: VectorStore) -> bool:
    """Whether the vectors of these examples are stored."""
    return store.shelf(SHELF).has(_stamp(intents, model))


def open_intents(intents: tuple[Intent, ...], model: EmbeddingModel, store: VectorStore) -> Intents:
    """Return the intents with their stored vectors. Raises `IndexMissing`."""
    shelf = store.shelf(SHELF)
    stamp = _stamp(intents, model)
    if not shelf.has(stamp):
        raise IndexMissing("the examples of intents are not indexed: run `make index`")
    vectors = shelf.vectors(stamp)
    return Intents(intents, np.stack([vectors[f"{i}"] for i in range(len(_texts(intents)))]))


def _intent(name: str, group: str, entry: dict[str, object]) -> Intent:
    def strings(key: str) -> tuple[str, ...]:
        value = entry.get(key) or ()
        return tuple(str(v) for v in value) if isinstance(value, list | tuple) else (str(value),)

    return Intent(
        name=name,
        group=group,
        patterns=tuple(re.compile(pattern, re.I) for pattern in strings("patterns")),
        examples=strings("examples"),
        zh=str(entry.get("zh", "")).format(hotline=HOTLINE),
        en=str(entry.get("en", "")).format(hotline=HOTLINE),
    )


def _texts(intents: tuple[Intent, ...]) -> list[str]:
    return [simplify(clean(example)) for intent in intents for example in intent.examples]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def _stamp(intents: tuple[Intent, ...], model: EmbeddingModel) -> str:
    return _digest("\0".join([model.fingerprint, *_texts(intents)]))
