"""What a provision states, as text and as checkable facts."""

from __future__ import annotations

from datetime import date

from knowledge.facts import Fact, facts_of
from knowledge.models import Provision


def evidence_of(provision: Provision) -> list[str]:
    """Return everything a provision and its document's metadata state, in both languages.

    Where the official text is held it alone is evidence; our restatement of it is not.
    """
    document = provision.document
    days = (document.promulgated, document.effective_from, document.effective_to)
    lines = [document.title_zh, document.title_en, document.number, document.number_en, document.note_zh]
    lines += [str(day) for day in days if isinstance(day, date)]
    # The anchor of an item is its bare number, which must not prove every 13 there is.
    lines += [f"第{provision.item_no}项" if provision.item_no else provision.anchor]
    lines += [provision.title_zh, provision.title_en]
    if provision.official_text:
        return [*lines, provision.official_text]
    return lines + [line.text for line in (*provision.zh, *provision.en)]


class HeldFacts:
    """The facts of provisions, each read once: a provision never changes while it is loaded."""

    def __init__(self) -> None:
        self._held: dict[str, frozenset[Fact]] = {}

    def of(self, provision: Provision) -> frozenset[Fact]:
        """Return the facts a provision states."""
        if provision.id not in self._held:
            self._held[provision.id] = facts_of("\n".join(evidence_of(provision)))
        return self._held[provision.id]
