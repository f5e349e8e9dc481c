"""A web page as lines: what a reader sees of the text, without the page around it."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from knowledge.ingest.blocks import Block, BlockList, Remark
from knowledge.ingest.characters import CJK
from knowledge.ingest.errors import DamagedFile
from knowledge.ingest.markers import begins_article

_UNSEEN = (
    "script, style, noscript, template, head, nav, footer, aside, form, button, select, textarea, svg, iframe, "
    "object, embed, video, audio, [hidden], [style*='display:none'], [style*='display: none'], "
    "[style*='visibility:hidden'], [style*='visibility: hidden']"
)
_BLOCKS = frozenset(
    ("address", "article", "blockquote", "body", "center", "dd", "div", "dl", "dt", "figure", "html", "li", "main")
    + ("h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "section", "ul")
    + ("table", "tbody", "td", "tfoot", "th", "thead", "tr")
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_CHINESE = re.compile(f"[{CJK}，。；：、]")
# Nobody nests a law deeper; a page that does is made to exhaust whoever reads it.
_DEEPEST = 200
_DEEPEST_PAGE = 5_000
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
_CLOSED_BY_ITSELF = frozenset(
    ("area", "base", "br", "col", "dd", "dt", "hr", "img", "input", "li", "link", "meta", "option", "p")
    + ("param", "source", "td", "th", "tr", "wbr")
)


def read_html(page: str) -> tuple[list[Block], list[Remark]]:
    """Return the visible lines of a page, up to the end of the element that holds its articles."""
    _refuse_depth(page)
    root = LexborHTMLParser(page).root
    if root is None:
        return [], []
    for node in root.css(_UNSEEN):
        node.decompose()
    found = BlockList()
    owners: list[LexborNode] = []
    for owner, text in _lines(root):
        before = len(found.blocks)
        lines = text.split("\n") if owner.tag == "pre" else [_one_line(text)]
        for position, line in enumerate(lines):
            found.add(line, heading=_is_heading(owner), soft=position > 0)
        owners.extend([owner] * (len(found.blocks) - before))
    kept = _end_of_text(found.blocks, owners)
    if kept == len(found.blocks):
        return found.blocks, []
    dropped = len(found.blocks) - kept
    remark = Remark(
        f"网页正文之后的{dropped}行（页脚、链接等）没有读入。",
        f"{dropped} lines after the text of the page (footer, links) were left out.",
    )
    return found.blocks[:kept], [remark]


def _refuse_depth(page: str) -> None:
    """Refuse a page whose elements nest without end: building its tree takes the square of the depth."""
    depth = 0
    for tag in _TAG.finditer(page):
        if tag[2].lower() not in _CLOSED_BY_ITSELF:
            depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > _DEEPEST_PAGE:
            raise DamagedFile(
                "网页的标签层层嵌套，无法读取。请把正文复制到txt或docx文件里再添加。",
                "The elements of the page nest too deeply. Please copy its text into a txt or docx file.",
            )


def _lines(root: LexborNode) -> list[tuple[LexborNode, str]]:
    lines: list[tuple[LexborNode, str]] = []
    owner: LexborNode | None = None
    text = ""
    for node in root.traverse(include_text=True):
        if node.is_text_node:
            block = _block_of(node)
            if owner is not None and block.mem_id != owner.mem_id:
                lines.append((owner, text))
                text = ""
            owner = block
            text += node.text_content or ""
        elif owner is not None and (node.tag == "br" or node.tag in _BLOCKS):
            lines.append((owner, text))
            text = ""
    if owner is not None:
        lines.append((owner, text))
    return lines


def _one_line(text: str) -> str:
    """Return source text as a browser shows it: its line breaks are spaces, and none between Chinese characters."""
    whole = ""
    parts: list[str] = []
    for part in (stripped for line in text.split("\n") if (stripped := line.strip())):
        if parts and not (_CHINESE.match(whole) and _CHINESE.match(part)):
            parts.append(" ")
        parts.append(part)
        whole = part[-1]
    return "".join(parts)


def _block_of(node: LexborNode) -> LexborNode:
    current = node
    for _ in range(_DEEPEST):
        parent = current.parent
        if parent is None:
            break
        current = parent
        if current.tag in _BLOCKS:
            break
    return current


def _is_heading(node: LexborNode) -> bool:
    if node.tag in _HEADINGS or node.tag == "center":
        return True
    attributes = node.attributes
    style = (attributes.get("style") or "").replace(" ", "").lower()
    return (attributes.get("align") or "").lower() == "center" or "text-align:center" in style


def _end_of_text(blocks: list[Block], owners: list[LexborNode]) -> int:
    """Return how many blocks there are up to the end of the smallest element that holds all articles."""
    articles = [index for index, block in enumerate(blocks) if begins_article(block.text)]
    if not articles:
        return len(blocks)
    first = _ancestors(owners[articles[0]])
    container = set(first if len(articles) > 1 else first[1:])
    for index in articles[1:]:
        container.intersection_update(_ancestors(owners[index]))
    end = articles[-1] + 1
    while end < len(blocks) and container.issubset(_ancestors(owners[end])):
        end += 1
    return end


def _ancestors(node: LexborNode) -> list[int]:
    found = [node.mem_id]
    current = node
    for _ in range(_DEEPEST):
        if (parent := current.parent) is None:
            break
        current = parent
        found.append(current.mem_id)
    return found
