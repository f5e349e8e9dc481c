"""What our own tables say needs a coordinator: conversations, plans, versions handed in, questions left open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, aliased

from api.auth.identity import Identity
from api.store import Assessment, AssessmentTask, Conversation, ReviewCase, Submission, Utterance
from api.usecases.channels.waiting import ASSISTANT, PERSON
from api.usecases.desk.matters import Matter, Topic, rank_of_plan
from api.usecases.review.words import State

NEW_FOR = timedelta(days=30)
UNANSWERED = ("unknown",)  # kinds of answers that said nothing is known


def list_open_work(
    session: Session, who: Identity, usccs: Sequence[str], now: datetime, today: date
) -> Iterator[tuple[str, Matter]]:
    """Yield credit code and matter for the enterprises named, which are those in reach: one question per topic."""
    if not usccs:
        return
    yield from _conversations(session, who, usccs, now)
    yield from _plans(session, usccs, today)
    yield from _returns(session, usccs, today)
    yield from _submissions(session, usccs, now)
    yield from _questions(session, usccs, now)


def _conversations(
    session: Session, who: Identity, usccs: Sequence[str], now: datetime
) -> Iterator[tuple[str, Matter]]:
    statement = select(Conversation).where(Conversation.uscc.in_(usccs), Conversation.attended_by != ASSISTANT)
    for one in session.scalars(statement):
        mine = one.attendant == who.account_id
        late = one.promised_at is not None and one.promised_at < now
        if one.attended_by == PERSON and not mine:
            continue  # a colleague has it
        rank = (0 if late else 1) if one.promised_at else 5
        yield str(one.uscc), Matter(Topic.CONVERSATION, rank, moment=one.promised_at, late=late, about=one.id)


def _plans(session: Session, usccs: Sequence[str], today: date) -> Iterator[tuple[str, Matter]]:
    statement = (
        select(AssessmentTask.uscc, func.count(), func.min(AssessmentTask.due))
        .join(Assessment, Assessment.id == AssessmentTask.assessment_id)
        .where(AssessmentTask.uscc.in_(usccs), AssessmentTask.done_at.is_(None), Assessment.put_away_at.is_(None))
        .group_by(AssessmentTask.uscc)
    )
    for uscc, count, due in session.execute(statement):
        late = due is not None and due < today
        yield uscc, Matter(Topic.PLAN, rank_of_plan(due, today), due, count=count, late=late)


def _returns(session: Session, usccs: Sequence[str], today: date) -> Iterator[tuple[str, Matter]]:
    """What officers gave back to be put right; ``due_on`` is the day by which they asked for it."""
    newer = aliased(Submission)
    handed_in_again = exists().where(
        newer.assessment_id == Submission.assessment_id,
        newer.version > Submission.version,
        newer.withdrawn_at.is_(None),
    )
    statement = (
        select(ReviewCase.uscc, ReviewCase.due_on, ReviewCase.changed_at, ReviewCase.submission_id)
        .join(Submission, Submission.id == ReviewCase.submission_id)
        .where(ReviewCase.uscc.in_(usccs), ReviewCase.state == State.RETURNED, ~handed_in_again)
    )
    for uscc, due, changed, version in session.execute(statement):
        late = due is not None and due < today
        rank = rank_of_plan(due or changed.date(), today)
        yield uscc, Matter(Topic.RETURN, rank, due or changed.date(), late=late, about=version)


def _submissions(session: Session, usccs: Sequence[str], now: datetime) -> Iterator[tuple[str, Matter]]:
    decided = select(ReviewCase.submission_id).where(ReviewCase.state.in_((State.RETURNED, State.ACCEPTED)))
    statement = (
        select(Submission.uscc, func.count(), func.max(Submission.submitted_at), func.max(Submission.id))
        .where(Submission.uscc.in_(usccs), Submission.submitted_at > now - NEW_FOR, Submission.withdrawn_at.is_(None))
        .where(Submission.id.not_in(decided))
        .group_by(Submission.uscc)
    )
    for uscc, count, last, version in session.execute(statement):
        yield uscc, Matter(Topic.SUBMISSION, 4, last.date(), count=count, about=version if count == 1 else "")


def _questions(session: Session, usccs: Sequence[str], now: datetime) -> Iterator[tuple[str, Matter]]:
    """Questions to which the assistant knew no rule, since a person last answered in that conversation."""
    last_word = (
        select(Utterance.conversation_id, func.max(Utterance.number).label("number"))
        .join(Conversation, Conversation.id == Utterance.conversation_id)
        .where(Utterance.said_by == "staff", Conversation.uscc.in_(usccs))
        .group_by(Utterance.conversation_id)
        .subquery("last_word")
    )
    statement = (
        select(Conversation.uscc, func.count(), func.max(Utterance.said_at), func.min(Conversation.id))
        .join(Utterance, Utterance.conversation_id == Conversation.id)
        .outerjoin(last_word, last_word.c.conversation_id == Conversation.id)
        .where(Conversation.uscc.in_(usccs), Utterance.kind.in_(UNANSWERED), Utterance.said_at > now - NEW_FOR)
        .where(Utterance.number > func.coalesce(last_word.c.number, 0))
        .group_by(Conversation.uscc)
    )
    for uscc, count, last, conversation in session.execute(statement):
        yield str(uscc), Matter(Topic.QUESTION, 5, last.date(), count=count, about=conversation)
