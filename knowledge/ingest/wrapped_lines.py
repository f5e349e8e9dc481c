"""Which lines are one paragraph, cut only because the page was full?"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import replace

from knowledge.ingest.blocks import Block
from knowledge.ingest.characters import width
from knowledge.ingest.chinese_dates import DATE
from knowledge.ingest.markers import article_mark, begins_structure

_FULL = 0.85
_INDENTED_FULL = 0.6
_NARROWEST, _WIDEST = 40, 160
_TYPICAL = 0.9
_ENDS = frozenset("。；：！？;:!?")
_EVENTS = ("公布", "发布", "通过", "修正", "修订", "施行", "批准")
_LATIN = re.compile(r"[A-Za-z0-9,.;:%)]")


def joined(blocks: Iterable[Block]) -> list[Block]:
    """Return the blocks with cut paragraphs put together.

    Only a line that fills the page can be continued, and only by a line that follows it directly.
    Where the file shows indentation, that decides: an indented line begins a paragraph.
    """
    lines = list(blocks)
    typical = _typical_width(lines)
    found: list[Block] = []
    last_width = 0
    for line in lines:
        full = typical * (_FULL if line.indented is None else _INDENTED_FULL)
        possible = bool(found) and line.soft and last_width >= full and not line.indented
        if possible and _continues(found[-1], line):
            found[-1] = replace(found[-1], text=_together(found[-1].text, line.text))
        else:
            found.append(replace(line, after_full_line=possible))
        last_width = width(line.text)
    return found


def _typical_width(lines: list[Block]) -> float:
    """Return the width of a full line, which most lines of a wrapped text have; infinite where none are wrapped.

    No page is printed narrower or wider than the bounds; a text of such lines has one line per paragraph.
    """
    widths = sorted(width(line.text) for line in lines if line.soft)
    typical = widths[int(_TYPICAL * (len(widths) - 1))] if widths else 0
    return typical if _NARROWEST <= typical <= _WIDEST else math.inf


def _continues(paragraph: Block, line: Block) -> bool:
    if paragraph.heading or line.heading:
        return False
    ended = paragraph.text.rstrip("”’」』）)》〉")[-1:] in _ENDS or _event_after_event(paragraph.text, line.text)
    if begins_structure(line.text):
        # 依照本条例 | 第五条处理: without a space after it, an article number in mid-sentence is a reference.
        mark = article_mark(line.text)
        return not ended and mark is not None and not mark.clear and not line.indented
    if line.indented is not None:
        return not line.indented
    return not ended


def _event_after_event(before: str, line: str) -> bool:
    """…公布 | 2010年3月24日…修订: the lines of a history carry no full stop."""
    return before.endswith(_EVENTS) and DATE.match(line) is not None


def _together(first: str, second: str) -> str:
    separate = bool(_LATIN.match(first[-1]) and _LATIN.match(second[0]))
    return f"{first} {second}" if separate else first + second
