"""Dates in Chinese official texts: 2026年4月1日, 二〇二六年四月一日."""

from __future__ import annotations

import re
from datetime import date

from knowledge.ingest.characters import number

_N = "[〇○零一二三四五六七八九十0-9０-９]"
DATE = re.compile(f"({_N}{{4}}) ?年 ?({_N}{{1,3}}) ?月 ?({_N}{{1,3}}) ?日")
_ISO = re.compile(r"(?<!\d)(\d{4})[-.](\d{1,2})[-.](\d{1,2})(?!\d)")


def dates_in(text: str) -> list[tuple[date, int, int]]:
    """Return every date in the text that exists in the calendar, with its start and end position."""
    found = ((_day(match), match.start(), match.end()) for match in DATE.finditer(text))
    return [(day, start, end) for day, start, end in found if day]


def is_date_line(text: str) -> bool:
    """Whether the line is a date and nothing else."""
    match = DATE.fullmatch(text.strip("（）() "))
    return match is not None and _day(match) is not None


def date_in_name(name: str) -> date | None:
    """Return the date a file name carries, such as 海关法(2021-04-29).md."""
    match = _ISO.search(name) or DATE.search(name)
    return _day(match) if match else None


def _day(match: re.Match[str]) -> date | None:
    year, month, day = (number(part.replace("○", "〇")) for part in match.groups())
    if year is None or month is None or day is None:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
