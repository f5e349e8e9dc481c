"""Whom and what a changed provision concerns: enterprises, plans, saved replies, guides, answers given with it."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from api.auth.work import Work
from api.records.gateway.search import Found
from api.records.reader import Records
from api.store import Assessment, AssessmentTask, Conversation, GuideEntry, Utterance
from api.usecases.desk.own import own_enterprises
from api.usecases.desk.policy import levels_of, relied_on
from api.usecases.desk.provisions import Provisions
from api.usecases.desk.saved_replies import Held, list_replies
from knowledge.models import Document, Provision
from selfassess.loader import list_standards

ANSWERED_WITHIN = timedelta(days=180)
GUIDE_STATES = ("live", "review", "returned")
MOST_ANSWERS = 2_000


@dataclass(frozen=True, slots=True)
class Concerned:
    """An own enterprise, and why it is concerned: its level, its self-assessment, its plan, answers it was given."""

    found: Found
    by_level: bool
    standards: tuple[str, ...]
    tasks: int
    next_due: date | None
    answers: int
    conversation: str

    @property
    def weight(self) -> tuple[int, int, int]:
        """What the list is ordered by: open plans, then answers, then self-assessments."""
        return (-self.tasks, -self.answers, -len(self.standards))


@dataclass(frozen=True, slots=True)
class Reach:
    """Everything that relied on a provision or a document."""

    document: Document
    provisions: tuple[Provision, ...]
    levels: tuple[str, ...]
    standards: tuple[str, ...]
    enterprises: tuple[Concerned, ...]
    replies: tuple[Held, ...]
    guides: tuple[GuideEntry, ...]

    @property
    def by_level(self) -> dict[str, int]:
        """How many of the enterprises hold each level concerned."""
        return {level: sum(one.found.level == level for one in self.enterprises) for level in self.levels}

    @property
    def by_standard(self) -> dict[str, int]:
        """How many of the enterprises assess themselves against each standard concerned."""
        return {standard: sum(standard in one.standards for one in self.enterprises) for standard in self.standards}


def find_concerned(
    work: Work, records: Records | None, provisions: Provisions, document_id: str, anchor: str, today: date
) -> Reach | None:
    """Return what relied on a document, or on one provision of it; None where there is none.

    A fixed number of questions, whatever the number of enterprises. Raises `RecordsError`.
    """
    chosen, ids = relied_on(provisions, document_id, anchor)
    if not chosen:
        return None
    document, session = chosen[0].document, work.session
    levels, standards = levels_of(chosen), _standards(document)
    own = own_enterprises(records, work.who, today)
    usccs = [one.uscc for one in own]
    items = {one.item_no for one in chosen if one.item_no} if anchor else set()
    assessing = _assessing(session, usccs, standards)
    plans = _plans(session, usccs, standards, items)
    answers = _answers(session, usccs, ids, work.now)
    concerned = [
        Concerned(
            found=one,
            by_level=one.level in levels or not levels,
            standards=tuple(assessing.get(one.uscc, ())),
            tasks=plans.get(one.uscc, (0, None))[0],
            next_due=plans.get(one.uscc, (0, None))[1],
            answers=answers.get(one.uscc, (0, ""))[0],
            conversation=answers.get(one.uscc, (0, ""))[1],
        )
        for one in own
        if one.level in levels or not levels or one.uscc in assessing or one.uscc in answers
    ]
    return Reach(
        document=document,
        provisions=tuple(chosen),
        levels=levels,
        standards=standards,
        enterprises=tuple(sorted(concerned, key=lambda one: (one.weight, one.found.name))),
        replies=tuple(one for one in list_replies(work, provisions, today) if ids & set(one.ids)),
        guides=tuple(_guides(session, ids)),
    )


def _standards(document: Document) -> tuple[str, ...]:
    """The self-assessment standards that a document is, contains, or took the place of."""
    names = {document.id, *document.replaces}
    return tuple(one.id for one in list_standards() if one.id in names or one.document in names)


def _assessing(session: Session, usccs: Sequence[str], standards: Collection[str]) -> dict[str, list[str]]:
    statement = (
        select(Assessment.uscc, Assessment.standard)
        .where(Assessment.uscc.in_(usccs), Assessment.standard.in_(standards), Assessment.put_away_at.is_(None))
        .distinct()
    )
    found: dict[str, list[str]] = {}
    for uscc, standard in session.execute(statement):
        found.setdefault(uscc, []).append(standard)
    return found


def _plans(
    session: Session, usccs: Sequence[str], standards: Collection[str], items: Collection[str]
) -> dict[str, tuple[int, date | None]]:
    statement = (
        select(AssessmentTask.uscc, func.count(), func.min(AssessmentTask.due))
        .join(Assessment, Assessment.id == AssessmentTask.assessment_id)
        .where(Assessment.uscc.in_(usccs), Assessment.standard.in_(standards), Assessment.put_away_at.is_(None))
        .where(AssessmentTask.done_at.is_(None))
    )
    if items:
        statement = statement.where(AssessmentTask.item.in_(items))
    return {uscc: (count, due) for uscc, count, due in session.execute(statement.group_by(AssessmentTask.uscc))}


def _answers(session: Session, usccs: Sequence[str], ids: Collection[str], now: datetime) -> dict[str, tuple[int, str]]:
    """How many answers cited one of the provisions, and the conversation, by enterprise."""
    documents = {id_.partition("#")[0] for id_ in ids}
    named = or_(*(Utterance.cited.contains(f'"{document}#', autoescape=True) for document in sorted(documents)))
    statement = (
        select(Conversation.uscc, Conversation.id, Utterance.cited)
        .join(Utterance, Utterance.conversation_id == Conversation.id)
        .where(Conversation.uscc.in_(usccs), Utterance.said_at > now - ANSWERED_WITHIN, named)
        .order_by(Utterance.said_at.desc())
        .limit(MOST_ANSWERS)
    )
    found: dict[str, tuple[int, str]] = {}
    for uscc, conversation, cited in session.execute(statement):
        if any(one["provision"] in ids for one in json.loads(cited or "[]")):
            count, latest = found.get(str(uscc), (0, conversation))
            found[str(uscc)] = (count + 1, latest)
    return found


def _guides(session: Session, ids: Collection[str]) -> list[GuideEntry]:
    statement = select(GuideEntry).where(GuideEntry.state.in_(GUIDE_STATES)).order_by(GuideEntry.written_at.desc())
    return [one for one in session.scalars(statement) if any(sent["provision"] in ids for sent in one.provisions)]
