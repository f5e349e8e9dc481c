"""The compliance calendar as a file that calendar programs read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Alarm, Calendar, Event
from icalendar.enums import TRANSP

from api.exports.cells import plain_text

PRODUCT = "-//credit-assistant//compliance calendar//ZH"
REFRESH = timedelta(hours=12)
REMIND_DAYS = 7
LONGEST_SUMMARY = 120


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the file, in the reader's language. With ``starts_at`` it is an hour, otherwise a whole day."""

    key: str
    day: date
    summary: str
    description: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None


def write_agenda(lines: Iterable[Line], name: str, now: datetime) -> bytes:
    """Return an ics file; an entry keeps its id when its day moves, so that programs move it too."""
    calendar = Calendar.new(name=name, prodid=PRODUCT, refresh_interval=REFRESH)
    for line in lines:
        calendar.add_component(_event(line, now))
    written: bytes = calendar.to_ical()
    return written


def _event(line: Line, now: datetime) -> Event:
    summary = " ".join(plain_text(line.summary).split())[:LONGEST_SUMMARY]
    event = Event.new(
        uid=f"{line.key}@credit-assistant",
        stamp=now,
        start=line.starts_at or line.day,
        end=line.ends_at or line.day + timedelta(days=1),
        summary=summary,
        description=plain_text(line.description),
        transparency=TRANSP.OPAQUE if line.starts_at else TRANSP.TRANSPARENT,
    )
    alarm = Alarm.new(description=summary)
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", timedelta(days=-1 if line.starts_at else -REMIND_DAYS))
    event.add_component(alarm)
    return event
