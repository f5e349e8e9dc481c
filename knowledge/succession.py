"""When does a document end? On the day before what replaces it begins, where nothing earlier is known.

Only official texts end others: that a restatement says what it replaces is part of its own front matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from knowledge.models import Document, Provision


def with_ends(provisions: Sequence[Provision], official: Iterable[Provision]) -> list[Provision]:
    """Return the provisions, those of replaced documents ending with their successor's first day.

    A successor whose first day is not known, or that began before what it replaces, ends nothing.
    """
    successors = {p.document.id: p.document for p in official}
    by_replaced: dict[str, Document] = {}
    for successor in successors.values():
        for name in successor.replaces:
            earlier = by_replaced.get(name)
            if isinstance(successor.effective_from, date) and (
                earlier is None or successor.first_day < earlier.first_day
            ):
                by_replaced[name] = successor
    ended: dict[tuple[str, str], Document] = {}
    return [_ended(p, by_replaced.get(p.document.id), ended) for p in provisions]


def _ended(provision: Provision, successor: Document | None, ended: dict[tuple[str, str], Document]) -> Provision:
    document = provision.document
    if successor is None or successor.id == document.id or successor.first_day <= document.first_day:
        return provision
    last = successor.first_day - timedelta(days=1)
    if document.last_day <= last or provision.first_day > last:
        return provision
    key = (document.layer, document.id)
    if key not in ended:
        ended[key] = _closed(document, successor.id, last)
    return replace(provision, document=ended[key], last_day=min(provision.last_day, last))


def _closed(document: Document, successor: str, last: date) -> Document:
    replaced_by = dict.fromkeys((*document.replaced_by, successor))
    update = {"effective_to": last, "search_to": None, "replaced_by": tuple(replaced_by), "standing": "repealed"}
    return Document.model_validate(document.model_dump() | update)
