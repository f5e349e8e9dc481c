"""A provision as model and reader see it: heading, days and wording, taken apart into clauses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from assistant.clauses import Clause, Subjects, clauses_of, joined, subjects_in
from knowledge.facts import Fact, facts_of
from knowledge.models import Provision
from knowledge.terms import Terms
from knowledge.text import Language, clean, simplify


@dataclass(eq=False)
class PassageReading:
    """A provision as the model and the reader see it."""

    provision: Provision
    language: Language
    partners: re.Pattern[str]
    _named: frozenset[str] | None = None

    @cached_property
    def text(self) -> str:
        """Its wording with the heading, and the document's own days as sentences."""
        p = self.provision
        return "\n".join([self.heading, *self._days, p.text(self.language)])

    @cached_property
    def plain(self) -> str:
        """The text in Simplified characters, cleaned."""
        return simplify(clean(self.text))

    def named(self, terms: Terms) -> frozenset[str]:
        """The vocabulary's terms that it names."""
        if self._named is None:
            self._named = frozenset(mention.term.id for mention in terms.find_written(self.plain))
        return self._named

    @cached_property
    def heading(self) -> str:
        """Number, title and place."""
        p, d = self.provision, self.provision.document
        if self.language == "en":
            return f"{d.number_en or d.number} {d.title_en} {p.label_en} {p.title_en}"
        return f"{d.number} {d.title_zh} {p.label} {p.title_zh}"

    @cached_property
    def clauses(self) -> list[Clause]:
        """The clauses of its wording; each line begins with what heading and first line are about."""
        lines = self.provision.text(self.language).split("\n")
        titled = self.titled
        found = clauses_of(lines[0], titled, self.partners)
        opening = joined([titled, subjects_in(simplify(clean(lines[0])), self.partners)]) if len(lines) > 1 else titled
        for line in lines[1:]:
            found += clauses_of(line, opening, self.partners)
        for line in self._days:
            found += clauses_of(line, None, self.partners)
        return found

    @cached_property
    def place(self) -> frozenset[Fact]:
        """The article or item it is, and its document."""
        return facts_of(self.heading)

    @property
    def titled(self) -> Subjects:
        """The levels, documents and partners of its heading."""
        subjects = subjects_in(simplify(clean(self.heading)), self.partners)
        return {group: names for group, names in subjects.items() if group in {"level", "document", "partner"}}

    @property
    def _days(self) -> list[str]:
        d = self.provision.document
        name = (d.number_en or d.number) if self.language == "en" else d.number
        words = _DAYS["en" if self.language == "en" else "zh"]
        days = (d.promulgated, d.effective_from, d.effective_to)
        return [w.format(name=name, day=day) for w, day in zip(words, days, strict=True) if isinstance(day, date)]


_DAYS = {
    "zh": ("{name}于{day}公布", "{name}自{day}起施行", "{name}有效期至{day}为止，{day}失效"),
    "en": ("{name} was promulgated on {day}", "{name} in force from {day}", "{name} until {day}, ended {day}"),
}
