"""Compose an answer from passages, without a model.

The answer first, in one or two sentences; then conditions, numbers and exceptions as points; then
what else bears on it. Nothing is said that is not a line of a provision, marked with how it is known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.citations import Draft
from assistant.dates import AskedDay
from assistant.further import named_beside, next_questions
from assistant.models import Kind
from assistant.phrases import SECOND_HAND, before, not_held, spoken, where_to_look
from assistant.selection import chosen_lines
from assistant.standing import says_it_is_old
from knowledge.facts import facts_of
from knowledge.models import Confidence, Document, Family, Line, Passage, Provision
from knowledge.search import Query
from knowledge.terms import Terms
from knowledge.text import Language

# Further provisions told, and one line that names others.
MAX_TOLD = 2
MAX_RELATED = MAX_TOLD + 1
RELATED_SHARE = 0.8
RELATED_SUPPORT = 0.5
CLOSE_SHARE = 0.9
GIVES_WAY = 0.8


@dataclass(frozen=True)
class Composition:
    """What is to be said, before proof."""

    kind: Kind
    drafts: tuple[Draft, ...]
    missing: str = ""
    suggestions: tuple[str, ...] = ()
    look_up: str = ""


def joined(compositions: Sequence[Composition], language: Language) -> Composition:
    """Return the compositions of a question's parts as one."""
    if len(compositions) == 1:
        return compositions[0]
    kinds = {composition.kind for composition in compositions}
    said = {draft.text: draft for c in compositions for draft in c.drafts}
    return Composition(
        kinds.pop() if len(kinds) == 1 else "partial",
        tuple(said.values()),
        ("; " if language == "en" else "；").join(c.missing for c in compositions if c.missing),
        compositions[0].suggestions,
        next((c.look_up for c in compositions if c.look_up), ""),
    )


class Composer:
    """Turns the passages of a search into drafts."""

    def __init__(self, provisions: Mapping[str, Provision], terms: Terms) -> None:
        self._provisions = provisions
        self._documents = {p.document.id: p.document for p in provisions.values()}
        self._terms = terms

    def compose(
        self, query: Query, passages: Sequence[Passage], day: AskedDay, today: date, language: Language
    ) -> Composition:
        """Return what the best passages say to the question."""
        main = self._main(passages)
        suggestions = next_questions(passages, query, language)
        if main.unknown:
            composition = self._unknown(main, query, passages, language, suggestions)
            return replace(composition, drafts=_said_once(composition.drafts, language))
        drafts = self._said(main, query, language)
        drafts += self._counterpart(main, query, language)
        missing = self._gaps(drafts, language)
        if passages[0].why != "reference":  # who names an article by number wants that article
            drafts += self._related(main, passages, query, drafts, language)
            drafts += named_beside(passages, drafts, language)
        if day.is_open:
            drafts += self._formerly(main, today, language)
        said = _said_once(drafts, language)
        return Composition("partial" if missing else "answered", said, missing, suggestions)

    def _main(self, passages: Sequence[Passage]) -> Provision:
        """The provision to answer from.

        A guide that only says a rule is unknown gives way to that rule, and a guide that corrects a mistake
        the question does not make gives way to what it cites; the correction of a mistake it makes stays first.
        """
        first = passages[0]
        if first.provision.document.kind != "guide" or first.why == "premise":
            return first.provision
        uncalled_for = _corrects_in_vain(first)
        cited = {cited for line in first.provision.zh for cited in line.cites}
        for passage in passages[1:4]:
            near = passage.score >= first.score * GIVES_WAY
            if near and passage.provision.id in cited and (passage.provision.unknown or uncalled_for):
                return passage.provision
        return first.provision

    def _said(self, provision: Provision, query: Query, language: Language) -> list[Draft]:
        lines = chosen_lines(provision, query, self._terms, language)
        drafts: list[Draft] = []
        for line in lines:
            sources = self._sources(provision, line)
            text = _spoken(line, sources, language, lead=not drafts, main=provision)
            drafts.append(Draft(text, sources, "point" if line.is_point else "lead"))
        return drafts

    def _sources(self, provision: Provision, line: Line) -> tuple[Provision, ...]:
        if not line.cites:
            return (provision,)
        return tuple(self._provisions[cited] for cited in line.cites)

    def _counterpart(self, main: Provision, query: Query, language: Language) -> list[Draft]:
        """A standard's item asked about without a level: say what the other level's standard asks."""
        if query.levels or not main.counterpart or main.counterpart not in self._provisions:
            return []
        other = self._provisions[main.counterpart]
        if main.same_as_counterpart:
            text = (
                f"认证企业与高级认证企业在这一项上要求相同（{other.document.title_zh}第{other.item_no}项）。"
                if language != "en"
                else f"The requirement is the same for both levels (item {other.item_no} of {other.document.title_en})."
            )
            return [Draft(text, (other, main), "point")]
        return [
            Draft(_spoken(line, (other,), language, lead=False, main=main), (other,), "point")
            for line in chosen_lines(other, query, self._terms, language)[:3]
        ]

    def _related(
        self, main: Provision, passages: Sequence[Passage], query: Query, drafts: Sequence[Draft], language: Language
    ) -> list[Draft]:
        """One line each of other provisions that bear on the question nearly as much."""
        said = {p.id for draft in drafts for p in draft.provisions}
        floor = passages[0].score * RELATED_SHARE
        related: list[Draft] = []
        for passage in passages[1:]:
            other = passage.provision
            near = passage.score >= floor and passage.support >= RELATED_SUPPORT
            kin = set(other.topics) & set(main.topics) or passage.score >= passages[0].score * CLOSE_SHARE
            if not near or not kin or other.id in said or _corrects_in_vain(passage):
                continue
            line = chosen_lines(other, query, self._terms, language)[0]
            sources = self._sources(other, line)
            if {p.id for p in sources} <= said:
                continue
            said.update(p.id for p in sources)
            related.append(Draft(_spoken(line, sources, language, lead=True, main=other), sources, "related"))
            if len(related) == MAX_TOLD:
                break
        return related

    def _formerly(self, main: Provision, today: date, language: Language) -> list[Draft]:
        """One line on the former rule, where it gave other figures or levels."""
        for old_id in main.predecessors:
            old = self._provisions.get(old_id)
            if old is None or old.last_day >= today or not old.lines(language):
                continue
            old_lead = old.lines(language)[0]
            new_facts = facts_of("\n".join(line.text for line in main.lines(language)))
            if {f for f in facts_of(old_lead.text) if f.kind not in {"order", "document"}} <= new_facts:
                continue
            text = _spoken(old_lead, (old,), language, lead=False, main=None)
            if not says_it_is_old(text):
                text = before(old.last_day, old.document, language) + text
            return [Draft(text, (old,), "old")]
        return []

    def _unknown(
        self,
        main: Provision,
        query: Query,
        passages: Sequence[Passage],
        language: Language,
        suggestions: tuple[str, ...],
    ) -> Composition:
        """Say that the rule is not held, give the old one labelled old, and name what to read."""
        drafts = self._said(main, query, language)
        for old_id in main.predecessors:
            old = self._provisions.get(old_id)
            if old is None:
                continue
            for line in chosen_lines(old, query, self._terms, language)[:4]:
                text = _spoken(line, (old,), language, lead=False, main=None)
                if not line.is_point and not says_it_is_old(text):
                    text = before(old.last_day, old.document, language) + text
                drafts.append(Draft(text, (old,), "old"))
        read: list[Document] = [self._documents[i] for i in main.read if i in self._documents]
        drafts += self._related(main, passages, query, drafts, language)[:1]
        drafts += named_beside(passages, drafts, language)
        return Composition(
            "unknown", tuple(drafts), not_held(main, language), suggestions, where_to_look(read, language)
        )

    @staticmethod
    def _gaps(drafts: Sequence[Draft], language: Language) -> str:
        unknown = {p.id: p for draft in drafts for p in draft.provisions if p.unknown}
        return "；".join(not_held(p, language) for p in unknown.values())


def _corrects_in_vain(passage: Passage) -> bool:
    """Whether a provision corrects a mistake that the question does not make."""
    return bool(passage.provision.premise) and passage.why != "premise"


def _spoken(line: Line, sources: Sequence[Provision], language: Language, *, lead: bool, main: Provision | None) -> str:
    """The line with its certainty in words; a point repeats it only where it differs from the lead."""
    weakest = max((line.confidence or p.confidence for p in sources), key=lambda c: c.family.rank)
    if line.cites and line.confidence is None:
        weakest = max((p.confidence for p in sources), key=lambda c: c.family.rank)
    if weakest.family is Family.UNKNOWN:
        return line.text
    same = main is not None and not lead and weakest.family is main.confidence.family
    if same and weakest.family is not Family.UNVERIFIED:
        return line.text
    first = lead or (main is not None and weakest.family.rank > main.confidence.family.rank)
    return spoken(line.text, weakest.family, weakest is Confidence.O_SUM, language, lead=first)


def _said_once(drafts: Sequence[Draft], language: Language) -> tuple[Draft, ...]:
    """Say “according to secondary sources” once; the badges and the caveat carry it for the rest."""
    words = SECOND_HAND["en" if language == "en" else "zh"]
    said = False
    result = []
    for draft in drafts:
        if words in draft.text:
            if said:
                draft = replace(draft, text=draft.text.replace(words, "", 1))
            said = True
        result.append(draft)
    return tuple(result)
