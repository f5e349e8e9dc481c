"""What the use cases of channels work with, and the hours of the people behind them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from api.auth.identity import Identity
from api.auth.work import Work
from api.bridge.media import NOT_HERE, FetchedMedia
from api.bridge.model import Inbound
from api.bridge.outbox import Outbox
from api.services import Services
from assistant.answering import Assistant

CHINA = ZoneInfo("Asia/Shanghai")
OPENS, CLOSES = time(8, 30), time(17, 30)
QUIET_FROM, QUIET_UNTIL = time(21, 0), time(8, 0)
PROMISED = timedelta(minutes=30)


@dataclass(frozen=True)
class Channels:
    """The parts that all use cases of channels share; the assistant is opened at the first question."""

    services: Services
    assistant: Callable[[], Assistant]
    today: Callable[[], date]
    outbox: Outbox
    with_callbacks: tuple[tuple[str, str], ...] = ()  # accounts that should be heard of every day
    fetch: Callable[[Inbound], FetchedMedia] = lambda _: NOT_HERE  # the file of a message

    def work(self, session: Session, who: Identity) -> Work:
        """Return what other use cases work with."""
        services = self.services
        return Work(session, who, services.now(), services.keys, services.trail, services.passwords)


def promised_by(now: datetime) -> datetime:
    """Return until when a person answers: within half an hour of working time, Mondays to Fridays."""
    moment = now.astimezone(CHINA)
    while True:
        opens, closes = (datetime.combine(moment.date(), at, CHINA) for at in (OPENS, CLOSES))
        begins = max(moment, opens)
        if moment.weekday() < 5 and begins + PROMISED <= closes:
            return begins + PROMISED
        moment = datetime.combine(moment.date() + timedelta(days=1), time(0), CHINA)


def after_quiet_hours(now: datetime) -> datetime:
    """Return now, or the next morning while people are not to be disturbed."""
    moment = now.astimezone(CHINA)
    if QUIET_UNTIL <= moment.time() < QUIET_FROM:
        return now
    morning = moment.date() + timedelta(days=1 if moment.time() >= QUIET_FROM else 0)
    return datetime.combine(morning, QUIET_UNTIL, CHINA)
