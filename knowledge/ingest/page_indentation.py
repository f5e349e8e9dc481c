"""Which lines of a PDF page are indented, and does the print tell paragraphs by indentation at all?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from knowledge.ingest.characters import width

_INDENT = 2
_WIDE = 0.6
_TELLS = 0.03


def indentation(pages: Sequence[Sequence[str]]) -> list[list[bool | None]]:
    """Return for every line whether it is indented; None throughout where paragraphs begin flush left.

    Centred headings are indented in every print, so only long lines count as evidence.
    """
    widest = max((_width(line) for page in pages for line in page), default=0)
    wide = [[_width(line) >= _WIDE * widest for line in page] for page in pages]
    found = [_indented(page, marks) for page, marks in zip(pages, wide, strict=True)]
    long_lines = sum(map(sum, wide))
    evidence = sum(
        is_wide and indented
        for marks, page in zip(wide, found, strict=True)
        for is_wide, indented in zip(marks, page, strict=True)
    )
    if evidence > _TELLS * long_lines:
        return [list(page) for page in found]
    return [[None] * len(page) for page in found]


def _indented(page: Sequence[str], wide: Sequence[bool]) -> list[bool]:
    margin = _margin([_lead(line) for line, is_wide in zip(page, wide, strict=True) if is_wide])
    return [_lead(line) >= margin + _INDENT for line in page]


def _margin(leads: Sequence[int]) -> int:
    """Return where full lines begin: the smallest lead that is no accident of a single line."""
    counts = Counter(leads)
    return min((lead for lead, count in counts.items() if count > 1), default=min(leads, default=0))


def _lead(line: str) -> int:
    return sum(2 if character == "　" else 1 for character in line[: len(line) - len(line.lstrip())])


def _width(line: str) -> int:
    return width("".join(line.split()))
