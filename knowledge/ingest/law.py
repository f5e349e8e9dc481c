"""An official text as its parts: chapters, articles, paragraphs (款), list items (项)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from knowledge.ingest.blocks import Remark
from knowledge.ingest.characters import comparable, numeral

Style = Literal["articles", "sections"]


@dataclass(frozen=True)
class Subparagraph:
    """A list item with its own sign: 1 for 项 （一）, 2 for 目 1., 3 for what lies below."""

    text: str
    depth: int = 1


@dataclass(frozen=True)
class Paragraph:
    """A 款: its text and the list under it. The text is empty where an article begins with a list."""

    text: str
    subparagraphs: tuple[Subparagraph, ...] = ()

    def lines(self) -> Iterable[str]:
        """The paragraph as lines of text."""
        if self.text:
            yield self.text
        yield from (item.text for item in self.subparagraphs)


@dataclass(frozen=True)
class Article:
    """第…条, or in an announcement without articles the section 一、…

    ``suffix`` is the 之-number: 第十条之一 has number 10 and suffix 1. ``line`` is where it begins in the file.
    """

    number: int
    suffix: int
    heading: str
    chapter: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...]
    line: int
    style: Style = "articles"

    @property
    def anchor(self) -> str:
        """How the article is cited: 第十条之一; a section is 第一项."""
        sign = "条" if self.style == "articles" else "项"
        return f"第{numeral(self.number)}{sign}" + (f"之{numeral(self.suffix)}" if self.suffix else "")

    @property
    def anchor_id(self) -> str:
        """``art-10-1``, or ``item-1`` for a section."""
        kind = "art" if self.style == "articles" else "item"
        return f"{kind}-{self.number}" + (f"-{self.suffix}" if self.suffix else "")

    @property
    def lines(self) -> tuple[str, ...]:
        """The wording, one 款 or 项 per line, without the article's number."""
        return tuple(line for paragraph in self.paragraphs for line in paragraph.lines())

    @property
    def text(self) -> str:
        """The wording as one text."""
        return "\n".join(self.lines)


@dataclass(frozen=True)
class Annex:
    """What stands after the articles under 附件."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class ParsedLaw:
    """One instrument as it stands in a file; what is not article text is kept apart.

    ``front`` are the lines above the first article other than the title: promulgation, revisions,
    number. ``preamble`` are those of them that are sentences. ``closing`` are signature and date.
    """

    title: str
    front: tuple[str, ...]
    preamble: tuple[str, ...]
    articles: tuple[Article, ...]
    annexes: tuple[Annex, ...] = ()
    closing: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    style: Style = "articles"

    def chapters(self, kind: str) -> int:
        """How many headings of ``kind`` (编, 章, 节) the articles stand under."""
        seen = {
            article.chapter[: depth + 1]
            for article in self.articles
            for depth, title in enumerate(article.chapter)
            if _kind(title) == kind
        }
        return len(seen)

    @property
    def paragraph_count(self) -> int:
        """How many 款 there are."""
        return sum(len(article.paragraphs) for article in self.articles)

    @property
    def subparagraph_count(self) -> int:
        """How many 项 and 目 there are."""
        return sum(len(paragraph.subparagraphs) for article in self.articles for paragraph in article.paragraphs)

    @property
    def text_hash(self) -> str:
        """The same for every copy of the same articles, whatever the file and its line breaks."""
        return text_hash((article.anchor_id, article.text) for article in self.articles)


def text_hash(articles: Iterable[tuple[str, str]]) -> str:
    """Return one hash over (anchor id, text) pairs that disregards spaces, line breaks and widths."""
    digest = hashlib.sha256()
    for anchor_id, text in articles:
        digest.update(f"{anchor_id}\n{comparable(text)}\n".encode())
    return digest.hexdigest()


def _kind(title: str) -> str:
    head = title.split(" ")[0]
    return "分编" if head.endswith("分编") else "章" if not head.startswith("第") else head[-1]
