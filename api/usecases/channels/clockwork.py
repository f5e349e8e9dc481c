"""What the clock asks for, on whichever worker is first: escalation, notices that are due, old rows."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from api.bridge import leases
from api.store import ChannelAllowance, ChannelBindingCode, ChannelMessage, ChannelSending
from api.store.base import new_id
from api.usecases.channels.escalation import escalate, let_go
from api.usecases.channels.ground import Channels
from api.usecases.channels.notices import send_notices
from api.usecases.channels.watch import note_levels, note_silence, note_submissions

EVERY = timedelta(seconds=10)
HOURLY = timedelta(hours=1)
# A platform may deliver a message again hours later: it must still be known.
MESSAGES_KEPT = timedelta(days=7)
LEASE, CLEANING, LEVELS = "clock", "clock:cleaning", "clock:levels"


def tick(channels: Channels) -> None:
    """Do what is due."""
    now = channels.services.now()
    # Another owner each time: whoever has just done it is held off like everybody else.
    owner = new_id()
    levels_due = False
    with channels.services.database.writing() as session:
        if leases.take(session, LEASE, owner, now, EVERY):
            escalate(channels, session, now)
            let_go(session, now)
            note_silence(channels, session, now)
            note_submissions(channels, session, now)
            levels_due = leases.take(session, LEVELS, owner, now, HOURLY)
            if leases.take(session, CLEANING, owner, now, HOURLY):
                _clean(session, now)
        send_notices(session, channels.outbox, now)
    if levels_due:
        note_levels(channels, now)


def _clean(session: Session, now: datetime) -> None:
    """Delete what is not needed any more."""
    old = now - MESSAGES_KEPT
    session.execute(delete(ChannelMessage).where(ChannelMessage.received_at < old))
    session.execute(delete(ChannelSending).where(ChannelSending.created_at < old))
    session.execute(delete(ChannelAllowance).where(ChannelAllowance.until < old))
    session.execute(delete(ChannelBindingCode).where(ChannelBindingCode.expires_at < now))
