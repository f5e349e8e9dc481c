"""Hand a conversation over to a person and back: who is told, who takes it, how an answer reaches the enterprise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from api.auth.identity import Identity, Kind
from api.bridge.model import Address, Channel, Outbound
from api.errors import AppError, BadInput, Conflict, NotFound
from api.records.errors import RecordsError
from api.records.gateway.assignments import list_coordinators
from api.records.scope import Scope
from api.store import Account, ChannelBinding, Conversation
from api.usecases.channels.cited import Cited
from api.usecases.channels.conversations import REPLY, WEB, add
from api.usecases.channels.ground import CHINA, Channels, promised_by
from api.usecases.channels.notices import notify
from api.usecases.channels.waiting import ASSISTANT, PERSON, SHORT, WAITING, in_reach, list_waiting
from api.usecases.enterprise_names import enterprise_names


def ask_for_person(channels: Channels, session: Session, conversation: Conversation, topic: str, now: datetime) -> str:
    """Put an enterprise's conversation before its coordinators; return what the person is told."""
    if conversation.uscc is None:
        return "请先绑定企业账号，再转人工。政策问题也可以直接拨打12360。"
    if conversation.attended_by == PERSON:
        return "协调员已经在和您对话，请直接说。"
    if conversation.attended_by != WAITING:
        conversation.attended_by, conversation.waiting_since = WAITING, now
        conversation.promised_at, conversation.escalated_at = promised_by(now), None
    session.flush()
    by = (conversation.promised_at or promised_by(now)).astimezone(CHINA)
    told = _tell(channels, session, conversation, topic, now)
    note_of(channels, session, conversation, "person_asked_for", conversation.account_id)
    if not told:
        return f"已经记下，会有人联系您（预计{by:%m月%d日 %H:%M}前）。急事请拨打12360。"
    return f"已经通知您的协调员，预计{by:%m月%d日 %H:%M}前答复。等待时可以继续提问。"


def note_of(
    channels: Channels, session: Session, conversation: Conversation, action: str, by: Identity | str | None
) -> None:
    """Write to the audit log what somebody did about an enterprise's conversation."""
    services = channels.services
    who = by if isinstance(by, Identity) else Identity(account_id=by or "")
    subject = services.trail.enterprise(conversation.uscc or "")
    services.trail.append(session, who, action, services.now(), subject, conversation=conversation.id)


def _tell(channels: Channels, session: Session, conversation: Conversation, topic: str, now: datetime) -> int:
    uscc = str(conversation.uscc)
    name = enterprise_names(channels.services.records, [uscc])[uscc]
    text = f"{name}请求人工：{topic}\n回复“接手 {conversation.id[:SHORT]}”开始对话。"
    told = coordinators_of(channels, session, uscc)
    for account in told:
        key = f"handover:{conversation.id}:{conversation.waiting_since}"
        notify(session, account.id, key, "handover", text, now, uscc=uscc, urgent=True)
    return len(told)


def coordinators_of(channels: Channels, session: Session, uscc: str) -> list[Account]:
    """Return the coordinators who look after an enterprise today; nobody where the records are away."""
    if channels.services.records is None:
        return []
    try:
        with channels.services.records.reader() as reader:
            assigned = list_coordinators(reader, Scope.of_enterprises([uscc]), uscc, channels.today())
    except RecordsError:
        return []
    numbers = [assignment.coordinator for assignment in assigned]
    statement = select(Account).where(
        Account.kind == Kind.COORDINATOR, Account.coordinator.in_(numbers), Account.disabled_at.is_(None)
    )
    return list(session.scalars(statement.order_by(Account.id)))


def take_over(channels: Channels, session: Session, who: Identity, short: str, now: datetime) -> Conversation:
    """Begin to answer in a conversation. Raises `NotFound`, `Conflict` where a colleague was faster.

    The database decides who was first: of two who take at once, one row changes for one of them only.
    """
    found = _named(channels, session, who, short)
    already = found.attended_by == PERSON and found.attendant == who.account_id
    taken = session.execute(
        update(Conversation)
        .where(
            Conversation.id == found.id,
            or_(
                Conversation.attended_by != PERSON,
                Conversation.attendant == who.account_id,
                Conversation.attendant.is_(None),
            ),
        )
        .values(attended_by=PERSON, attendant=who.account_id, waiting_since=None, promised_at=None)
    )
    if not taken.rowcount:  # type: ignore[attr-defined]
        raise Conflict("同事已经接手这个对话。", "A colleague has taken this conversation.")
    if already:
        return found
    session.refresh(found)
    say_to_enterprise(channels, session, found, who, f"协调员{who.display_name}已接入，请直接说。", now)
    note_of(channels, session, found, "conversation_taken", who)
    return found


def reply_as_person(
    channels: Channels,
    session: Session,
    who: Identity,
    short: str,
    text: str,
    now: datetime,
    cited: Sequence[Cited] = (),
) -> Conversation:
    """Answer an enterprise in its own conversation, wherever it is. Raises `NotFound`, `BadInput`."""
    found = _own(channels, session, who, short)
    say_to_enterprise(channels, session, found, who, text, now, cited)
    found.promised_at = None
    session.flush()
    note_of(channels, session, found, "conversation_replied", who)
    return found


def finish(channels: Channels, session: Session, who: Identity, short: str, now: datetime) -> Conversation:
    """Give a conversation back to the assistant. Raises `NotFound`, `BadInput`."""
    found = _own(channels, session, who, short)
    say_to_enterprise(channels, session, found, who, "人工对话已结束，您可以继续向助手提问。", now)
    back_to_assistant(found)
    session.flush()
    note_of(channels, session, found, "conversation_finished", who)
    return found


def _own(channels: Channels, session: Session, who: Identity, short: str) -> Conversation:
    """The conversation this person answers in."""
    found = _named(channels, session, who, short) if short else _only_one(channels, session, who)
    if found.attendant != who.account_id or found.attended_by != PERSON:
        raise BadInput("请先接手这个对话。", "Take the conversation over first.")
    return found


def back_to_assistant(conversation: Conversation) -> None:
    """Let the assistant answer again."""
    conversation.attended_by, conversation.attendant = ASSISTANT, None
    conversation.waiting_since = conversation.promised_at = conversation.escalated_at = None


def say_to_enterprise(
    channels: Channels,
    session: Session,
    conversation: Conversation,
    who: Identity,
    text: str,
    now: datetime,
    cited: Sequence[Cited] = (),
) -> None:
    """Say something as a person: in the conversation, in the site's inbox, and in the channel last written from."""
    by = who.account_id
    add(session, conversation, "staff", text, REPLY, conversation.last_channel, now, speaker=by, cited=cited)
    conversation.last_at = now
    if conversation.account_id is None:
        return
    key = f"said:{conversation.id}:{now.isoformat()}:{len(text)}"
    address = _last_address(session, conversation)
    if address is None:
        notify(session, conversation.account_id, key, "reply", text, now, uscc=conversation.uscc, urgent=True)
        return
    said = Outbound(f"【协调员】{text}")
    channels.outbox.add(session, key[-80:], address, said, now, account_id=conversation.account_id)


def relay_to_attendant(
    channels: Channels, session: Session, conversation: Conversation, text: str, now: datetime
) -> None:
    """Bring what an enterprise says to the coordinator who answers; a reply is promised from the first word on."""
    if conversation.attendant is None or conversation.uscc is None:
        return
    conversation.promised_at = conversation.promised_at or promised_by(now)
    name = enterprise_names(channels.services.records, [conversation.uscc])[conversation.uscc]
    told = f"{name}（{conversation.id[:SHORT]}）：{text}"
    key = f"relay:{conversation.id}:{now.isoformat()}:{len(text)}"
    notify(session, conversation.attendant, key, "relay", told, now, uscc=conversation.uscc, urgent=True)


def _named(channels: Channels, session: Session, who: Identity, short: str) -> Conversation:
    """The conversation a coordinator names; what is not in reach looks like what does not exist."""
    statement = select(Conversation).where(Conversation.id.startswith(short), Conversation.uscc.is_not(None)).limit(5)
    found = list(session.scalars(statement))
    reach = in_reach(channels, who, {str(one.uscc) for one in found})
    named = [one for one in found if one.uscc in reach]
    if len(named) != 1:
        raise _none()
    return named[0]


def _only_one(channels: Channels, session: Session, who: Identity) -> Conversation:
    mine = [one for one in list_waiting(channels, session, who) if one.attendant == who.account_id]
    if len(mine) != 1:
        raise BadInput("请写明编号，例如：回复 3fa2b1 内容。", "Say which: reply 3fa2b1 text.")
    return mine[0]


def _last_address(session: Session, conversation: Conversation) -> Address | None:
    """Where the person last wrote from, as long as that address is still theirs."""
    if conversation.last_channel == WEB:
        return None
    statement = select(ChannelBinding.id).where(
        ChannelBinding.channel == conversation.last_channel,
        ChannelBinding.account == conversation.last_account,
        ChannelBinding.peer == conversation.last_peer,
        ChannelBinding.account_id == conversation.account_id,
        ChannelBinding.unreachable_at.is_(None),
    )
    if session.scalars(statement).first() is None:
        return None
    return Address(Channel(conversation.last_channel), conversation.last_account, conversation.last_peer)


def _none() -> AppError:
    return NotFound("没有这个对话。", "There is no such conversation.")
