"""Correct the split of a text: change an article, move it, join it with the next, cut it in two, take it out.

Every function returns new parts and leaves the old ones alone. Positions count from 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from knowledge.ingest.characters import clean
from knowledge.ingest.errors import SplitInvalid
from knowledge.ingest.law import Article
from knowledge.ingest.markers import article_mark, list_depth, section_anchor
from knowledge.models import EARLIEST, OPEN_END, Confidence, Line, Provision

MOST_LINES = 2_000
MOST_PARTS = 3_000
LONGEST_LINE = 20_000


@dataclass(frozen=True)
class Part:
    """One article of a text being corrected, and the lines of the file it was read from; 0 where it was not."""

    provision: Provision
    first_line: int = 0
    last_line: int = 0


@dataclass(frozen=True)
class Correction:
    """What a person writes about one article. Lines that begin with （一） or 1. become list items."""

    anchor: str
    title: str
    text: str
    chapter: str = ""
    confidence: Confidence = Confidence.OFFICIAL
    first_day: date | None = None
    last_day: date | None = None
    asks: str = ""


def correct(parts: Sequence[Part], position: int, correction: Correction) -> tuple[Part, ...]:
    """Return the parts with one article as a person wants it. Raises `SplitInvalid`."""
    part = _at(parts, position)
    anchor, anchor_id, title_en = _numbered(correction.anchor, part.provision)
    first_day, last_day = correction.first_day or EARLIEST, correction.last_day or OPEN_END
    if first_day > last_day:
        raise SplitInvalid("末日早于首日。", "The last day lies before the first.")
    corrected = replace(
        part.provision,
        anchor=anchor,
        anchor_id=anchor_id,
        title_zh=_one_line(correction.title) or anchor,
        title_en=title_en,
        zh=_lines(correction.text.splitlines()),
        chapter=_one_line(correction.chapter),
        confidence=correction.confidence,
        first_day=first_day,
        last_day=last_day,
        asks=tuple(ask for raw in correction.asks.splitlines() if (ask := _one_line(raw))),
    )
    return _whole((*parts[:position], replace(part, provision=corrected), *parts[position + 1 :]))


def move(parts: Sequence[Part], position: int, by: int) -> tuple[Part, ...]:
    """Return the parts with one article ``by`` places further down, or up. Raises `SplitInvalid`."""
    part = _at(parts, position)
    rest = [*parts[:position], *parts[position + 1 :]]
    target = max(0, min(len(rest), position + by))
    return (*rest[:target], part, *rest[target:])


def join(parts: Sequence[Part], position: int) -> tuple[Part, ...]:
    """Return the parts with one article and the next as one, under the first one's number. Raises `SplitInvalid`."""
    first, second = _at(parts, position), _at(parts, position + 1)
    provision = replace(
        first.provision,
        zh=first.provision.zh + second.provision.zh,
        asks=tuple(dict.fromkeys(first.provision.asks + second.provision.asks)),
    )
    lines = [n for n in (first.first_line, second.first_line) if n]
    joined = Part(provision, min(lines, default=0), max(first.last_line, second.last_line))
    return (*parts[:position], joined, *parts[position + 2 :])


def cut(parts: Sequence[Part], position: int, before: int, anchor: str) -> tuple[Part, ...]:
    """Return the parts with one article cut before its line number ``before`` (from 1). Raises `SplitInvalid`.

    The second half gets ``anchor`` as its number and no title.
    """
    part = _at(parts, position)
    lines = part.provision.zh
    if not 1 < before <= len(lines):
        raise SplitInvalid("请从第2行到最后一行中选择。", "Choose a line from the second to the last.")
    written, anchor_id, title_en = _numbered(anchor, None)
    second = replace(
        part.provision,
        anchor=written,
        anchor_id=anchor_id,
        title_zh=written,
        title_en=title_en,
        zh=lines[before - 1 :],
        asks=(),
    )
    first = replace(part.provision, zh=lines[: before - 1])
    halves = (replace(part, provision=first), replace(part, provision=second))
    return _whole((*parts[:position], *halves, *parts[position + 1 :]))


def take_out(parts: Sequence[Part], position: int) -> tuple[Part, ...]:
    """Return the parts without one article. Raises `SplitInvalid`."""
    _at(parts, position)
    if len(parts) == 1:
        raise SplitInvalid("至少要保留一条。", "One article has to stay.")
    return (*parts[:position], *parts[position + 1 :])


def _at(parts: Sequence[Part], position: int) -> Part:
    if not 0 <= position < len(parts):
        raise SplitInvalid("没有这一条。", "There is no such article.")
    return parts[position]


def _numbered(written: str, own: Provision | None) -> tuple[str, str, str]:
    """Return anchor, id and English title of a number such as 第三条之一, 第二项 or 附件1."""
    anchor = _one_line(written)[:60]
    if not anchor:
        raise SplitInvalid("请填写条号。", "Enter the number of the article.")
    if own is not None and anchor == own.anchor:
        return anchor, own.anchor_id, own.title_en
    mark = article_mark(anchor)
    number = (mark.number, mark.suffix) if mark is not None and not mark.rest else section_anchor(anchor)
    if number is None:
        if own is not None:
            return anchor, own.anchor_id, own.title_en
        raise SplitInvalid("条号请写成第五条或者第五条之一。", "Write the number like 第五条 or 第五条之一.")
    style = "sections" if mark is None else "articles"
    article = Article(number[0], number[1], "", (), (), 0, style)  # type: ignore[arg-type]
    word = "Article" if style == "articles" else "Item"
    return article.anchor, article.anchor_id, f"{word} {article.anchor_id.partition('-')[2]}"


def _lines(written: Iterable[str]) -> tuple[Line, ...]:
    texts = [text for raw in written if (text := clean(raw))]
    if not texts:
        raise SplitInvalid("条文不能为空。", "An article needs a wording.")
    if len(texts) > MOST_LINES or any(len(text) > LONGEST_LINE for text in texts):
        raise SplitInvalid("条文太长。", "The article is too long.")
    return tuple(Line(text, is_point=bool(list_depth(text)) and len(texts) > 1) for text in texts)


def _whole(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    if len(parts) > MOST_PARTS:
        raise SplitInvalid("条文太多。", "There are too many articles.")
    seen: set[str] = set()
    for part in parts:
        if part.provision.anchor_id in seen:
            raise SplitInvalid(f"{part.provision.anchor}出现了两次。", f"{part.provision.anchor} is there twice.")
        seen.add(part.provision.anchor_id)
    return parts


def _one_line(text: str) -> str:
    return clean(text.replace("\n", " "))
