"""The one store of what was said, on the web and in every channel."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.auth.identity import Identity
from api.auth.keys import Keys
from api.bridge.model import Address
from api.store import Conversation, Utterance
from api.usecases.channels.cited import Cited, written
from assistant.models import Turn

QUESTION, COMMAND, REPLY, NOTICE, STEP = "question", "command", "reply", "notice", "step"
TO_PERSON = "to_person"  # said while a person answers: no question for the assistant, now or later
MOST_EARLIER = 8
SAME_SUBJECT = timedelta(hours=12)  # a question the next morning begins anew
WEB = "web"


def conversation_of(
    session: Session, keys: Keys, who: Identity, address: Address | None, now: datetime
) -> Conversation:
    """Return the conversation of a person for the enterprise chosen, begun if there is none.

    It is the same whatever the channel; where nobody is bound, each person of a channel has one. A message
    from a channel makes that channel the place where the person is reached.
    """
    key = _key(keys, who, address)
    found = session.scalars(select(Conversation).where(Conversation.key == key)).first()
    if found is None:
        found = Conversation(
            key=key,
            account_id=who.account_id or None,
            uscc=who.uscc or None,
            opened_at=now,
            last_at=now,
            last_channel=WEB,
        )
        session.add(found)
    found.last_at = now
    found.last_channel, found.last_account, found.last_peer = (
        (address.channel, address.account, address.peer) if address else (WEB, "", "")
    )
    session.flush()
    return found


def find_conversation(session: Session, keys: Keys, who: Identity) -> Conversation | None:
    """Return the conversation of a person with an account, if one was begun; looking changes nothing."""
    return session.scalars(select(Conversation).where(Conversation.key == _key(keys, who, None))).first()


def _key(keys: Keys, who: Identity, address: Address | None) -> str:
    if who.account_id:
        return f"{who.account_id}:{who.uscc}"
    if address is None:
        raise ValueError("a visitor of the web has no stored conversation")
    return keys.digest("visitor", f"{address.channel}\n{address.account}\n{address.peer}")


def add(
    session: Session,
    conversation: Conversation,
    said_by: str,
    text: str,
    kind: str,
    channel: str,
    now: datetime,
    *,
    choices: Sequence[str] = (),
    on: date | None = None,
    speaker: str | None = None,
    cited: Sequence[Cited] = (),
) -> int:
    """Write down one thing said; return its number in the conversation."""
    last = session.scalar(select(func.max(Utterance.number)).where(Utterance.conversation_id == conversation.id))
    number = (last or 0) + 1
    session.add(
        Utterance(
            conversation_id=conversation.id,
            number=number,
            said_by=said_by,
            speaker=speaker,
            channel=channel,
            kind=kind,
            text=text,
            choices=json.dumps(list(choices), ensure_ascii=False),
            cited=written(cited),
            on=on,
            said_at=now,
        )
    )
    session.flush()
    return number


def earlier_turns(session: Session, conversation: Conversation, now: datetime) -> tuple[Turn, ...]:
    """Return the questions of the last hours, oldest first: what a follow-up refers to."""
    statement = (
        select(Utterance.text, Utterance.on)
        .where(
            Utterance.conversation_id == conversation.id,
            Utterance.said_by == "person",
            Utterance.kind == QUESTION,
            Utterance.said_at > now - SAME_SUBJECT,
        )
        .order_by(Utterance.number.desc())
        .limit(MOST_EARLIER)
    )
    return tuple(Turn(text, on) for text, on in reversed(session.execute(statement).all()))


def chosen(session: Session, conversation: Conversation, text: str) -> str:
    """Return the choice that a number stands for, or the text itself."""
    typed = text.strip().rstrip(".。、)")
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 2):
        return text
    statement = (
        select(Utterance.choices)
        .where(Utterance.conversation_id == conversation.id, Utterance.said_by == "assistant")
        .order_by(Utterance.number.desc())
        .limit(1)
    )
    offered = json.loads(session.scalar(statement) or "[]")
    return str(offered[int(typed) - 1]) if 1 <= int(typed) <= len(offered) else text


@dataclass(frozen=True, slots=True)
class Offered:
    """A choice that was offered, with what kind of thing said, and whether nothing was said since."""

    text: str
    kind: str
    is_last: bool


def find_offered(session: Session, conversation: Conversation, number: int, place: str) -> Offered | None:
    """Return the choice at a place (counted from 1) of what was said as the so-manieth thing; None for none."""
    said_here = (Utterance.conversation_id == conversation.id, Utterance.said_by == "assistant")
    found = session.execute(
        select(Utterance.choices, Utterance.kind).where(*said_here, Utterance.number == number)
    ).first()
    offered = json.loads(found.choices) if found else []
    if found is None or not (place.isascii() and place.isdigit()) or not 1 <= int(place) <= len(offered):
        return None
    last = session.scalar(select(func.max(Utterance.number)).where(*said_here))
    return Offered(str(offered[int(place) - 1]), found.kind, last == number)


def last_kind(session: Session, conversation: Conversation) -> str:
    """Return what the assistant said last: an answer, a step of the self-assessment, or nothing yet."""
    statement = (
        select(Utterance.kind)
        .where(Utterance.conversation_id == conversation.id, Utterance.said_by == "assistant")
        .order_by(Utterance.number.desc())
        .limit(1)
    )
    return session.scalar(statement) or ""


def list_utterances(session: Session, conversation_id: str, most: int = 50) -> list[Utterance]:
    """Return what was said last, in order."""
    statement = (
        select(Utterance)
        .where(Utterance.conversation_id == conversation_id)
        .order_by(Utterance.number.desc())
        .limit(most)
    )
    return list(reversed(session.scalars(statement).all()))
