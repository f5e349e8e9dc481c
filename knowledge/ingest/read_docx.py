"""A Word file as lines."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn

from knowledge.ingest.blocks import Block, BlockList, Remark
from knowledge.ingest.docx_numbering import Numbering, number_of, read_numbering
from knowledge.ingest.docx_package import check_package, damaged
from knowledge.ingest.errors import TrackedChanges
from knowledge.packages import BROKEN_PACKAGE

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NOT_SHOWN = frozenset((qn("w:p"), _FALLBACK, qn("w:pPrChange"), qn("w:rPrChange")))
_CHANGES = (qn("w:ins"), qn("w:del"), qn("w:moveFrom"), qn("w:moveTo"))


def read_docx(data: bytes) -> tuple[list[Block], list[Remark]]:
    """Return the paragraphs of a Word file, with the numbers Word would print before them."""
    check_package(data)
    try:
        document = Document(BytesIO(data))
        return _read(document.element.body, _numbering_part(document), document)
    except (*BROKEN_PACKAGE, OpcError, AttributeError, LookupError, SyntaxError, TypeError) as error:
        # SyntaxError is what the XML parser raises.
        raise damaged() from error


def _numbering_part(document: Any) -> Numbering:
    for relation in document.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.NUMBERING and not relation.is_external:
            return read_numbering(relation.target_part.element)
    return read_numbering(None)


def _read(body: Any, numbering: Numbering, document: Any) -> tuple[list[Block], list[Remark]]:
    if next(body.iter(*_CHANGES), None) is not None:
        raise TrackedChanges(
            "文件里有未接受的修订。请在Word里接受或拒绝全部修订，保存后再添加。",
            "The file holds tracked changes. Please accept or reject them all, save, and add it again.",
        )
    styles = {style.get(qn("w:styleId")): style for style in document.styles.element.iter(qn("w:style"))}
    found = BlockList()
    for paragraph in body.iter(qn("w:p")):
        if _inside(paragraph, _FALLBACK):
            continue
        number = number_of(paragraph.find(qn("w:pPr"))) or _style_number(paragraph, styles)
        label = numbering.label(*number) if number else ""
        heading = _is_heading(paragraph, styles)
        for position, line in enumerate(_text(paragraph).split("\n")):
            found.add(line if position else label + line, heading=heading)
    remarks = []
    if next(body.iter(qn("w:tbl")), None) is not None:
        remarks.append(
            Remark(
                "文件含有表格，已按单元格逐行读出，请核对。",
                "The file holds a table; its cells were read one per line. Please check them.",
            )
        )
    return found.blocks, remarks


def _text(paragraph: Any) -> str:
    """Return the paragraph's own text; a text box inside it is a paragraph of its own."""
    return "".join(_pieces(paragraph))


def _pieces(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in (qn("w:br"), qn("w:cr")):
            yield "\n"
        elif child.tag == qn("w:tab"):
            yield "\t"
        elif child.tag == qn("w:noBreakHyphen"):
            yield "-"
        elif child.tag not in _NOT_SHOWN and not _is_hidden(child):
            yield from _pieces(child)


def _is_hidden(run: Any) -> bool:
    vanish = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return vanish is not None and vanish.get(qn("w:val"), "true") not in ("0", "false", "off")


def _inside(element: Any, tag: str) -> bool:
    return next(element.iterancestors(tag), None) is not None


def _style(paragraph: Any, styles: dict[str, Any]) -> Iterator[Any]:
    """Yield the paragraph's style and those it is based on, nearest first."""
    reference = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    seen: set[str] = set()
    while reference is not None and (name := reference.get(qn("w:val"))) in styles and name not in seen:
        seen.add(name)
        yield styles[name]
        reference = styles[name].find(qn("w:basedOn"))


def _style_number(paragraph: Any, styles: dict[str, Any]) -> tuple[str, int] | None:
    for style in _style(paragraph, styles):
        if number := number_of(style.find(qn("w:pPr"))):
            return number
    return None


def _is_heading(paragraph: Any, styles: dict[str, Any]) -> bool:
    justified = paragraph.find(f"{qn('w:pPr')}/{qn('w:jc')}")
    if justified is not None and justified.get(qn("w:val")) == "center":
        return True
    names = (style.find(qn("w:name")) for style in _style(paragraph, styles))
    return any(
        name is not None and (name.get(qn("w:val")) or "").lower().startswith(("heading", "title")) for name in names
    )
