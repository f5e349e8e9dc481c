"""Conversations that wait too long, or that nobody goes on with: what the clock does about them."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.auth.identity import Kind
from api.records.errors import RecordsError
from api.records.gateway.rating import find_enterprise
from api.records.scope import Scope
from api.store import Account, Conversation
from api.usecases.channels.ground import Channels
from api.usecases.channels.handover import back_to_assistant, coordinators_of
from api.usecases.channels.notices import notify
from api.usecases.channels.waiting import PERSON, WAITING
from api.usecases.enterprise_names import enterprise_names

QUIET_ENDS = timedelta(hours=24)  # a conversation nobody goes on with goes back to the assistant


def escalate(channels: Channels, session: Session, now: datetime) -> int:
    """Tell the officers and coordinators of an enterprise that nobody answered in the promised time; once."""
    statement = select(Conversation).where(
        Conversation.attended_by == WAITING,
        Conversation.promised_at < now,
        Conversation.escalated_at.is_(None),
        Conversation.uscc.is_not(None),
    )
    late = list(session.scalars(statement.limit(20).with_for_update(skip_locked=True)))
    for conversation in late:
        conversation.escalated_at = now
        uscc = str(conversation.uscc)
        text = f"{enterprise_names(channels.services.records, [uscc])[uscc]}请求人工，已超过承诺时间，还没有人答复。"
        for account in (*coordinators_of(channels, session, uscc), *_officers_of(channels, session, uscc)):
            notify(
                session, account.id, f"late:{conversation.id}:{conversation.promised_at}", "late", text, now, uscc=uscc
            )
    session.flush()
    return len(late)


def let_go(session: Session, now: datetime) -> None:
    """Give conversations back to the assistant that nobody went on with for a day."""
    statement = select(Conversation).where(Conversation.attended_by == PERSON, Conversation.last_at < now - QUIET_ENDS)
    for conversation in session.scalars(statement.limit(50)):
        back_to_assistant(conversation)
    session.flush()


def _officers_of(channels: Channels, session: Session, uscc: str) -> list[Account]:
    if channels.services.records is None:
        return []
    try:
        with channels.services.records.reader() as reader:
            enterprise = find_enterprise(reader, Scope.of_enterprises([uscc]), uscc)
    except RecordsError:
        return []
    if enterprise is None:
        return []
    areas = [enterprise.customs_district, enterprise.customs_office]
    statement = select(Account).where(
        Account.kind == Kind.OFFICER, Account.customs.in_(areas), Account.disabled_at.is_(None)
    )
    return list(session.scalars(statement.order_by(Account.id)))
