"""May a sentence drafted by a model be said? Only if the passages it marks say it (promise P2).

A sentence falls at the first fault: no mark, a mark outside the retrieved passages, an old passage not
labelled old, a figure, level or document that stands elsewhere or with another subject, words in quotes
that are not verbatim, a reversed may/must/must not, a verdict on the asker, a link, or wording that the
passages do not carry. Nothing here is undone by the model's wording: the rules are code.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from assistant.citations import Draft, Proof
from assistant.clause_figures import figure_fault
from assistant.clause_manner import manner_fault
from assistant.clauses import clauses_of, covered, grams_of, is_chinese
from assistant.model_faults import Drafted, Fault
from assistant.passage_reading import PassageReading
from assistant.plain_speech import plainness_fault
from assistant.standing import says_it_is_old
from assistant.worded_figures import in_digits, unsaid_figures
from knowledge.facts import facts_of
from knowledge.models import Provision
from knowledge.terms import LEVEL_KINDS, Terms
from knowledge.text import Language, clean, simplify

# Share of a sentence's wording that its passages must carry; fitted on tests/eval/proof_pairs.jsonl.
LEAST_SUPPORT = 0.5
# A proven figure carries as much as this many words.
FIGURE_WEIGHT = 3
# A clause without figures and with more words than this must itself be carried.
LONG_CLAUSE, LEAST_CLAUSE = 6, 0.3
_QUOTED = re.compile(r"[“「『\"]([^”」』\"]{2,})[”」』\"]|[《〈]([^》〉]{2,})[》〉]|‘([^’]{4,})’")
_ROW = re.compile(r"(?:SP)?[0-9]+(?:(?: ?[、,，] ?|至| to |–| and |, and )(?:SP)?(?![0-9]{3})[0-9]+){2,}")
_LATIN = re.compile(r"[A-Za-z]{3,}")


class Judge:
    """Judges drafted sentences against passages of the knowledge base."""

    def __init__(self, terms: Terms, proof: Proof) -> None:
        self._terms = terms
        self._proof = proof
        self._read: dict[tuple[str, Language], PassageReading] = {}
        names = [n for t in terms.by_id.values() if t.kind == "partner" for n in (t.zh, t.en, *t.aliases)]
        plain = {simplify(clean(name)).lower() for name in names}
        self._partners = re.compile("|".join(sorted(map(re.escape, plain), key=len, reverse=True)) or r"(?!)", re.I)

    def fault(self, drafted: Drafted, passages: Mapping[int, Provision], on: date, language: Language) -> Fault | None:
        """Return the first reason against a sentence, or None when it may be said on ``on``."""
        if not drafted.marks:
            return Fault("no_mark")
        if unknown := [n for n in drafted.marks if n not in passages]:
            return Fault("unknown_mark", str(unknown[0]))
        marked = [passages[n] for n in drafted.marks]
        if fault := _standing(drafted.text, marked, on):
            return fault
        text = simplify(clean(in_digits(drafted.text)))
        read = [self._passage(p, language) for p in marked]
        whole = "\n".join(p.plain for p in read)
        return (
            plainness_fault(text, whole)
            or self._figures(Draft(text, tuple(marked)), whole, language)
            or _quotes(text, whole)
            or _listed(text, whole)
            or self._names(text, read)
            or _clauses(text, read, self._partners)
            or _support(text, whole)
        )

    def _passage(self, provision: Provision, language: Language) -> PassageReading:
        key = (provision.id, language)
        if key not in self._read:
            self._read[key] = PassageReading(provision, language, self._partners)
        return self._read[key]

    def _figures(self, draft: Draft, whole: str, language: Language) -> Fault | None:
        missing = self._proof.missing(draft, language) or unsaid_figures(draft.text, whole)
        return Fault("figure", ", ".join(sorted(f"{f.kind} {f.value}" for f in missing))) if missing else None

    def _names(self, text: str, read: Sequence[PassageReading]) -> Fault | None:
        """Levels, partners and abbreviations must stand in the passages, whatever they are called."""
        held = frozenset[str]().union(*(passage.named(self._terms) for passage in read))
        mentions = self._terms.find_written(text)
        for mention in mentions:
            if (mention.term.kind in LEVEL_KINDS or mention.term.kind == "partner") and mention.term.id not in held:
                return Fault("subject", mention.words)
        if is_chinese(text):
            lower = "\n".join(p.plain for p in read).lower()
            known = {word for m in mentions for word in _LATIN.findall(m.words)}
            strange = [w for w in _LATIN.findall(text) if w.lower() not in lower and w not in known]
            if strange:
                return Fault("unsupported", strange[0])
        return None


def _standing(text: str, marked: Sequence[Provision], on: date) -> Fault | None:
    """An old passage may be used only for what is said to be old, a coming one only with its day."""
    for provision in marked:
        if provision.last_day < on and not says_it_is_old(text):
            return Fault("not_in_force", provision.id)
        if provision.first_day > on and provision.first_day.isoformat() not in text:
            return Fault("not_in_force", provision.id)
    return None


def _quotes(text: str, whole: str) -> Fault | None:
    """Words in quotation or title marks stand in the passages as they are."""
    plain = re.sub(r"\s", "", whole)
    for match in _QUOTED.finditer(text):
        words = re.sub(r"\s", "", next(group for group in match.groups() if group))
        if words.rstrip("。.，,") not in plain:
            return Fault("quote", words)
    return None


def _listed(text: str, whole: str) -> Fault | None:
    """A row of numbers (第1、4、9项) stands in the passages as it is: one of them altered would be hard to see."""
    plain = re.sub(r"\s", "", whole)
    for match in _ROW.finditer(text):
        row = re.sub(r"\s", "", match.group())
        if row not in plain:
            return Fault("figure", row)
    return None


def _clauses(text: str, read: Sequence[PassageReading], partners: re.Pattern[str]) -> Fault | None:
    held = [clause for passage in read for clause in passage.clauses]
    for clause in clauses_of(text, None, partners):
        if fault := figure_fault(clause, read, held) or manner_fault(clause, held):
            return fault
    return None


def _support(text: str, whole: str) -> Fault | None:
    """Most of the wording comes from the passages, and so does some of every longer clause."""
    held = grams_of(whole)
    said, facts = grams_of(text), FIGURE_WEIGHT * len(facts_of(text))
    if len(said & held) + facts < LEAST_SUPPORT * (len(said) + facts):
        return Fault("unsupported", f"{len(said & held)} of {len(said)}")
    for clause in clauses_of(text):
        if len(clause.grams) > LONG_CLAUSE and not clause.figures and covered(clause.grams, held) < LEAST_CLAUSE:
            return Fault("unsupported", clause.text)
    return None
