"""Choose from a provision the lines that answer a question, the telling one first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from knowledge.lexical import tokens
from knowledge.models import Line, Provision
from knowledge.search import Query
from knowledge.terms import Terms, levels_of
from knowledge.text import Language, clean, simplify

MAX_POINTS = 6
_EVIDENCE_LINE = ("常用佐证", "Usual evidence")
_ASKS_EVIDENCE = re.compile(
    r"材料|佐证|证明|证据|准备|资料|文件|记录|怎么做|如何做|\b(?:evidence|proof|documents?|prepare|records?|how to)\b",
    re.I,
)
_ENUMERATED = re.compile(r"^[（(]\d[）)]\s*")


def chosen_lines(provision: Provision, query: Query, terms: Terms, language: Language) -> list[Line]:
    """Return the lines to say, lead first.

    A line about another credit level than the one asked about is left out, and so are the parts of an
    enumeration that the question does not mean when it names one of them.
    """
    lines = list(provision.lines(language)) or list(provision.zh)
    lead = [line for line in lines if not line.is_point]
    points = [line for line in lines if line.is_point]
    points = [line for line in points if _wanted(line, query, terms)]
    named, others = _named_parts(points, query, terms)
    if named:
        if provision.item_no and lead:
            return [_merged(lead[0], named), *_most_telling(others, query)]
        return [*lead, *named, *_most_telling(others, query)]
    return [*lead, *_most_telling(points, query)]


def _wanted(line: Line, query: Query, terms: Terms) -> bool:
    if line.text.startswith(_EVIDENCE_LINE):
        return bool(_ASKS_EVIDENCE.search(query.text))
    if not query.levels:
        return True
    levels = _levels_in(line.text, terms)
    return not levels or bool(levels & query.levels)


def _named_parts(points: Sequence[Line], query: Query, terms: Terms) -> tuple[list[Line], list[Line]]:
    """Split off the enumerated points whose own terms the question names, if only some are."""
    parts = [line for line in points if _ENUMERATED.match(line.text)]
    if len(parts) < 2:
        return [], list(points)
    named = [line for line in parts if _terms_of(line, terms) & query.term_ids]
    if not named or len(named) == len(parts):
        return [], list(points)
    return named, [line for line in points if line not in parts]


def _terms_of(line: Line, terms: Terms) -> set[str]:
    # Only the part before the sign names the indicator; its formula mentions others.
    head = re.split(r"[＝=：:，,]", _ENUMERATED.sub("", line.text))[0]
    return {mention.term.id for mention in terms.find_written(simplify(clean(head)))}


@lru_cache(maxsize=8192)
def _levels_in(text: str, terms: Terms) -> frozenset[str]:
    return levels_of(terms.find_written(simplify(clean(text))))


def _merged(lead: Line, parts: Sequence[Line]) -> Line:
    """Put the named parts directly behind the item's label, so that the answer comes first."""
    label = re.split(r"(?<=[：:])", lead.text, maxsplit=1)[0].rstrip()
    texts = [_ENUMERATED.sub("", part.text) for part in parts]
    joint = "" if label.endswith("：") else " "
    return Line(label + joint + joint.join(texts), confidence=lead.confidence)


def _most_telling(points: Sequence[Line], query: Query) -> list[Line]:
    if len(points) <= MAX_POINTS:
        return list(points)
    asked = set(tokens(query.text))
    weights = [len(asked & set(tokens(simplify(clean(line.text))))) for line in points]
    best = sorted(range(len(points)), key=lambda i: (-weights[i], i))[:MAX_POINTS]
    return [points[i] for i in sorted(best)]
