"""Which conversations wait for a person, whom they are in reach of, and what was said in them last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from api.auth.identity import Identity, Kind
from api.records.gateway.reach import list_reached
from api.records.scope import Scope
from api.store import Conversation
from api.usecases.channels.conversations import list_utterances
from api.usecases.channels.ground import Channels
from api.usecases.enterprise_names import enterprise_names

ASSISTANT, WAITING, PERSON = "assistant", "waiting", "person"  # who answers
SHORT = 6  # letters of a conversation's id: enough to name one of those in reach


def list_waiting(channels: Channels, session: Session, who: Identity) -> list[Conversation]:
    """Return the conversations in the coordinator's reach that wait for a person or are the coordinator's own."""
    statement = (
        select(Conversation)
        .where(or_(Conversation.attended_by == WAITING, Conversation.attendant == who.account_id))
        .where(Conversation.attended_by != ASSISTANT, Conversation.uscc.is_not(None))
        .order_by(Conversation.promised_at)
        .limit(50)
    )
    found = list(session.scalars(statement))
    reach = in_reach(channels, who, {str(one.uscc) for one in found})
    return [one for one in found if one.uscc in reach]


def in_reach(channels: Channels, who: Identity, usccs: set[str]) -> set[str]:
    """Return which of these enterprises the coordinator looks after today."""
    if channels.services.records is None or not usccs or who.kind is not Kind.COORDINATOR:
        return set()
    scope = Scope.of_coordinator(who.coordinator, channels.today())
    with channels.services.records.reader() as reader:
        return {one.uscc for one in list_reached(reader, scope, usccs)}


def waiting_lines(channels: Channels, conversations: Sequence[Conversation], now: datetime) -> list[str]:
    """Return a line for each conversation: which enterprise, since when, what to answer."""
    names = enterprise_names(channels.services.records, [str(one.uscc) for one in conversations])
    return [f"{names[str(one.uscc)]} · {_state(one, now)}" for one in conversations]


def _state(conversation: Conversation, now: datetime) -> str:
    if conversation.attended_by == PERSON:
        return "您在对话"
    minutes = int((now - (conversation.waiting_since or now)).total_seconds() // 60)
    late = "，已超过承诺时间" if conversation.promised_at and conversation.promised_at < now else ""
    return f"等了{minutes}分钟{late}"


def last_words(session: Session, conversation: Conversation, most: int = 6) -> str:
    """Return what was said last, for whoever takes over."""
    names = {"person": "企业", "assistant": "助手", "staff": "协调员"}
    said = list_utterances(session, conversation.id, most)
    return "\n".join(f"{names[one.said_by]}：{one.text[:120]}" for one in said)
