"""How much may still be sent to a person: the platforms' own rules, counted before they count.

Official accounts: 5 messages within 48 hours after one of the person's, 3 within a minute after a menu click, a
scan or following; the allowances do not add up. WeCom drops what exceeds 30 a minute or 1000 an hour, silently.
Source: customer service messages of official accounts; WeCom message/send, frequency limits.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, update
from sqlalchemy.orm import Session

from api.bridge.accounts import ChannelAccount
from api.bridge.model import Address, Capability, Happening, Inbound
from api.store import ChannelAllowance
from api.store.once import insert_once

AFTER_CLICK = 3
CLICK_SECONDS = 60
CLICKS = frozenset({Happening.MENU_CLICK, Happening.SCAN, Happening.FOLLOW})
# The shortest first: what ends soonest is used first.
WINDOWS = ("click", "message")
RATES: Mapping[str, timedelta] = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1)}


def open_window(session: Session, inbound: Inbound, account: ChannelAccount, now: datetime) -> None:
    """Note that the person wrote or clicked: so much may be sent from now on."""
    if inbound.event is None:
        window = timedelta(hours=account.window_hours)
        _open(session, inbound.address, "message", now + window, account.messages_per_window)
    elif inbound.event in CLICKS:
        _open(session, inbound.address, "click", now + timedelta(seconds=CLICK_SECONDS), AFTER_CLICK)


def close_window(session: Session, address: Address) -> None:
    """Note that nothing may be sent any more, as the platform says or because the person left."""
    session.execute(delete(ChannelAllowance).where(*_of(address)))


def spend(session: Session, address: Address, capability: Capability, now: datetime) -> str | None:
    """Use up one message; return why none may be sent: ``window`` (take another way) or ``rate`` (wait)."""
    limits = (("minute", capability.per_minute), ("hour", capability.per_hour))
    for reason, allowed in limits:
        if allowed is not None:
            _reopen_rate(session, address, reason, allowed, now)
            if not _use(session, address, reason, now):
                return "rate"
    if capability.after_message is None:
        return None
    return None if any(_use(session, address, reason, now) for reason in WINDOWS) else "window"


def _open(session: Session, address: Address, reason: str, until: datetime, allowed: int) -> None:
    values = {"until": until, "allowed": allowed, "used": 0}
    if not insert_once(session, ChannelAllowance, {**_key(address), "reason": reason, **values}):
        session.execute(
            update(ChannelAllowance).where(*_of(address), ChannelAllowance.reason == reason).values(**values)
        )


def _reopen_rate(session: Session, address: Address, reason: str, allowed: int, now: datetime) -> None:
    row = session.get(ChannelAllowance, (*_key(address).values(), reason), populate_existing=True)
    if row is None or row.until <= now:
        _open(session, address, reason, now + RATES[reason], allowed)


def _use(session: Session, address: Address, reason: str, now: datetime) -> bool:
    used = session.execute(
        update(ChannelAllowance)
        .where(
            *_of(address),
            ChannelAllowance.reason == reason,
            ChannelAllowance.until > now,
            ChannelAllowance.used < ChannelAllowance.allowed,
        )
        .values(used=ChannelAllowance.used + 1)
        .execution_options(synchronize_session=False)
    )
    return bool(used.rowcount)  # type: ignore[attr-defined]


def _key(address: Address) -> dict[str, str]:
    return {"channel": address.channel, "account": address.account, "peer": address.peer}


def _of(address: Address) -> tuple[ColumnElement[bool], ...]:
    return (
        ChannelAllowance.channel == address.channel,
        ChannelAllowance.account == address.account,
        ChannelAllowance.peer == address.peer,
    )
