"""Who answers somebody of an enterprise now, what was said with that person, and until when an answer is promised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from api.auth.identity import Identity
from api.services import Services
from api.store import Account, Conversation, Utterance
from api.usecases.channels.conversations import TO_PERSON, find_conversation
from api.usecases.channels.on_the_web import has_conversation
from api.usecases.channels.waiting import ASSISTANT

SHOWN_FOR = timedelta(hours=12)  # afterwards it is found in the conversation's page
MOST_SHOWN = 30
BACK = "back"  # the assistant answers again, and what the person said is still of today


@dataclass(frozen=True, slots=True)
class Attending:
    """The state a chat page shows: waiting, person, or back; what a person said, and what was written to it."""

    state: str
    attendant: str
    promised_at: datetime | None
    late: bool
    said: tuple[Utterance, ...]

    @property
    def version(self) -> str:
        """Changes with whatever is shown: a page that knows it needs nothing new."""
        last = self.said[-1].number if self.said else 0
        return f"{self.state}-{last}-{int(self.promised_at.timestamp()) if self.promised_at else 0}-{int(self.late)}"


def find_attending(services: Services, who: Identity) -> Attending | None:
    """Return what the chat page shows beside the assistant; None where the assistant alone answered lately."""
    if not has_conversation(who) or not who.uscc:
        return None
    now = services.now()
    with services.database.reading() as session:
        conversation = find_conversation(session, services.keys, who)
        if conversation is None:
            return None
        said = _said_with_person(session, conversation, now)
        if conversation.attended_by == ASSISTANT and not said:
            return None
        attendant = session.get(Account, conversation.attendant) if conversation.attendant else None
        promised = conversation.promised_at
        return Attending(
            state=BACK if conversation.attended_by == ASSISTANT else conversation.attended_by,
            attendant=attendant.display_name if attendant else "",
            promised_at=promised,
            late=promised is not None and promised < now,
            said=said,
        )


def _said_with_person(session: Session, conversation: Conversation, now: datetime) -> tuple[Utterance, ...]:
    statement = (
        select(Utterance)
        .where(Utterance.conversation_id == conversation.id, Utterance.said_at > now - SHOWN_FOR)
        .where(or_(Utterance.said_by == "staff", Utterance.kind == TO_PERSON))
        .order_by(Utterance.number.desc())
        .limit(MOST_SHOWN)
    )
    return tuple(reversed(session.scalars(statement).all()))
