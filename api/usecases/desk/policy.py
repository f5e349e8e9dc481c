"""New, changed and ended provisions, document by document: by the days they are in force, and by their wording."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy.orm import Session

from api.usecases.desk.provisions import Provisions
from api.usecases.desk.versions import Version, list_removed, list_versions
from knowledge.models import Document, Provision

PERIODS = (90, 365, 1095)
AHEAD = timedelta(days=180)
# Interpretations, practice and our own guides are no rules that begin or end.
NO_RULES = frozenset({"faq", "guide"})


@dataclass
class DocumentChange:
    """What changed in a document: provisions that begin, end, came into the knowledge base, or were reworded."""

    document: Document
    begins: list[Provision] = field(default_factory=list)
    ends: list[Provision] = field(default_factory=list)
    versions: list[tuple[Provision, Version]] = field(default_factory=list)

    @property
    def on(self) -> date:
        """The latest day of a change."""
        days = [one.first_day for one in self.begins]
        days += [one.last_day for one in self.ends]
        days += [version.on for _, version in self.versions]
        return max(days)

    @property
    def changed(self) -> list[Provision]:
        """Every provision that changed, each once, in the order of the document."""
        found = {one.id: one for one in (*self.begins, *self.ends, *(one for one, _ in self.versions))}
        return list(found.values())


@dataclass(frozen=True, slots=True)
class PolicyPage:
    """The changes of a period, the latest first; ``removed`` are ids the knowledge base no longer holds."""

    since: date
    until: date
    changes: tuple[DocumentChange, ...]
    removed: tuple[str, ...]


def read_policy(session: Session, provisions: Provisions, days: int, today: date) -> PolicyPage:
    """Return what changed in the last ``days`` days, and what will within the next half year."""
    since, until = today - timedelta(days=days), today + AHEAD
    found = _changes(provisions, list_versions(session), since, until)
    ordered = sorted(found.values(), key=lambda one: (one.on, one.document.id), reverse=True)
    return PolicyPage(since, until, tuple(ordered), tuple(list_removed(session, provisions)))


def _changes(
    provisions: Provisions, versions: Mapping[str, Version], since: date, until: date
) -> dict[str, DocumentChange]:
    made: dict[str, DocumentChange] = {}

    def of(one: Provision) -> DocumentChange:
        return made.setdefault(one.document.id, DocumentChange(one.document))

    for one in provisions.values():
        is_rule = one.document.kind not in NO_RULES
        if is_rule and since <= one.first_day <= until:
            of(one).begins.append(one)
        if is_rule and since <= one.last_day <= until:
            of(one).ends.append(one)
        version = versions.get(one.id)
        if version is not None and version.on >= since:
            of(one).versions.append((one, version))
    return made


def relied_on(provisions: Provisions, document_id: str, anchor: str = "") -> tuple[list[Provision], frozenset[str]]:
    """Return the provisions of a document, or the one named, and the ids whose users are concerned.

    Concerned are also those who relied on what it took the place of: named predecessors, and, for a whole
    document, the documents it replaces.
    """
    chosen = [one for one in provisions.values() if one.document.id == document_id and anchor in ("", one.anchor_id)]
    ids = {one.id for one in chosen} | {former for one in chosen for former in one.predecessors}
    if chosen and not anchor:
        replaced = set(chosen[0].document.replaces)
        ids |= {one.id for one in provisions.values() if one.document.id in replaced}
    return chosen, frozenset(ids)


def levels_of(chosen: list[Provision]) -> tuple[str, ...]:
    """Return the credit levels that provisions speak of, those named most first; none means everybody."""
    named: dict[str, int] = defaultdict(int)
    for one in chosen:
        for level in one.levels:
            named[level] += 1
    return tuple(sorted(named, key=lambda level: (-named[level], level)))
