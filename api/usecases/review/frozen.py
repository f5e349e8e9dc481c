"""A version as it was frozen, item by item: what was claimed, what the record said, which documents prove it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from api.store import Submission
from api.usecases.assess_documents import Document, Revision
from selfassess.grades import Grade
from selfassess.item import Item
from selfassess.loader import get_standard
from selfassess.standard import Standard


@dataclass(frozen=True)
class Claim:
    """What the enterprise said about one item. ``contradiction`` and ``proposal`` are the record's word at the time.

    ``source`` is self, record or calculated; ``exempt`` says why the item does not concern the enterprise.
    """

    no: str
    grade: Grade
    note: str = ""
    source: str = "self"
    by: str = ""
    at: datetime | None = None
    exempt: str = ""
    contradiction: Mapping[str, Any] | None = None
    proposal: Mapping[str, Any] | None = None

    @property
    def concerns(self) -> bool:
        """Whether the item concerns the enterprise."""
        return not self.exempt


@dataclass(frozen=True)
class Frozen:
    """A version handed in, read as it was frozen."""

    content: Mapping[str, Any]
    standard_id: str
    documents: Sequence[tuple[Document, Revision]] = field(default=())

    @cached_property
    def standard(self) -> Standard:
        """The standard it was held against."""
        return get_standard(self.standard_id)

    @property
    def items(self) -> Mapping[str, Item]:
        """The items of the standard, in order."""
        return self.standard.items

    @cached_property
    def window_end(self) -> date:
        """The day that look-back windows end on."""
        result = self._result
        written = result.get("window_end") or self._assessment.get("on") or "2026-01-01"
        return date.fromisoformat(str(written))

    @cached_property
    def claims(self) -> Mapping[str, Claim]:
        """What was said about every item of the standard."""
        answers = _mapping(self._assessment, "answers")
        results = {str(one.get("no")): one for one in self._result.get("items") or ()}
        answered = _mapping(self.content, "answered")
        return {no: _claim(no, answers.get(no), results.get(no), answered.get(no)) for no in self.items}

    @cached_property
    def proofs(self) -> Mapping[str, tuple[tuple[Document, Revision], ...]]:
        """The documents that prove each item, with the revision of the version."""
        found: dict[str, tuple[tuple[Document, Revision], ...]] = {}
        for document, revision in self.documents:
            for no in document.items:
                found[no] = (*found.get(no, ()), (document, revision))
        return found

    @property
    def outcome(self) -> Mapping[str, Any]:
        """The verdict of the assessment, as it was frozen."""
        return _mapping(self._result, "outcome")

    @property
    def _assessment(self) -> Mapping[str, Any]:
        return _mapping(self.content, "assessment")

    @property
    def _result(self) -> Mapping[str, Any]:
        return _mapping(self.content, "result")


def frozen_claims(submission: Submission) -> Frozen:
    """Return what a version says, without its documents."""
    return Frozen(json.loads(submission.snapshot), submission.standard)


def _claim(no: str, answer: Any, result: Any, answered: Any) -> Claim:
    answer, result, answered = answer or {}, result or {}, answered or {}
    grade = str(result.get("grade") or answer.get("grade") or Grade.UNANSWERED)
    is_exempt = bool(result.get("exempt"))
    return Claim(
        no=no,
        grade=Grade(grade),
        note="" if is_exempt else str(answer.get("note") or ""),
        source=str(result.get("source") or answer.get("source") or "self"),
        by=str(answered.get("by") or ""),
        at=datetime.fromisoformat(str(answered["at"])) if answered.get("at") else None,
        exempt=str(result.get("note") or "—") if is_exempt else "",
        contradiction=result.get("contradiction"),
        proposal=result.get("proposal"),
    )


def _mapping(content: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = content.get(name)
    return found if isinstance(found, Mapping) else {}
