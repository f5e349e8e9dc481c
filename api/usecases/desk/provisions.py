"""Provisions named by whoever writes a reply or a notice: are they held, and in force on the day?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from api.errors import BadInput
from api.usecases.channels.cited import Cited
from knowledge.models import Provision

Provisions = Mapping[str, Provision]
MOST_CITED = 8
MOST_FOUND = 12
_ID = re.compile(r"[a-z0-9][a-z0-9-]*#[^\s,，、；;]+")


def read_ids(typed: str) -> list[str]:
    """Return the ids in what was typed or pasted, links to documents among them, each once."""
    return list(dict.fromkeys(_ID.findall(typed.replace("/documents/", " "))))


def checked(ids: Sequence[str], provisions: Provisions, day: date) -> list[Provision]:
    """Return the provisions named, all held and in force on the day. Raises `BadInput`."""
    if len(ids) > MOST_CITED:
        raise BadInput(f"最多引用{MOST_CITED}条规定。", f"Cite at most {MOST_CITED} provisions.")
    for one in ids:
        if one not in provisions:
            raise BadInput(f"知识库里没有{one[:80]}。", f"The knowledge base does not hold {one[:80]}.")
        if not provisions[one].in_force(day):
            place = f"{provisions[one].document.number}{provisions[one].label}"
            raise BadInput(f"{place}今天不施行，不能引用。", f"{one} is not in force today and cannot be cited.")
    return [provisions[one] for one in ids]


def sources_of(found: Iterable[Provision], day: date) -> tuple[Cited, ...]:
    """Return provisions as sources shown beside what is said."""
    return tuple(
        Cited(
            number=one.document.number,
            place=one.label,
            title=one.title_zh,
            confidence=one.confidence.value,
            provision=one.id,
            in_force=one.in_force(day),
        )
        for one in found
    )


def find_provisions(provisions: Provisions, text: str, day: date) -> list[Provision]:
    """Return provisions in force on the day that hold all the words typed; in the heading before the wording."""
    words = text.casefold().split()
    if not words:
        return []
    found: list[tuple[int, Provision]] = []
    for one in provisions.values():
        if not one.in_force(day) or one.unknown:
            continue
        heading = f"{one.document.number} {one.document.title_zh} {one.label} {one.title_zh} {one.title_en}".casefold()
        if all(word in heading for word in words):
            found.append((0, one))
        elif all(word in heading or word in one.text().casefold() for word in words):
            found.append((1, one))
    return [one for _, one in sorted(found, key=lambda pair: (pair[0], pair[1].id))[:MOST_FOUND]]
