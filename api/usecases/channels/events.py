"""What happens besides messages: somebody follows, leaves, enters, clicks; a notice arrived or did not."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from api.bridge import allowances
from api.bridge.computing import Asked, Said
from api.bridge.model import Happening, Inbound, Outbound
from api.store import ChannelMessage, Conversation
from api.usecases.channels.commands import Command, Wish, read_menu
from api.usecases.channels.conversations import COMMAND, add, conversation_of
from api.usecases.channels.doing import Turn, do
from api.usecases.channels.ground import Channels
from api.usecases.channels.people import Writer
from api.usecases.channels.records_talk import RecordQuestion
from api.usecases.channels.words import HELLO

GREETED_FOR = timedelta(hours=12)  # an application is opened many times a day, and greets once


def heard(channels: Channels, session: Session, inbound: Inbound, writer: Writer) -> Said | Asked[RecordQuestion]:
    """Return what is said to an event; to most of them nothing."""
    match inbound.event:
        case Happening.FOLLOW:
            if writer.binding is not None:
                writer.binding.unreachable_at = None
            return Said(Outbound(HELLO), writer.account_id)
        case Happening.UNFOLLOW:
            _left(channels, session, inbound, writer)
            return Said(None, writer.account_id)
        case Happening.ENTER:
            greeted = _was_here(channels, session, inbound)
            return Said(None if greeted else Outbound(HELLO), writer.account_id)
        case Happening.MENU_CLICK | Happening.CARD_ACTION:
            return _clicked(channels, session, inbound, writer)
        case Happening.SCAN:
            return Said(Outbound(HELLO), writer.account_id)
        case _:
            return Said(None, writer.account_id)


def _clicked(channels: Channels, session: Session, inbound: Inbound, writer: Writer) -> Said | Asked[RecordQuestion]:
    """A click says what its key says, if this person may; a key we do not know gets help."""
    services = channels.services
    conversation = conversation_of(session, services.keys, writer.who, writer.address, services.now())
    command = read_menu(inbound.event_key)
    if command.wish in _STAFF and not writer.who.is_staff:
        command = Command(Wish.HELP)
    add(session, conversation, "person", f"[{command.wish}]", COMMAND, inbound.address.channel, services.now())
    done = do(channels, session, Turn(writer, conversation, services.now()), command)
    if isinstance(done, RecordQuestion):
        return Asked(done)
    channel, now = inbound.address.channel, services.now()
    add(session, conversation, "assistant", done.text, COMMAND, channel, now, choices=done.choices)
    return Said(done, writer.account_id)


def _left(channels: Channels, session: Session, inbound: Inbound, writer: Writer) -> None:
    """Whoever left gets nothing more; what an unbound person said is deleted, as the platform asks.

    The binding stays, marked as out of reach: following again does not need a new code.
    """
    now = channels.services.now()
    allowances.close_window(session, inbound.address)
    channels.outbox.drop(session, inbound.address)
    if writer.binding is not None:
        writer.binding.unreachable_at = now
        session.flush()
        return
    key = conversation_of(session, channels.services.keys, writer.who, inbound.address, now).key
    session.execute(delete(Conversation).where(Conversation.key == key))
    session.execute(
        delete(ChannelMessage).where(
            ChannelMessage.channel == inbound.address.channel,
            ChannelMessage.account == inbound.address.account,
            ChannelMessage.peer == inbound.address.peer,
            ChannelMessage.id != inbound.id,
        )
    )


def _was_here(channels: Channels, session: Session, inbound: Inbound) -> bool:
    since = channels.services.now() - GREETED_FOR
    statement = (
        select(func.count())
        .select_from(ChannelMessage)
        .where(
            ChannelMessage.channel == inbound.address.channel,
            ChannelMessage.account == inbound.address.account,
            ChannelMessage.peer == inbound.address.peer,
            ChannelMessage.received_at > since,
            ChannelMessage.id != inbound.id,
        )
    )
    return bool(session.scalar(statement))


_STAFF = frozenset({Wish.TO_DO, Wish.MY_ENTERPRISES})
