"""What an answer depends on besides question and day: the texts, the vectors, the examples of what people want."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from assistant.intents import Intents
from assistant.origin import digest_of
from knowledge.search import Search


def versions_of(search: Search, intents: Intents) -> dict[str, str]:
    """Return the version of each, as noted with an answer: another one may give another answer."""
    wants = (
        text
        for intent in intents.intents
        for text in (intent.name, intent.zh, intent.en, *(p.pattern for p in intent.patterns), *intent.examples)
    )
    return {
        "corpus": _digest(digest_of(provision) for provision in search.provisions),
        "embedding": search.model.fingerprint,
        "intents": _digest(wants),
    }


def _digest(texts: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]
