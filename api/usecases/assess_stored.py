"""The answers and figures of an assessment as they are stored: newest per item, and both where two differ."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from api.store import Account, AssessmentAnswer, AssessmentFigures
from selfassess.engine import Answer
from selfassess.grades import Grade

NOTHING = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer as stored: what, by whom, when, and which answers it took the place of."""

    number: int
    item: str
    answer: Answer
    source: str
    replaces: frozenset[int]
    account_id: str
    name: str
    at: datetime


@dataclass(frozen=True)
class AnswersHeld:
    """Every answer ever given to one assessment. ``heads`` are those that nothing took the place of."""

    entries: tuple[Entry, ...]
    heads: Mapping[str, tuple[Entry, ...]]

    @property
    def settled(self) -> dict[str, Answer]:
        """The answer per item; an item with two answers that differ has none until somebody chooses."""
        return {
            no: heads[0].answer
            for no, heads in self.heads.items()
            if len(heads) == 1 and heads[0].answer.grade.answered
        }

    @property
    def differing(self) -> dict[str, tuple[Entry, ...]]:
        """The items with answers given side by side."""
        return {no: heads for no, heads in self.heads.items() if len(heads) > 1}

    def head(self, no: str) -> Entry | None:
        """The answer that counts for an item, or None."""
        heads = self.heads.get(no, ())
        return heads[0] if len(heads) == 1 else None

    def seen(self, no: str) -> str:
        """What a page shows of an item, to be sent back with a change: the numbers of its answers."""
        return ",".join(str(entry.number) for entry in self.heads.get(no, ()))

    def history(self, no: str) -> tuple[Entry, ...]:
        """Every answer an item was given, oldest first."""
        return tuple(entry for entry in self.entries if entry.item == no)

    @property
    def last_number(self) -> int:
        """The number given last."""
        return self.entries[-1].number if self.entries else 0


@dataclass(frozen=True)
class FiguresHeld:
    """The finance figures that count, by whom and when; ``number`` is 0 where there are none."""

    number: int
    content: Mapping[str, Any]
    origin: str = ""
    name: str = ""
    at: datetime | None = None


def read_answers_held(session: Session, assessment_id: str) -> AnswersHeld:
    """Return the answers of an assessment."""
    return read_answers_of(session, [assessment_id])[assessment_id]


def read_figures_held(session: Session, assessment_id: str) -> FiguresHeld:
    """Return the figures of an assessment that count."""
    return read_figures_of(session, [assessment_id])[assessment_id]


def read_answers_of(session: Session, ids: Sequence[str]) -> dict[str, AnswersHeld]:
    """Return the answers of several assessments."""
    statement = (
        select(AssessmentAnswer, Account.display_name)
        .join(Account, Account.id == AssessmentAnswer.account_id)
        .where(AssessmentAnswer.assessment_id.in_(ids))
        .order_by(AssessmentAnswer.number)
    )
    entries: dict[str, list[Entry]] = {id_: [] for id_ in ids}
    for row, name in session.execute(statement):
        entries[row.assessment_id].append(_entry(row, name))
    return {id_: _held(tuple(found)) for id_, found in entries.items()}


def read_figures_of(session: Session, ids: Sequence[str]) -> dict[str, FiguresHeld]:
    """Return the figures of several assessments that count."""
    newest = (
        select(AssessmentFigures.assessment_id, func.max(AssessmentFigures.number).label("number"))
        .where(AssessmentFigures.assessment_id.in_(ids))
        .group_by(AssessmentFigures.assessment_id)
        .subquery()
    )
    of_it = newest.c.assessment_id == AssessmentFigures.assessment_id
    statement = (
        select(AssessmentFigures, Account.display_name)
        .join(newest, and_(of_it, newest.c.number == AssessmentFigures.number))
        .join(Account, Account.id == AssessmentFigures.account_id)
    )
    found = {
        row.assessment_id: FiguresHeld(row.number, json.loads(row.content), row.origin, name, row.at)
        for row, name in session.execute(statement)
    }
    return {id_: found.get(id_, FiguresHeld(0, {})) for id_ in ids}


def _held(entries: tuple[Entry, ...]) -> AnswersHeld:
    replaced = frozenset().union(*(entry.replaces for entry in entries))
    heads: dict[str, tuple[Entry, ...]] = {}
    for entry in entries:
        if entry.number not in replaced:
            heads[entry.item] = (*heads.get(entry.item, ()), entry)
    return AnswersHeld(entries, heads)


def plain(written: str) -> str:
    """A text without what no database can hold: zero characters, halves of a pair."""
    return written.replace("\0", "").encode("utf-8", "ignore").decode()


def is_plain(written: str) -> bool:
    """Whether every database can hold a text as it is."""
    return plain(written) == written


def numbers_in(written: str) -> frozenset[int]:
    """The numbers of a list such as 3,7; what is no number is left out."""
    return frozenset(int(part) for part in written.split(",") if part.isascii() and part.isdigit() and len(part) < 10)


def _entry(row: AssessmentAnswer, name: str) -> Entry:
    held = frozenset(filter(None, row.held.split(",")))
    answer = Answer(Grade(row.grade), row.note, held)
    return Entry(row.number, row.item, answer, row.source, numbers_in(row.replaces), row.account_id, name, row.at)
