"""What a channel did not carry goes into the site's inbox, and those who look after the enterprise see it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.bridge.computing import CARD_PREFIX
from api.bridge.outbox import Sending
from api.store import Conversation
from api.usecases.channels.ground import Channels
from api.usecases.channels.handover import coordinators_of
from api.usecases.channels.notices import notify

NOTICE_PREFIX = "notice:"


def note_undelivered(channels: Channels, session: Session, sending: Sending, code: str) -> None:
    """Keep the message for its person on the site; tell the coordinators of the enterprise that it lies there."""
    now = channels.services.now()
    if sending.account_id is None or sending.key.startswith((NOTICE_PREFIX, CARD_PREFIX)):
        return  # nobody to keep it for, or kept already; a card only repeats the choices of its text
    uscc = _enterprise_of(session, sending)
    notify(
        session,
        sending.account_id,
        f"undelivered:{sending.id}",
        "undelivered",
        sending.said.text,
        now,
        uscc=uscc,
        link=sending.said.link,
    )
    for account in coordinators_of(channels, session, uscc) if uscc else ():
        text = f"一条答复没有送达企业（{sending.address.channel}，{code}），已放入网页收件箱。"
        notify(session, account.id, f"undelivered:{sending.id}", "undelivered_to", text, now, uscc=uscc)


def _enterprise_of(session: Session, sending: Sending) -> str | None:
    address = sending.address
    statement = select(Conversation.uscc).where(
        Conversation.account_id == sending.account_id,
        Conversation.last_channel == address.channel,
        Conversation.last_account == address.account,
        Conversation.last_peer == address.peer,
    )
    return session.scalars(statement.order_by(Conversation.last_at.desc())).first()
