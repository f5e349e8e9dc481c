"""Does a clause allow, ask, forbid and deny what the passages do, and of the same subject?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant import modality
from assistant.clause_figures import compatible
from assistant.clauses import Clause, covered, grams_of, nearest
from assistant.model_faults import Fault

# From this share of common wording on a clause of a passage is what a clause of the sentence restates.
SAME_MATTER = 0.5
SAME_DENIAL = 0.45
PIECE_SLACK = 0.25
_UNSURE = re.compile(
    r"未能?(?:得到)?核实|未经核实|没有(?:得到)?(?:核实|查到|取得)|未取得|不详|不能(?:确定|作为)|推断|不一定|尚不清楚|不清楚|未知"
    r"|\b(?:not (?:been )?(?:verified|known|confirmed|obtained)|unverified|unknown|could not be|inferred|inference"
    r"|unclear|no verified)\b",
    re.I,
)
_MEMBER = re.compile(r"、|或者?|以及|和|\bor\b|\band\b")


def manner_fault(clause: Clause, held: Sequence[Clause]) -> Fault | None:
    """May, must and must not, denial and certainty are those of what the clause restates."""
    modes = modality.modes_of(clause.text)
    likeness, sentences = nearest(clause.sentence, [c.sentence for c in held])
    same = held
    if likeness >= SAME_MATTER:
        same = [c for c in held if c.sentence in sentences]
        if all(modality.clash(modes, modality.modes_of(text)) for text in sentences):
            return Fault("modality", clause.text)
        if all(_UNSURE.search(text) for text in sentences) and not _UNSURE.search(clause.sentence):
            return Fault("certainty", clause.text)
    best, near = nearest(clause.text, [c.text for c in same])
    if best >= SAME_MATTER and all(modality.clash(modes, modality.modes_of(text)) for text in near):
        return Fault("modality", clause.text)
    return _denial(clause, same, held) or _other_subject(clause, same)


def _denial(clause: Clause, same: Sequence[Clause], held: Sequence[Clause]) -> Fault | None:
    """What is denied stays denied, and nothing else is."""
    denial = modality.denies(clause.text)
    best, near = nearest(clause.text, [c.text for c in same])
    if best >= SAME_DENIAL:
        pieces = [p for p in _pieces(same) if covered(clause.grams, grams_of(p)) >= best - PIECE_SLACK]
        alike = [*near, *pieces, *nearest(clause.text, [c.text for c in held])[1]]
        if all(modality.denies(text) is not denial for text in alike):
            return Fault("modality", clause.text)
    elif denial and not any(modality.denies(c.text) for c in held):
        return Fault("modality", clause.text)
    return None


def _other_subject(clause: Clause, same: Sequence[Clause]) -> Fault | None:
    """A level, document or partner is the one of the clause that is restated."""
    own = {group: names for group, names in clause.own if group in {"level", "document", "partner"}}
    best, near = nearest(clause.text, [c.text for c in same])
    if not own or best < SAME_MATTER:
        return None
    if all(not compatible(own, c.subjects) for c in same if c.text in near):
        return Fault("subject", clause.text)
    documents = own.get("document", frozenset())
    named = [last for text in near if (last := _last(documents, text))]
    if len(documents) > 1 and named and _last(documents, clause.text) not in named:
        return Fault("subject", clause.text)
    return None


def _last(documents: frozenset[str], text: str) -> str:
    """The document named last: the one that is repealed, replaced or referred to."""
    numbers = [name.rpartition("-")[2] for name in documents]
    return max((n for n in numbers if n in text), key=text.rfind, default="")


def _pieces(held: Sequence[Clause]) -> list[str]:
    """The members of enumerations, each for itself."""
    return [piece for c in held for piece in _MEMBER.split(c.text) if piece != c.text and len(grams_of(piece)) > 1]
