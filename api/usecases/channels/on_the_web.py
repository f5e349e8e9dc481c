"""What is said on the web goes into the same conversation as what is said in a channel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from api.auth.identity import Identity
from api.bridge.outbox import Outbox
from api.errors import NotAllowed
from api.services import Services
from api.store import Utterance
from api.usecases.channels.conversations import QUESTION, STEP, WEB, add, conversation_of, list_utterances
from api.usecases.channels.ground import Channels
from api.usecases.channels.handover import PERSON, ask_for_person, relay_to_attendant
from api.usecases.channels.people import MAY_BIND
from assistant.answering import Assistant
from assistant.models import Answer

LEASE = timedelta(seconds=10)
MOST_SHOWN = 100


def web_channels(services: Services, assistant: Assistant, today: Callable[[], date]) -> Channels:
    """Return what the use cases of channels work with, as the web has it."""
    return Channels(services, lambda: assistant, today, Outbox(services.keys, WEB, LEASE))


def keep_exchange(channels: Channels, who: Identity, said: str, answer: Answer | None, step: Sequence[str]) -> None:
    """Write down what a person with an account said and what was answered; a person who attends hears of it."""
    if not has_conversation(who):
        return
    services = channels.services
    now = services.now()
    with services.database.writing() as session:
        conversation = conversation_of(session, services.keys, who, None, now)
        add(session, conversation, "person", said, QUESTION, WEB, now)
        if answer is not None:
            add(session, conversation, "assistant", answer.text, answer.kind, WEB, now, on=answer.on)
        if step:
            add(session, conversation, "assistant", "\n".join(step), STEP, WEB, now)
        if conversation.attended_by == PERSON:
            relay_to_attendant(channels, session, conversation, said, now)


def has_conversation(who: Identity) -> bool:
    """Whether what this person says is kept: with an account that can be bound to channels, and never a visitor's."""
    return who.complete and who.kind in MAY_BIND


def own_conversation(services: Services, who: Identity) -> tuple[list[Utterance], str]:
    """Return what was said last, wherever, and who answers now. Raises `NotAllowed`."""
    if not has_conversation(who):
        raise NotAllowed
    with services.database.writing() as session:
        conversation = conversation_of(session, services.keys, who, None, services.now())
        return list_utterances(session, conversation.id, MOST_SHOWN), conversation.attended_by


def ask_for_person_on_the_web(channels: Channels, who: Identity) -> str:
    """Put the own conversation before the coordinators; return what the person is told. Raises `NotAllowed`."""
    if not has_conversation(who):
        raise NotAllowed
    services = channels.services
    with services.database.writing() as session:
        now = services.now()
        conversation = conversation_of(session, services.keys, who, None, now)
        return ask_for_person(channels, session, conversation, "请与我联系", now)
