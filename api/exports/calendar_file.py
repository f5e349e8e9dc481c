"""The open tasks of a plan as days in a calendar, with a reminder before each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from icalendar import Alarm, Calendar, Event
from icalendar.enums import TRANSP

from api.exports.cells import plain_text
from api.exports.paper import PlanTask
from selfassess.text import Language

PRODUCT = "-//credit-assistant//cultivation plan//ZH"
LONGEST_SUMMARY = 120
_NAMES = {"zh": "海关信用培育计划", "en": "Customs credit cultivation plan"}
_ITEM = {"zh": "第{}项", "en": "Item {}"}


def write_calendar(tasks: Iterable[PlanTask], now: datetime, language: Language = "zh") -> bytes:
    """Return an ics file: one whole day for each open task with a due day, reminded of as many days before.

    ``now`` has a zone. Imported again, a task takes its own place: it keeps its id.
    """
    calendar = Calendar.new(name=_NAMES[language], prodid=PRODUCT)
    for task in tasks:
        if task.due is not None and not task.done:
            calendar.add_component(_event(task, now, language))
    written: bytes = calendar.to_ical()
    return written


def _event(task: PlanTask, now: datetime, language: Language) -> Event:
    assert task.due is not None  # noqa: S101 - only such tasks come here
    what = " ".join(plain_text(task.what).split())
    summary = f"{_ITEM[language].format(task.item)} {what}"
    event = Event.new(
        uid=f"{task.id}@credit-assistant",
        stamp=now,
        start=task.due,
        end=task.due + timedelta(days=1),
        summary=summary if len(summary) <= LONGEST_SUMMARY else f"{summary[:LONGEST_SUMMARY]}…",
        description="\n".join(part for part in (what, plain_text(task.owner)) if part),
        transparency=TRANSP.TRANSPARENT,
    )
    alarm = Alarm.new(description=summary[:LONGEST_SUMMARY])
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", timedelta(days=-task.remind_days))
    event.add_component(alarm)
    return event
