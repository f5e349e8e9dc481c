"""What a version says that an earlier one did not, and what it repeats word for word from an earlier year."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from api.auth.work import Work
from api.store import Assessment, Submission
from api.usecases.review.frozen import Frozen, frozen_claims
from selfassess.grades import Grade

APART = timedelta(days=180)  # an assessment for a day this much earlier is one of an earlier year
SHORTEST = 8  # characters: shorter notes are alike without anybody having copied


@dataclass(frozen=True)
class Change:
    """What the version before said about an item. ``new_documents`` are those it did not name."""

    grade: Grade
    note: str
    new_documents: tuple[str, ...]
    is_grade: bool
    is_note: bool


@dataclass(frozen=True)
class Repeated:
    """That a note, or a file, is the same as an earlier year's."""

    day: str
    note: bool
    documents: tuple[str, ...]


@dataclass(frozen=True)
class Earlier:
    """What came before a version: by item, what changed since, and what is repeated."""

    version: int | None
    changes: Mapping[str, Change]
    repeated: Mapping[str, Repeated]


def compare_with_earlier(work: Work, submission: Submission, now: Frozen) -> Earlier:
    """Return how a version differs from the one before it, and what it repeats from an earlier year."""
    before = _previous(work, submission)
    changes = {} if before is None else _changes(frozen_claims(before), now)
    year = _earlier_year(work, submission)
    repeated = {} if year is None else _repeated(frozen_claims(year[0]), now, year[1])
    return Earlier(None if before is None else before.version, changes, repeated)


def _previous(work: Work, submission: Submission) -> Submission | None:
    """The version before of the same assessment; one that was taken back is not shown."""
    statement = select(Submission).where(
        Submission.assessment_id == submission.assessment_id,
        Submission.version < submission.version,
        Submission.withdrawn_at.is_(None),
    )
    return work.session.scalars(statement.order_by(Submission.version.desc()).limit(1)).first()


def _earlier_year(work: Work, submission: Submission) -> tuple[Submission, str] | None:
    """The latest version of the enterprise's assessment for a day of an earlier year."""
    day = select(Assessment.day).where(Assessment.id == submission.assessment_id)
    own = work.session.scalar(day)
    if own is None:
        return None
    statement = (
        select(Submission, Assessment.day)
        .join(Assessment, Assessment.id == Submission.assessment_id)
        .where(
            Submission.uscc == submission.uscc,
            Submission.withdrawn_at.is_(None),
            Assessment.id != submission.assessment_id,
            Assessment.day <= own - APART,
        )
        .order_by(Assessment.day.desc(), Submission.version.desc())
        .limit(1)
    )
    found = work.session.execute(statement).first()
    return None if found is None else (found[0], found[1].isoformat())


def _changes(before: Frozen, now: Frozen) -> dict[str, Change]:
    known, found = _named(before), {}
    for no, claim in now.claims.items():
        old = before.claims.get(no)
        if old is None or not claim.concerns:
            continue
        added = tuple(title for title, sha in _named(now).get(no, {}).items() if sha not in known.get(no, {}).values())
        change = Change(old.grade, old.note, added, old.grade is not claim.grade, old.note != claim.note)
        if change.is_grade or change.is_note or added:
            found[no] = change
    return found


def _repeated(before: Frozen, now: Frozen, day: str) -> dict[str, Repeated]:
    files = {sha for titles in _named(before).values() for sha in titles.values()}
    notes = {no: _plain(claim.note) for no, claim in before.claims.items()}
    found = {}
    for no, claim in now.claims.items():
        same_files = tuple(title for title, sha in _named(now).get(no, {}).items() if sha in files)
        plain = _plain(claim.note)
        earlier = {notes.get(old, "") for old in _origins(no, before, now)}
        is_same = len(plain) >= SHORTEST and plain in earlier
        if claim.concerns and (is_same or same_files):
            found[no] = Repeated(day, is_same, same_files)
    return found


def _origins(no: str, before: Frozen, now: Frozen) -> Collection[str]:
    """The items of an earlier standard that this one came from."""
    if before.standard_id == now.standard_id:
        return (no,)
    item = now.items[no]
    counterpart = item.counterpart
    if counterpart is not None and counterpart.standard == before.standard_id:
        return (counterpart.no,)
    return item.predecessors


def _named(frozen: Frozen) -> Mapping[str, Mapping[str, str]]:
    """The files a version names, by item: title and digest."""
    found: dict[str, dict[str, str]] = {}
    for one in frozen.content.get("evidence") or ():
        for no in one["items"]:
            found.setdefault(no, {})[str(one["title"])] = str(one["revisions"][0]["sha256"])
    return found


def _plain(note: str) -> str:
    return "".join(note.split())
