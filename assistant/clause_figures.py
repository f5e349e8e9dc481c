"""Does each figure of a clause stand in the passages with the subject, matter and side the clause gives it?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant import modality
from assistant.clauses import PLACE_KINDS, Clause, Subjects, covered, grams_of
from assistant.model_faults import Fault
from assistant.passage_reading import PassageReading
from knowledge.fact_notation import COUNTED
from knowledge.facts import Fact, stands

SAME_PLACE = 0.3
SAME_WORDS = 0.8
# How much more a clause must read like another figure's sentence to be taken for a mix-up.
SWAP_MARGIN = 0.1
CLOSE = 0.1
_SEVERAL = re.compile(r"分别|依次|\brespectively\b", re.I)
_PERIODS = frozenset({"years", "months", "day", "working_day", "hour"})


def figure_fault(clause: Clause, read: Sequence[PassageReading], held: Sequence[Clause]) -> Fault | None:
    """Return what is wrong with the figures, articles and items of a clause, or None."""
    place = frozenset[Fact]().union(*(passage.place for passage in read))
    return _in_order(clause, held) or _whose(clause, held, place) or _where(clause, read, held) or _sides(clause, held)


def _in_order(clause: Clause, held: Sequence[Clause]) -> Fault | None:
    """What is told 「respectively」 is told as in the passage, or not at all."""
    if not _SEVERAL.search(clause.text) or not clause.figures:
        return None
    same = any(clause.figures == c.figures and covered(clause.grams, c.grams) > SAME_WORDS for c in held)
    return None if same else Fault("subject", clause.text)


def _whose(clause: Clause, held: Sequence[Clause], place: frozenset[Fact]) -> Fault | None:
    """Each figure stands in the passages with the subject and the matter the clause gives it."""
    for figure in clause.figures:
        holding = [c for c in held if c.holds(figure)]
        if not holding and not stands(figure, place):
            return Fault("figure", f"{figure.kind} {figure.value}")
        for group, names in clause.subjects.items():
            for name in names if holding else ():
                wanted = {**clause.subjects, group: frozenset({name})}
                if not any(compatible(wanted, c.subjects) for c in holding) or _is_told_otherwise(
                    figure, group, name, holding, held
                ):
                    return Fault("subject", f"{figure.value} with {name}")
        if holding and _is_swapped(clause, figure, holding, held):
            return Fault("subject", f"{figure.value} stands elsewhere")
    return None


def compatible(said: Subjects, held: Subjects) -> bool:
    return all(group not in held or names & held[group] for group, names in said.items())


def _is_told_otherwise(figure: Fact, group: str, name: str, holding: Sequence[Clause], held: Sequence[Clause]) -> bool:
    """Whether the passages give this very subject another figure of the kind, and never this one."""
    if any(name in c.subjects.get(group, ()) for c in holding):
        return False
    return any(
        name in dict(c.local).get(group, ()) and any(_same_kind(f, figure) for f in c.figures) and not c.holds(figure)
        for c in held
    )


def _is_swapped(clause: Clause, figure: Fact, holding: Sequence[Clause], held: Sequence[Clause]) -> bool:
    """Whether the clause reads like a sentence of the passages that gives another figure of this kind."""
    if len({f.value for f in clause.figures}) > 1 and any(all(c.holds(f) for f in clause.figures) for c in holding):
        return False
    rivals = [
        c
        for c in held
        if not c.holds(figure)
        and any(_same_kind(f, figure) and not clause.holds(f) for f in c.figures)
        and compatible(clause.subjects, c.subjects)
    ]
    if not rivals:
        return False
    return _nearness(clause, rivals) > _nearness(clause, holding) + SWAP_MARGIN


def _same_kind(a: Fact, b: Fact) -> bool:
    loose = {"count", "number"}
    if {a.kind, b.kind} <= _PERIODS:
        return True
    return a.kind == b.kind or (a.kind in loose and b.kind in COUNTED) or (b.kind in loose and a.kind in COUNTED)


def _nearness(clause: Clause, others: Sequence[Clause]) -> float:
    return max(max(covered(clause.grams, c.grams), covered(clause.grams, grams_of(c.sentence))) for c in others)


def _where(clause: Clause, read: Sequence[PassageReading], held: Sequence[Clause]) -> Fault | None:
    """An article or item is that of the passage the sentence restates, or stands there with the same matter."""
    places = [fact for fact in clause.facts if fact.kind in PLACE_KINDS]
    if not places:
        return None
    wording = grams_of(clause.sentence)
    carried = {passage.provision.id: covered(wording, grams_of(passage.text)) for passage in read}
    best = max(carried.values())
    for fact in places:
        is_here = any(
            fact in p.place and carried[p.provision.id] >= best - CLOSE and compatible(dict(clause.own), p.titled)
            for p in read
        )
        is_told = any(fact in c.facts and covered(wording, grams_of(c.sentence)) >= SAME_PLACE for c in held)
        if not is_here and not is_told:
            return Fault("figure", f"{fact.kind} {fact.value}")
    return None


def _sides(clause: Clause, held: Sequence[Clause]) -> Fault | None:
    """At most stays at most, before stays before."""
    about = [c for c in held if compatible(clause.subjects, c.subjects)]
    holding = [c for c in about if any(c.holds(figure) for figure in clause.figures)]
    for read in (modality.side_of, modality.side_in_time):
        said = read(clause.text)
        if len(said) == 1 and holding and not any(said & read(c.text) for c in holding):
            return Fault("modality", next(iter(said)))
    return None
