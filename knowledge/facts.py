"""What a sentence claims that can be checked: numbers, dates, levels, documents and articles.

A statement may be shown only if each of its facts stands in the text it cites (promise P2). Notation
does not matter: 5万元 is CNY 50,000, 千分之一 is 0.1%, 二〇二六年四月一日 is 2026-04-01.
"""

from __future__ import annotations

import re
from functools import lru_cache, partial

from knowledge.fact_notation import COUNTED, LEVELS, PATTERNS, READERS, Fact
from knowledge.text import clean, simplify

__all__ = ["Fact", "facts_of", "stands", "unproven"]

# Kinds whose value begins with a year.
_DATED = frozenset({"date", "month", "document", "letter"})


@lru_cache(maxsize=8192)  # an answer reads the same lines and headings again and again
def facts_of(text: str) -> frozenset[Fact]:
    """Return every checkable claim in a text, each in one notation."""
    text = simplify(clean(text))
    found: set[Fact] = set()
    text = _levels(text, found)
    for kind, pattern in PATTERNS:
        text = pattern.sub(partial(_keep, kind, found), text)
    return frozenset(found)


def unproven(statement: str, held: frozenset[Fact]) -> frozenset[Fact]:
    """Return the facts of a statement that are not among those held by the texts it cites."""
    numbers = {fact.value for fact in held}
    return frozenset(
        fact for fact in facts_of(statement) if fact not in held and not _stands_otherwise(fact, held, numbers)
    )


def stands(fact: Fact, held: frozenset[Fact]) -> bool:
    """Return whether a fact is among those held, in one notation or a looser one."""
    return fact in held or _stands_otherwise(fact, held, {other.value for other in held})


def _stands_otherwise(fact: Fact, held: frozenset[Fact], numbers: set[str]) -> bool:
    """Whether a looser notation on one side still says the same: a bare 3 for 3次, 2026-04 for 2026-04-01."""
    match fact.kind:
        case "number":
            return fact.value in numbers
        case "month":
            return any(h.kind == "date" and h.value.rpartition("-")[0] == fact.value for h in held)
        case "year":
            return any(h.kind in _DATED and h.value.partition("-")[0] == fact.value for h in held)
        case "day_of_year":
            return any(h.kind == "date" and h.value.partition("-")[2] == fact.value for h in held)
        case "announcement":
            return any(h.kind in {"document", "order"} and h.value.rpartition("-")[2] == fact.value for h in held)
        case _:
            return fact.kind in COUNTED and Fact("number", fact.value) in held


def _levels(text: str, found: set[Fact]) -> str:
    for level, pattern in LEVELS:
        text, count = re.subn(pattern, "\0", text, flags=re.I)
        if count:
            found.add(Fact("level", level))
    return text


def _keep(kind: str, found: set[Fact], match: re.Match[str]) -> str:
    fact = READERS[kind](match)
    if fact is None:
        return match.group()
    found.add(fact)
    return "\0"
