"""The text of a document page by page, with the words of an item, or those searched, marked where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from api.errors import NotFound
from api.evidence.reading import PAGE
from api.store import EvidenceRevision
from api.usecases.assess_documents import NO_EVIDENCE, Document, Revision
from api.usecases.review.reading import Reading
from selfassess.item import Item

LONGEST_PAGE = 3000
MOST_WORDS = 8
AROUND = 90
_CUT = re.compile(r"[\s，。；、：（）()《》“”\"',.;:/—-]+|与|和|或者|或|及|的|等|应当|企业")
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; ``is_found`` where it is a word that was looked for."""

    text: str
    is_found: bool


@dataclass(frozen=True, slots=True)
class Sheaf:
    """One page of a document in view. ``hits`` are the pages on which a word was found."""

    document: Document
    revision: Revision
    number: int
    of: int
    pieces: tuple[Piece, ...]
    words: tuple[str, ...]
    hits: tuple[int, ...]


def open_text(reading: Reading, document_id: str, words: str = "", number: int = 0, no: str = "") -> Sheaf:
    """Return a page of a document that the version names. Raises `NotFound`.

    Without words those of the item are looked for; without a number the page that holds most of them is shown.
    """
    found = next((pair for pair in reading.frozen.documents if pair[0].id == document_id), None)
    if found is None:
        raise NotFound(*NO_EVIDENCE)
    content = _content(reading, found)
    item = reading.frozen.items.get(no)
    wanted = tuple(words.split()[:MOST_WORDS]) or (words_of(item, content) if item is not None else ())
    pages = split_pages(content)
    counts = [_distinct(page, wanted) for page in pages]
    best = counts.index(max(counts)) + 1
    shown = number if 1 <= number <= len(pages) else best
    hits = tuple(place for place, count in enumerate(counts, 1) if count)
    return Sheaf(*found, shown, len(pages), mark(pages[shown - 1], wanted), wanted, hits)


def first_look(reading: Reading, document_id: str, no: str) -> Sheaf | None:
    """Return a few lines of a document around the item's words, or None where it has no text."""
    sheaf = open_text(reading, document_id, no=no)
    text = "".join(piece.text for piece in sheaf.pieces)
    if not text.strip():
        return None
    at = min((place for word in sheaf.words if (place := text.lower().find(word.lower())) >= 0), default=0)
    start, end = max(0, at - AROUND), at + 2 * AROUND
    excerpt = f"{'…' if start else ''}{' '.join(text[start:end].split())}{'…' if end < len(text) else ''}"
    return Sheaf(
        sheaf.document, sheaf.revision, sheaf.number, sheaf.of, mark(excerpt, sheaf.words), sheaf.words, sheaf.hits
    )


def split_pages(content: str) -> list[str]:
    """Return the pages; what has none is cut at line ends into parts of a readable length."""
    pages: list[str] = []
    for page in content.split(PAGE):
        pages += _parts(page.strip("\n")) or [""]
    return pages


def words_of(item: Item, content: str) -> tuple[str, ...]:
    """Return the words of an item's title and usual proof that stand in a text, the longest first."""
    low, found = content.lower(), list[str]()
    proofs = (*item.evidence.procedure, *item.evidence.record, *item.evidence.agreement)
    for source in (item.title, *proofs):
        for chunk in filter(None, _CUT.split(source.zh)):
            word = _longest_in(chunk, low)
            if word and not any(word in other for other in found):
                found.append(word)
    return tuple(sorted(found, key=len, reverse=True)[:MOST_WORDS])


def mark(text: str, words: Sequence[str]) -> tuple[Piece, ...]:
    """Return a text in pieces, those found apart."""
    listed = [re.escape(word) for word in sorted(words, key=len, reverse=True) if word]
    if not listed:
        return (Piece(text, False),)
    pieces = re.split(f"({'|'.join(listed)})", text, flags=re.IGNORECASE)
    return tuple(Piece(piece, place % 2 == 1) for place, piece in enumerate(pieces) if piece)


def _longest_in(chunk: str, text: str) -> str:
    """The longest stretch of a chunk, from its start or up to its end, that stands in a text."""
    low = chunk.lower()
    for length in range(len(low), _SHORTEST - 1, -1):
        for stretch in dict.fromkeys((low[:length], low[-length:])):
            if stretch in text:
                return stretch
    return ""


def _parts(page: str) -> list[str]:
    parts: list[str] = []
    while len(page) > LONGEST_PAGE:
        cut = page.rfind("\n", LONGEST_PAGE // 2, LONGEST_PAGE)
        cut = cut if cut > 0 else LONGEST_PAGE
        parts.append(page[:cut])
        page = page[cut:].lstrip("\n")
    return [*parts, page]


def _distinct(page: str, words: Iterable[str]) -> int:
    low = page.lower()
    return sum(word.lower() in low for word in words)


def _content(reading: Reading, pair: tuple[Document, Revision]) -> str:
    document, revision = pair
    statement = select(EvidenceRevision.content).where(
        EvidenceRevision.evidence_id == document.id,
        EvidenceRevision.number == revision.number,
        EvidenceRevision.uscc == reading.review.uscc,
    )
    return reading.desk.work.session.scalar(statement) or ""
