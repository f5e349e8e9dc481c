"""The entries of the compliance calendar as lines of a calendar file, in one language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from api.exports.agenda_file import Line
from api.usecases.calendar.entries import Agenda, Entry
from knowledge.models import Provision
from knowledge.text import Language
from web.record_words import rule_link
from web.views import badge, teller, translator

NAME = "海关合规日历"
MOST_RULES = 4


def agenda_lines(
    agenda: Agenda, provisions: Mapping[str, Provision], language: Language, address: str
) -> Iterator[Line]:
    """Yield a line for every entry, with where the day comes from, its provisions and how sure they are."""
    tell = teller(language)
    for entry in agenda.entries:
        parts = [
            tell(entry.basis_name),
            tell(entry.note),
            *_rules(entry, provisions, agenda.day, language),
            f"{address}{entry.link}" if entry.link and address else "",
        ]
        yield Line(
            key=entry.key.replace(":", "-"),
            day=entry.day,
            summary=tell(entry.title),
            description="\n".join(part for part in parts if part),
            starts_at=entry.starts_at,
            ends_at=entry.ends_at,
        )


def _rules(entry: Entry, provisions: Mapping[str, Provision], day: date, language: Language) -> Iterator[str]:
    translate = translator(language)
    for identifier in entry.rules[:MOST_RULES]:
        if (provision := provisions.get(identifier)) is not None:
            link = rule_link(provision, day, language)
            yield f"{link.document} {link.place} · {translate(badge(link.confidence)['name'])}"
