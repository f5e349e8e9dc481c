"""What anyone may look up without signing in: one enterprise, a search, a directory. Nothing else is read here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from api.errors import NotFound
from api.records.codes import code_sets
from api.records.gateway.publication import (
    DirectoryEntry,
    PublishedRecord,
    PublishedRegistration,
    find_published,
    list_directory,
    list_registrations,
    search_published,
)
from api.records.gateway.search import Found
from api.records.identity import is_uscc
from api.records.reader import Reader, Rows
from api.records.scope import Scope

LONGEST = 100
# Whoever looks: published is published. A page of this module never reads with the scope of a login.
ANYONE = Scope.public()


@dataclass(frozen=True, slots=True)
class ListedEnterprise:
    """An entry of a directory with the published part of the registration; None where there is none."""

    entry: DirectoryEntry
    registration: PublishedRegistration | None


def directories() -> tuple[str, ...]:
    """Return the published directories."""
    return tuple(code_sets()["directory"])


def search(reader: Reader, typed: str, directory: str, day: date) -> Rows[Found]:
    """Return enterprises by name part or code, within a directory if one is named. Raises `NotFound`."""
    if directory:
        _known(directory)
    return search_published(reader, ANYONE, typed.strip()[:LONGEST], day, directory)


def read_directory(reader: Reader, directory: str, day: date, after: str = "") -> Rows[ListedEnterprise]:
    """Return a page of a directory by credit code, beginning after one. Raises `NotFound`."""
    _known(directory)
    entries = list_directory(reader, ANYONE, directory, day, after=after[:LONGEST])
    names = {one.uscc: one for one in list_registrations(reader, ANYONE, [entry.uscc for entry in entries])}
    return Rows((ListedEnterprise(entry, names.get(entry.uscc)) for entry in entries), truncated=entries.truncated)


def read_published(reader: Reader, uscc: str, day: date) -> PublishedRecord:
    """Return what is published about an enterprise. Raises `NotFound`."""
    found = find_published(reader, ANYONE, uscc, day) if is_uscc(uscc) else None
    if found is None:
        raise NotFound("没有这家企业的公示信息。", "Nothing is published about such an enterprise.")
    return found


def _known(directory: str) -> None:
    if directory not in directories():
        raise NotFound("没有这个名录。", "There is no such directory.")
