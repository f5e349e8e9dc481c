"""What else the reader may have meant: further provisions named in one line, and the next questions."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.citations import Draft, shown_facts
from assistant.phrases import see_also
from knowledge.facts import unproven
from knowledge.models import Passage, Provision
from knowledge.search import Query
from knowledge.text import CJK, Language, clean, simplify

LOOKED_AT = 6
MAX_NAMED = 4
MAX_QUESTIONS = 3
# How near to the question a provision must be to be named.
LEAST_SUPPORT = 0.5
# Where the second best is further behind than this, the first is nearly always meant (docs/benchmarks.md).
LEAST_SHARE = 0.8


def named_beside(passages: Sequence[Passage], drafts: Sequence[Draft], language: Language) -> list[Draft]:
    """One line that names further provisions the reader may have meant."""
    said = {p.id for draft in drafts for p in draft.provisions}
    further = [
        passage.provision
        for passage in passages[1 : LOOKED_AT + 1]
        if passage.support >= LEAST_SUPPORT
        and passage.score >= passages[0].score * LEAST_SHARE
        and passage.provision.id not in said
        and passage.provision.document.kind != "guide"
    ][:MAX_NAMED]
    if not further:
        return []
    names = [(provision, _heading(provision, language)) for provision in further]
    return [Draft(see_also(names, language), tuple(further), "related")]


def _heading(provision: Provision, language: Language) -> str:
    """What a provision is about, or only its place where its heading says more than the reader is shown of it."""
    title = provision.title(language)
    if unproven(title, shown_facts(provision, language)):
        return provision.label_en if language == "en" else provision.label
    return title


def next_questions(passages: Sequence[Passage], query: Query, language: Language) -> tuple[str, ...]:
    """Questions that the next passages answer, in the language of the answer; never the one just asked."""
    found: list[str] = []
    for passage in passages[1:LOOKED_AT]:
        asks = (ask for ask in passage.provision.asks if bool(CJK.search(ask)) is (language != "en"))
        fitting = next((ask for ask in asks if simplify(clean(ask)) != query.text), None)
        if fitting is not None and fitting not in found:
            found.append(fitting)
    return tuple(found[:MAX_QUESTIONS])
