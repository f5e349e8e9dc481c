"""The conversations of a coordinator's enterprises: who waits, and one of them with what was said and checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from api.auth.identity import Identity
from api.errors import BadInput, NotFound
from api.store import Account, Conversation, Utterance
from api.usecases.channels.cited import Cited, read
from api.usecases.channels.conversations import QUESTION, STEP, list_utterances
from api.usecases.channels.ground import Channels
from api.usecases.channels.handover import finish, note_of, reply_as_person, take_over
from api.usecases.channels.waiting import ASSISTANT, PERSON, WAITING, in_reach
from api.usecases.desk.own import own_enterprises
from api.usecases.enterprise_names import enterprise_names

RECENT = timedelta(days=14)
MOST_LISTED = 200
MOST_SHOWN = 80
MOST_ASKED = 10
LONGEST_REPLY = 2000


@dataclass(frozen=True, slots=True)
class Listed:
    """A conversation in the list, with the enterprise's name and who answers."""

    conversation: Conversation
    name: str
    attendant: str
    mine: bool
    late: bool

    @property
    def state(self) -> str:
        """Who answers: assistant, waiting or person."""
        return self.conversation.attended_by


@dataclass(frozen=True, slots=True)
class Checked:
    """A question as it was asked, how the assistant answered it, and the sources it showed."""

    question: str
    kind: str  # the kind of the answer; empty where none was given
    answer: str
    rules: tuple[Cited, ...]
    records: tuple[Cited, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Opened:
    """One conversation as its coordinator sees it."""

    listed: Listed
    person: str
    checked: tuple[Checked, ...]
    steps: int  # how often the self-assessment was at work
    said: tuple[Utterance, ...]

    @property
    def version(self) -> str:
        """Changes with whatever is shown."""
        last = self.said[-1].number if self.said else 0
        return f"{self.listed.state}-{last}-{int(self.listed.late)}-{int(self.listed.mine)}"


def list_conversations(channels: Channels, session: Session, who: Identity) -> list[Listed]:
    """Return those that wait, then the own, then colleagues' and those of the last days; only enterprises in reach."""
    now = channels.services.now()
    statement = (
        select(Conversation)
        .where(Conversation.uscc.is_not(None))
        .where(or_(Conversation.attended_by != ASSISTANT, Conversation.last_at > now - RECENT))
        .order_by(Conversation.attended_by == ASSISTANT, Conversation.last_at.desc())
    )
    own = [one.uscc for one in own_enterprises(channels.services.records, who, channels.today())]
    found = session.scalars(statement.where(Conversation.uscc.in_(own)).limit(MOST_LISTED)).all()
    listed = _listed(channels, session, who, found)
    return sorted(listed, key=_order)


def open_conversation(channels: Channels, session: Session, who: Identity, conversation_id: str) -> Opened:
    """Return a conversation with a summary of what was said and checked. Raises `NotFound`."""
    conversation = session.get(Conversation, conversation_id)
    if conversation is None or not conversation.uscc or not in_reach(channels, who, {conversation.uscc}):
        raise NotFound("没有这个对话。", "There is no such conversation.")
    account = session.get(Account, conversation.account_id) if conversation.account_id else None
    said = list_utterances(session, conversation.id, MOST_SHOWN)
    return Opened(
        listed=_listed(channels, session, who, [conversation])[0],
        person=account.display_name if account else "",
        checked=tuple(_checked(said))[-MOST_ASKED:],
        steps=sum(one.kind == STEP and one.said_by == "assistant" for one in said),
        said=tuple(said),
    )


def note_opened(channels: Channels, who: Identity, opened: Opened) -> None:
    """Leave a trace that somebody read a conversation that is not (yet) the own one."""
    if opened.listed.mine:
        return
    with channels.services.database.writing() as session:
        note_of(channels, session, opened.listed.conversation, "conversation_read", who)


def take(channels: Channels, session: Session, who: Identity, conversation_id: str) -> Conversation:
    """Begin to answer. Raises `NotFound`, `Conflict`."""
    return take_over(channels, session, who, _whole(conversation_id), channels.services.now())


def reply(
    channels: Channels, session: Session, who: Identity, conversation_id: str, text: str, cited: Sequence[Cited] = ()
) -> Conversation:
    """Answer the enterprise. Raises `NotFound`, `BadInput`."""
    text = text.replace("\r\n", "\n").strip()
    if not text or len(text) > LONGEST_REPLY:
        raise BadInput(f"请写1到{LONGEST_REPLY}个字。", f"Write 1 to {LONGEST_REPLY} characters.")
    return reply_as_person(channels, session, who, _whole(conversation_id), text, channels.services.now(), cited)


def give_back(channels: Channels, session: Session, who: Identity, conversation_id: str) -> Conversation:
    """Let the assistant answer again. Raises `NotFound`, `BadInput`."""
    return finish(channels, session, who, _whole(conversation_id), channels.services.now())


def _whole(conversation_id: str) -> str:
    """A whole id and not the beginning of one. Raises `NotFound`."""
    if len(conversation_id) != 32:
        raise NotFound("没有这个对话。", "There is no such conversation.")
    return conversation_id


def _listed(channels: Channels, session: Session, who: Identity, found: Sequence[Conversation]) -> list[Listed]:
    names = enterprise_names(channels.services.records, [str(one.uscc) for one in found])
    attendants = {one.attendant for one in found if one.attendant}
    named = select(Account.id, Account.display_name).where(Account.id.in_(attendants))
    people = {account_id: name for account_id, name in session.execute(named)}
    now = channels.services.now()
    return [
        Listed(
            conversation=one,
            name=names[str(one.uscc)],
            attendant=people.get(one.attendant or "", ""),
            mine=one.attended_by == PERSON and one.attendant == who.account_id,
            late=one.promised_at is not None and one.promised_at < now,
        )
        for one in found
    ]


def _order(one: Listed) -> tuple[int, float]:
    """Those that wait first, the oldest promise before the others; then the own; then the rest, the latest first."""
    conversation = one.conversation
    if one.state == WAITING or (one.mine and conversation.promised_at):
        return (0, conversation.promised_at.timestamp() if conversation.promised_at else 0.0)
    place = 1 if one.mine else 2 if one.state == PERSON else 3
    return (place, -conversation.last_at.timestamp())


def _checked(said: Sequence[Utterance]) -> Iterator[Checked]:
    """Each question with the answer that follows it."""
    for place, one in enumerate(said):
        if one.said_by != "person" or one.kind != QUESTION:
            continue
        following = said[place + 1] if place + 1 < len(said) else None
        answer = following if following is not None and following.said_by == "assistant" else None
        cited = read(answer.cited) if answer else ()
        yield Checked(
            question=one.text,
            kind=answer.kind if answer else "",
            answer=answer.text if answer else "",
            rules=tuple(source for source in cited if not source.is_record),
            records=tuple(source for source in cited if source.is_record),
            at=one.said_at,
        )
