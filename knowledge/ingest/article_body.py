"""The lines of one article as 款 and 项."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.ingest.blocks import Block
from knowledge.ingest.law import Article, Paragraph, Style, Subparagraph
from knowledge.ingest.markers import ArticleMark, ends_sentence, list_depth

_NAMED = re.compile(r"^【([^【】]{1,40})】[\s　]*")
_LONGEST_HEADING = 20
_PUNCTUATION = re.compile(r"[，。；：、！？,;:]")


def article(mark: ArticleMark, blocks: Sequence[Block], line: int, chapter: tuple[str, ...], style: Style) -> Article:
    """Return the article that ``mark`` begins and ``blocks`` continue."""
    heading, lines = _heading(mark.rest, [block.text for block in blocks])
    return Article(mark.number, mark.suffix, heading, chapter, tuple(_paragraphs(lines)), line, style)


def _heading(first: str, following: list[str]) -> tuple[str, list[str]]:
    """Return the article's own title, where it has one, and its lines of text."""
    if named := _NAMED.match(first):
        rest = first[named.end() :]
        return named[1], [rest, *following] if rest else following
    alone = (
        0 < len(first) <= _LONGEST_HEADING
        and not _PUNCTUATION.search(first)
        and not ends_sentence(first)
        and bool(following)
        and ends_sentence(following[0])
        and not list_depth(following[0])
    )
    if alone:
        return first, following
    return "", [first, *following] if first else following


def _paragraphs(lines: Sequence[str]) -> list[Paragraph]:
    found: list[Paragraph] = []
    for text in lines:
        depth = list_depth(text)
        if not depth or (not found and len(lines) == 1):
            found.append(Paragraph(text))
            continue
        above = found[-1] if found else Paragraph("")
        item = Subparagraph(text, _relative(depth, above.subparagraphs))
        found[-1:] = [Paragraph(above.text, (*above.subparagraphs, item))]
    return found


def _relative(depth: int, items: Sequence[Subparagraph]) -> int:
    """1. directly under a 款 is a 项, under （一） it is a 目."""
    if depth == 1 or not items:
        return 1
    chinese = any(list_depth(item.text) == 1 for item in items)
    return depth if chinese else depth - 1
