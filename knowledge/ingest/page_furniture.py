"""Which lines of a PDF belong to the page and not to the text: running headers, footers, page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from knowledge.ingest.characters import clean
from knowledge.ingest.titles import is_title

_EDGE = 2
_SHARE = 0.3
_FEW = 4
_PAGE_NUMBER = re.compile(
    r"^\s*(?:[-—–－·•]*\s*\d{1,4}\s*[-—–－·•]*|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4})\s*$"
)
_DIGITS = re.compile(r"\d+")


def without_furniture(pages: list[list[str]]) -> tuple[list[list[str]], list[str]]:
    """Return the pages without page numbers and running lines, and the running lines left out, once each.

    A running line is repeated at the edge of many pages and ends no sentence. A title at the top of
    the first page is kept: the running header may be the very title.
    """
    often = len(pages) if len(pages) < _FEW else max(_FEW, round(_SHARE * len(pages)))
    tops = _repeated((page[:_EDGE] for page in pages), often)
    bottoms = _repeated((page[-_EDGE:] for page in pages), often)
    kept: list[list[str]] = []
    left_out: dict[str, None] = {}
    for number, page in enumerate(pages):
        top = [line for line in page[:_EDGE] if number or not is_title(clean(line))]
        gone = top[: _count(top, tops)]
        page = [line for line in page[:_EDGE] if line not in gone] + page[_EDGE:]
        bottom = _count(page[: -_EDGE - 1 : -1], bottoms)
        gone += page[len(page) - bottom :]
        kept.append([line for line in page[: len(page) - bottom] if number or not is_page_number(line)])
        left_out |= dict.fromkeys(_DIGITS.sub("…", clean(line)) for line in gone if not is_page_number(line))
    return kept, list(left_out)


def _repeated(edges: Iterable[list[str]], often: int) -> frozenset[str]:
    seen = Counter(_pattern(line) for edge in edges for line in edge)
    return frozenset(pattern for pattern, count in seen.items() if count >= max(often, 2))


def is_page_number(line: str) -> bool:
    """Whether the line is a page number and nothing else."""
    return bool(_PAGE_NUMBER.match(line))


def _count(edge: list[str], repeated: frozenset[str]) -> int:
    """Return how many lines to leave out, counted inwards from the edge of the page."""
    count = 0
    while count < len(edge) and (is_page_number(edge[count]) or _is_running(edge[count], repeated)):
        count += 1
    return count


def _is_running(line: str, repeated: frozenset[str]) -> bool:
    return _pattern(line) in repeated and not line.rstrip().endswith(("。", "；", "，", "、", "："))


def _pattern(line: str) -> str:
    return _DIGITS.sub("0", "".join(line.split()))
