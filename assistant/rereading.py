"""Let a model read a follow-up or a long question, and take its reading only where it adds nothing.

The model may leave out, order and join what the conversation says. A reading with a figure, level,
document or partner that nobody said, with most of its words from elsewhere, or without the figures of
the question itself is not used; the reading of `dialogue` then stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.clauses import covered, grams_of
from assistant.model_reply import questions_of
from assistant.prompt import MAX_PARTS, reading_prompt
from assistant.worded_figures import worded_figures
from assistant.writer import Writer, WriterAway
from knowledge.facts import Fact, facts_of
from knowledge.terms import LEVEL_KINDS, Terms
from knowledge.text import clean, simplify

MAX_READING = 200
# Share of a reading's words that the conversation must have.
LEAST_SAID = 0.4
LONG_QUESTION = 40
_SEVERAL = re.compile(
    r"[？?].*[？?]|另外|还有(?!效)|以及|顺便|同时(?:问|想)|分别是|，(?:那|还)|\balso\b|\band (?:what|how|when|which)\b",
    re.S | re.I,
)


class Rereader:
    """Reads questions with a model."""

    def __init__(self, writer: Writer, terms: Terms) -> None:
        self._writer = writer
        self._terms = terms

    def readings(self, text: str, earlier: Sequence[str]) -> tuple[str, ...]:
        """Return the question in one to three parts that stand alone, or nothing where code's reading stays."""
        try:
            written = self._writer.write(reading_prompt(text, earlier))
        except WriterAway:
            self._writer.counters.add("fallbacks")
            return ()
        found = [simplify(clean(question)) for question in questions_of(written.text)][:MAX_PARTS]
        source = simplify(clean("\n".join([*earlier, text])))
        if not found or any(self._adds(question, source) for question in found) or self._loses(text, found):
            self._writer.counters.add("readings_dropped")
            return ()
        self._writer.counters.add("readings_kept")
        return tuple(dict.fromkeys(found))

    def _adds(self, question: str, source: str) -> bool:
        """Whether a reading says more than the conversation."""
        if len(question) > MAX_READING or "://" in question:
            return True
        said = {fact.value for fact in _claims(source)}
        if any(fact.value not in said for fact in _claims(question)):
            return True
        if not self._named(question) <= self._named(source):
            return True
        return covered(grams_of(self._in_terms(question)), grams_of(self._in_terms(source))) < LEAST_SAID

    def _loses(self, text: str, found: Sequence[str]) -> bool:
        """Whether the readings leave out a figure or a level that the question itself names."""
        said, read = simplify(clean(text)), "\n".join(found)
        values = {fact.value for fact in _claims(read)}
        return not (all(fact.value in values for fact in _claims(said)) and self._named(said) <= self._named(read))

    def _in_terms(self, text: str) -> str:
        """The text with every term of the vocabulary under its one name: 高认 and 高级认证企业 are the same words."""
        for mention in self._terms.find_written(text):
            text = text.replace(mention.words, mention.term.zh)
        return text

    def _named(self, text: str) -> frozenset[str]:
        kinds = LEVEL_KINDS | {"partner"}
        return frozenset(m.term.id for m in self._terms.find_written(text) if m.term.kind in kinds)


def is_several(text: str) -> bool:
    """Whether a question may ask several things at once."""
    return bool(_SEVERAL.search(text))


def is_long(text: str) -> bool:
    """Whether a question is long enough to tell a story around what is asked."""
    return len(text) > LONG_QUESTION


def _claims(text: str) -> frozenset[Fact]:
    """Its figures; levels go by the vocabulary, which knows more of their names."""
    return frozenset(f for f in facts_of(text) | worded_figures(text) if f.kind not in {"count", "level"})
