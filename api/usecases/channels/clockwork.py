"""What the clock asks for, on whichever worker is first: escalation, notices that are due, old rows."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete

from api.bridge import leases
from api.store import ChannelAllowance, ChannelBindingCode, ChannelMessage, ChannelSending
from api.usecases.channels.escalation import escalate, let_go
from api.usecases.channels.ground import Channels
from api.usecases.channels.notices import send_notices

EVERY = timedelta(seconds=5)
CLEANED_EVERY = timedelta(hours=1)
# A platform may deliver a message again hours later: it must still be known.
MESSAGES_KEPT = timedelta(days=7)
LEASE, CLEANING = "clock", "clock:cleaning"


def tick(channels: Channels) -> None:
    """Do what is due."""
    now = channels.services.now()
    with channels.services.database.writing() as session:
        if leases.take(session, LEASE, str(id(channels)), now, EVERY):
            escalate(channels, session, now)
            let_go(session, now)
        send_notices(session, channels.outbox, now)
        if leases.take(session, CLEANING, str(id(channels)), now, CLEANED_EVERY):
            old = now - MESSAGES_KEPT
            session.execute(delete(ChannelMessage).where(ChannelMessage.received_at < old))
            session.execute(delete(ChannelSending).where(ChannelSending.created_at < old))
            session.execute(delete(ChannelAllowance).where(ChannelAllowance.until < old))
            session.execute(delete(ChannelBindingCode).where(ChannelBindingCode.expires_at < now))
