"""What coordinators and officers read of self-assessments: versions handed in, and the evidence frozen with them.

Only enterprises within reach, only versions not withdrawn, only the revisions a version names; with a reason given
and a trace left. Nothing that was not handed in is shown.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import defer

from api.auth.work import Work
from api.errors import NotFound
from api.records.gateway.reach import Reached, list_reached
from api.records.reader import Reader
from api.records.scope import Scope
from api.services import Services
from api.store import Submission
from api.usecases.assess_documents import NO_EVIDENCE, Document, Found, Revision, documents_by_id, open_file, search_in
from api.usecases.assess_submission import NO_VERSION
from api.usecases.record_reading import enterprise_in_reach, note_reading, note_reading_within


@dataclass(frozen=True, slots=True)
class HandedIn:
    """The latest version of an assessment that is handed in."""

    submission: Submission
    enterprise: Reached


@dataclass(frozen=True)
class Review:
    """A version handed in, as somebody reads it who may."""

    work: Work
    files: Path
    submission: Submission

    @property
    def uscc(self) -> str:
        """The enterprise that handed it in."""
        return self.submission.uscc

    @property
    def snapshot(self) -> dict[str, Any]:
        """The version as it was frozen."""
        content: dict[str, Any] = json.loads(self.submission.snapshot)
        return content


def list_handed_in(work: Work, reader: Reader, scope: Scope) -> list[HandedIn]:
    """Return the versions in force of enterprises within reach, the latest first."""
    latest = (
        select(Submission.assessment_id, func.max(Submission.version).label("version"))
        .group_by(Submission.assessment_id)
        .subquery()
    )
    statement = (
        select(Submission)
        .join(
            latest,
            (latest.c.assessment_id == Submission.assessment_id) & (latest.c.version == Submission.version),
        )
        .where(Submission.withdrawn_at.is_(None))
        .options(defer(Submission.snapshot), defer(Submission.shares))  # long, and not listed
        .order_by(Submission.submitted_at.desc(), Submission.id)
    )
    found = work.session.scalars(statement).all()
    reached = {one.uscc: one for one in list_reached(reader, scope, {one.uscc for one in found})}
    return [HandedIn(one, reached[one.uscc]) for one in found if one.uscc in reached]


def open_review(
    services: Services,
    work: Work,
    reader: Reader,
    scope: Scope,
    submission_id: str,
    what: str,
    *,
    is_changing: bool = False,
) -> Review:
    """Return a version to read ``what`` of. Raises `NotFound`, `NotAllowed`, `ReasonNeeded`.

    ``is_changing``: the transaction writes, and the trace goes with it.
    """
    found = work.session.get(Submission, submission_id)
    if found is None or found.withdrawn_at is not None:
        raise NotFound(*NO_VERSION)
    try:
        enterprise_in_reach(reader, scope, work.who, found.uscc)
    except NotFound as error:
        raise NotFound(*NO_VERSION) from error
    if is_changing:
        note_reading_within(work, found.uscc, what)
    else:
        note_reading(services, work.who, found.uscc, what)
    return Review(work, services.files, found)


def frozen_evidence(review: Review) -> list[tuple[Document, Revision]]:
    """Return the documents a version names, each with the revision that was the newest then."""
    named: Sequence[dict[str, Any]] = review.snapshot.get("evidence", [])
    numbers = {str(one["id"]): int(one["revisions"][0]["number"]) for one in named}
    documents = documents_by_id(review, list(numbers))
    found = []
    for one in named:
        document = documents.get(str(one["id"]))
        if document is None:
            continue
        known = tuple(revision for revision in document.revisions if revision.number <= numbers[document.id])
        found.append((Document(document.id, document.title, known, tuple(one["items"])), known[0]))
    return found


def search_frozen(review: Review, words: str) -> list[Found]:
    """Return the documents of a version that hold every word."""
    return search_in(review, frozen_evidence(review), words)


def open_frozen(review: Review, evidence_id: str) -> tuple[Revision, bytes]:
    """Return a file that a version names. Raises `NotFound` for any other."""
    revision = next((revision for document, revision in frozen_evidence(review) if document.id == evidence_id), None)
    if revision is None:
        raise NotFound(*NO_EVIDENCE)
    return open_file(review, evidence_id, revision.number)
