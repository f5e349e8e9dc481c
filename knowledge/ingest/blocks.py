"""What every reader hands over: the lines of a file in order, and the limits a file must keep."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from knowledge.ingest.characters import clean
from knowledge.ingest.errors import FileTooLarge

FileType = Literal["docx", "pdf", "html", "md", "txt"]
OnPage = Callable[[int, int], None]
"""Called with (pages read, pages in all) while a long file is read."""

MAX_BYTES = 30_000_000
MAX_UNPACKED_BYTES = 100_000_000
MAX_XML_BYTES = 20_000_000
MAX_PACKING_RATIO = 200
MAX_PACKED_PARTS = 2_000
MAX_PAGES = 500
MAX_BLOCKS = 50_000
MAX_CHARACTERS = 3_000_000
_LONGEST_HEADING = 80


@dataclass(frozen=True)
class Block:
    """One line or paragraph of a file, cleaned.

    ``soft`` means that a mere line break separates it from the block before, so that it may continue
    it; ``after_full_line`` that the line before fills the page, so that it may indeed. ``indented`` is
    None where the file does not tell. ``line`` counts from 1, for messages.
    """

    text: str
    line: int
    heading: bool = False
    soft: bool = False
    indented: bool | None = None
    after_full_line: bool = False


@dataclass(frozen=True)
class Remark:
    """Something a person should look at before the text is added."""

    zh: str
    en: str


@dataclass(frozen=True)
class Source:
    """The text of one file as lines, with the file's name, content hash and the reader's remarks."""

    name: str
    sha256: str
    type: FileType
    blocks: tuple[Block, ...]
    remarks: tuple[Remark, ...] = ()


def too_much_text() -> FileTooLarge:
    """Return the error for a file that holds more than one instrument can."""
    return FileTooLarge(
        f"文件文字太多（上限{MAX_BLOCKS}行、{MAX_CHARACTERS // 10_000}万字）。请只保留一个文件的正文。",
        f"The file holds too much text (limit: {MAX_BLOCKS} lines, {MAX_CHARACTERS} characters). "
        "Please keep the text of one instrument only.",
    )


class BlockList:
    """Collects blocks for a reader: cleans, numbers and limits them."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._characters = 0

    def add(
        self,
        text: str,
        *,
        line: int = 0,
        heading: bool = False,
        soft: bool = False,
        indented: bool | None = None,
    ) -> None:
        """Append one line; one that is empty once cleaned is left out. Raises `FileTooLarge`.

        Without ``line`` the block is numbered after those before it.
        """
        self._characters += len(text)
        if len(self.blocks) >= MAX_BLOCKS or self._characters > MAX_CHARACTERS:
            raise too_much_text()
        text = clean(text)
        if not text:
            return
        heading = heading and len(text) <= _LONGEST_HEADING
        self.blocks.append(Block(text, line or len(self.blocks) + 1, heading, soft, indented))
