"""Plain text and Markdown as lines."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.token import Token

from knowledge.ingest.blocks import Block, BlockList
from knowledge.ingest.read_html import read_html

_INDENT_TELLS = 0.2
_MOST_BRACKETS = 5_000


def read_txt(text: str) -> list[Block]:
    """Return the lines of a plain text; a blank line ends a paragraph for certain."""
    lines = text.replace("\f", "\n").split("\n")
    filled = [line for line in lines if line.strip()]
    indents = sum(_is_indented(line) for line in filled) > _INDENT_TELLS * len(filled)
    found = BlockList()
    soft = False
    for number, line in enumerate(lines, 1):
        found.add(line, line=number, soft=soft, indented=_is_indented(line) if indents else None)
        soft = bool(line.strip())
    return found.blocks


def _is_indented(line: str) -> bool:
    return line.startswith(("　", "\t", "  "))


def read_markdown(text: str) -> list[Block]:
    """Return the lines of a Markdown text without its markup; the numbers of its lists are kept."""
    # Code blocks by indentation are off: an indented paragraph of a law is a paragraph.
    parser = MarkdownIt("commonmark").enable("table").disable("code")
    if text.count("[") > _MOST_BRACKETS:
        # Looking for the end of each takes the square of their number; no law has that many links.
        parser.disable(["link", "image"])
    found = BlockList()
    heading = False
    marker = ""
    for token in parser.parse(text):
        line = token.map[0] + 1 if token.map else 0
        if token.type == "heading_open":
            heading = True
        elif token.type == "list_item_open":
            marker = f"{token.info}{token.markup} " if token.info else ""
        elif token.type == "inline":
            _add_inline(found, token, line, heading, marker)
            heading, marker = False, ""
        elif token.type == "html_block":
            for block in read_html(token.content)[0]:
                found.add(block.text, line=line, heading=block.heading)
        elif token.type == "fence":
            for offset, content in enumerate(token.content.split("\n"), 1):
                found.add(content, line=line + offset)
    return found.blocks


def _add_inline(found: BlockList, token: Token, line: int, heading: bool, marker: str) -> None:
    text, soft = marker, False
    for child in token.children or []:
        hard = child.type == "hardbreak" or (child.type == "html_inline" and child.content.lower().startswith("<br"))
        if hard or child.type == "softbreak":
            found.add(text, line=line, heading=heading, soft=soft)
            text, soft = "", not hard
            line += child.type != "html_inline"
        elif child.type in ("text", "code_inline", "text_special"):
            text += child.content
    found.add(text, line=line, heading=heading, soft=soft)
