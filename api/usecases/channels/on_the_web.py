"""What is said on the web goes into the same conversation as what is said in a channel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from api.auth.identity import Identity
from api.bridge.outbox import Outbox
from api.errors import NotAllowed
from api.services import Services
from api.store import Conversation, Utterance
from api.usecases.channels.cited import cited_in
from api.usecases.channels.conversations import (
    QUESTION,
    STEP,
    TO_PERSON,
    WEB,
    add,
    conversation_of,
    find_conversation,
    list_utterances,
)
from api.usecases.channels.ground import Channels
from api.usecases.channels.handover import ask_for_person, relay_to_attendant
from api.usecases.channels.people import MAY_BIND
from api.usecases.channels.waiting import PERSON
from assistant.answering import Assistant
from assistant.models import Answer

LEASE = timedelta(seconds=10)
MOST_SHOWN = 100
HANDOFF = "handoff"


def web_channels(services: Services, assistant: Assistant, today: Callable[[], date]) -> Channels:
    """Return what the use cases of channels work with, as the web has it."""
    return Channels(services, lambda: assistant, today, Outbox(services.keys, WEB, LEASE))


def tell_person(channels: Channels, who: Identity, said: str) -> bool:
    """Bring what somebody writes to the coordinator who answers; False where the assistant does.

    Every door asks this before it asks the assistant: it is silent while a person has the conversation.
    """
    if not person_attends(channels.services, who):
        return False
    services, now = channels.services, channels.services.now()
    with services.database.writing() as session:
        return _told(channels, session, conversation_of(session, services.keys, who, None, now), said, now)


def person_attends(services: Services, who: Identity) -> bool:
    """Whether a coordinator answers this person now."""
    if not has_conversation(who) or not who.uscc:
        return False
    with services.database.reading() as session:
        found = find_conversation(session, services.keys, who)
        return found is not None and found.attended_by == PERSON


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of an exchange: what else the person is told, or that a coordinator has it now."""

    told: str = ""
    to_person: bool = False


def keep_exchange(channels: Channels, who: Identity, said: str, answer: Answer | None, step: Sequence[str]) -> Kept:
    """Write down what a person with an account said and what was answered. A wish for a person is passed on to one.

    Where somebody took over while the answer was made, the message goes to that person, and the answer nowhere.
    """
    if not has_conversation(who):
        return Kept()
    services = channels.services
    now = services.now()
    with services.database.writing() as session:
        conversation = conversation_of(session, services.keys, who, None, now)
        if conversation.attended_by == PERSON:
            return Kept(to_person=_told(channels, session, conversation, said, now))
        add(session, conversation, "person", said, QUESTION, WEB, now)
        if answer is not None:
            cited = cited_in(answer.citations)
            add(session, conversation, "assistant", answer.text, answer.kind, WEB, now, on=answer.on, cited=cited)
        if step:
            add(session, conversation, "assistant", "\n".join(step), STEP, WEB, now)
        if answer is not None and answer.kind == HANDOFF and conversation.uscc:
            return Kept(ask_for_person(channels, session, conversation, said[:200], now))
    return Kept()


def _told(channels: Channels, session: Session, conversation: Conversation, said: str, now: datetime) -> bool:
    if conversation.attended_by != PERSON:  # given back in the meantime
        return False
    add(session, conversation, "person", said, TO_PERSON, WEB, now)
    relay_to_attendant(channels, session, conversation, said, now)
    session.flush()
    return True


def has_conversation(who: Identity) -> bool:
    """Whether what this person says is kept: with an account that can be bound to channels, and never a visitor's."""
    return who.complete and who.kind in MAY_BIND


def own_conversation(services: Services, who: Identity) -> tuple[list[Utterance], str]:
    """Return what was said last, wherever, and who answers now. Raises `NotAllowed`."""
    if not has_conversation(who):
        raise NotAllowed
    with services.database.reading() as session:
        found = find_conversation(session, services.keys, who)
        return (list_utterances(session, found.id, MOST_SHOWN), found.attended_by) if found else ([], "assistant")


def ask_for_person_on_the_web(channels: Channels, who: Identity) -> str:
    """Put the own conversation before the coordinators; return what the person is told. Raises `NotAllowed`."""
    if not has_conversation(who):
        raise NotAllowed
    services = channels.services
    with services.database.writing() as session:
        now = services.now()
        conversation = conversation_of(session, services.keys, who, None, now)
        return ask_for_person(channels, session, conversation, "请与我联系", now)
