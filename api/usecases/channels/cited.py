"""Which sources stood beside something said: kept short, for whoever takes the conversation over."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from api.usecases.own_record.citing import RECORD
from assistant.models import Citation

MOST_KEPT = 12


@dataclass(frozen=True, slots=True)
class Cited:
    """A source as it was shown: a provision with its id, or records of a table with their numbers."""

    number: str
    place: str
    title: str
    confidence: str
    provision: str = ""
    in_force: bool = True
    excerpt: str = ""

    @property
    def is_record(self) -> bool:
        """Whether it is a record of the enterprise and no rule."""
        return self.confidence == RECORD


def cited_in(citations: Iterable[Citation]) -> tuple[Cited, ...]:
    """Return the sources of an answer. Of a record the values shown are kept, of a rule where it stands."""
    return tuple(
        Cited(
            number=one.number,
            place=one.label or one.anchor,
            title=one.title,
            confidence=one.confidence,
            provision="" if one.confidence == RECORD else f"{one.document_id}#{one.url.partition('#')[2]}",
            in_force=one.in_force,
            excerpt=one.excerpt if one.confidence == RECORD else "",
        )
        for one in citations
    )


def written(cited: Sequence[Cited]) -> str | None:
    """Return sources as they are stored; nothing where there are none."""
    kept = [asdict(one) for one in cited[:MOST_KEPT]]
    return json.dumps(kept, ensure_ascii=False) if kept else None


def read(stored: str | None) -> tuple[Cited, ...]:
    """Return sources that were stored."""
    return tuple(Cited(**one) for one in json.loads(stored or "[]"))
