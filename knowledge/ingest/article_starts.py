"""At which lines do the articles begin, and which 第…条 at the start of a line is only a reference?"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from knowledge.ingest.blocks import Block
from knowledge.ingest.law import Style
from knowledge.ingest.markers import ArticleMark, article_mark, chapter_mark, ends_sentence, is_annex, section_mark
from knowledge.ingest.titles import is_title

Key = tuple[int, int]


class Footing(IntEnum):
    """How well the line before is closed, so that something new can begin."""

    OPEN = 0  # a full line without an end: the sentence runs on
    SHORT = 1  # no end, but the line stops before the margin
    CLOSED = 2  # the end of a sentence, a heading, or a paragraph of the file's own


@dataclass(frozen=True)
class Start:
    """A line that may begin an article."""

    index: int
    mark: ArticleMark
    footing: Footing

    @property
    def sure(self) -> bool:
        """Whether the line by itself looks like the beginning of an article."""
        return self.mark.clear and self.footing > Footing.OPEN


def article_starts(blocks: Sequence[Block]) -> tuple[Style, list[list[Start]], list[Start]]:
    """Return the numbering style, the runs of articles that each begin anew, and the lines held to be references.

    More than one run means more than one instrument. No run means no articles.
    """
    candidates = [
        Start(index, mark, _footing(blocks, index))
        for index, block in enumerate(blocks)
        if (mark := article_mark(block.text))
    ]
    runs, references = _runs(candidates)
    if runs:
        return "articles", _without_contents(blocks, runs), references
    return "sections", _sections(blocks), []


def _footing(blocks: Sequence[Block], index: int) -> Footing:
    if index == 0 or blocks[index].heading:
        return Footing.CLOSED
    before = blocks[index - 1]
    if before.heading or ends_sentence(before.text) or chapter_mark(before.text):
        return Footing.CLOSED
    if not blocks[index].soft or blocks[index].indented:
        return Footing.CLOSED
    return Footing.OPEN if blocks[index].after_full_line else Footing.SHORT


def _runs(candidates: list[Start]) -> tuple[list[list[Start]], list[Start]]:
    runs: list[list[Start]] = []
    references: list[Start] = []
    later = _Later(candidates)
    for position, start in enumerate(candidates):
        key = start.mark.key
        if not runs:
            if _is_first(start, later, position):
                runs.append([start])
            continue
        current = runs[-1][-1].mark.key
        if key in _next(current):
            # 依照本法 | 第三条 …: a better beginning of the same article may follow.
            if not later.has(position, key, start.footing):
                runs[-1].append(start)
        elif key == (1, 0) and start.sure:
            runs.append([start])
        elif key > current and start.sure and not any(later.has(position, following) for following in _next(current)):
            runs[-1].append(start)
        elif start.sure:
            references.append(start)
    return runs, references


def _is_first(start: Start, later: _Later, position: int) -> bool:
    if start.mark.key == (1, 0):
        return not later.has(position, (1, 0), start.footing)
    return start.sure and not later.has(position, (1, 0))


def _next(current: Key) -> tuple[Key, Key]:
    """第十条 is followed by 第十一条 or 第十条之一."""
    return (current[0] + 1, 0), (current[0], current[1] + 1)


class _Later:
    """Whether a sure beginning of an article comes later, before the numbering starts again."""

    def __init__(self, candidates: list[Start]) -> None:
        self._places: dict[tuple[Key, Footing], list[int]] = {}
        for position, start in enumerate(candidates):
            if start.sure:
                for footing in (Footing.SHORT, Footing.CLOSED)[: start.footing]:
                    self._places.setdefault((start.mark.key, footing), []).append(position)

    def has(self, position: int, key: Key, better_than: Footing = Footing.OPEN) -> bool:
        if better_than == Footing.CLOSED:
            return False
        found = self._after(position, key, Footing(better_than + 1))
        if found is None or key == (1, 0):
            return found is not None
        restart = self._after(position, (1, 0), Footing.SHORT)
        return restart is None or found < restart

    def _after(self, position: int, key: Key, footing: Footing) -> int | None:
        places = self._places.get((key, footing), [])
        index = bisect_right(places, position)
        return places[index] if index < len(places) else None


def _without_contents(blocks: Sequence[Block], runs: list[list[Start]]) -> list[list[Start]]:
    """Leave out a first run that is a table of contents: titles of articles without one sentence."""
    if len(runs) < 2:
        return runs
    listed = blocks[runs[0][0].index : runs[1][0].index]
    return runs if any(block.text.endswith("。") for block in listed) else runs[1:]


def _sections(blocks: Sequence[Block]) -> list[list[Start]]:
    """Return the runs of 一、二、… A numbering that starts again is an annex, a list, or after a title a new text."""
    runs: list[list[Start]] = []
    title_seen = False
    for index, block in enumerate(blocks):
        if runs and is_annex(block.text):
            break
        title_seen = title_seen or is_title(block.text)
        if (section := section_mark(block.text)) is None:
            continue
        number, rest = section
        start = Start(index, ArticleMark(number, 0, rest, clear=True), Footing.CLOSED)
        if number == 1 and (not runs or title_seen):
            runs.append([start])
        elif runs and number == runs[-1][-1].mark.number + 1:
            runs[-1].append(start)
        title_seen = False
    return runs
