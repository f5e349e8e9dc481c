"""Put a hostile text where attackers put it: visible, white or hidden in a file, in its metadata, in sheet names."""

from __future__ import annotations

from io import BytesIO

from docx import Document
from docx.shared import Pt, RGBColor
from openpyxl import Workbook
from openpyxl.styles import Font
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject, TextStringObject

FILLER = "内部审计制度：每年开展一次内部审计，建立专门档案。"


def docx_with(payload: str, where: str) -> bytes:
    """Return a Word file that carries the text."""
    document = Document()
    document.add_paragraph(FILLER)
    if where == "title":
        document.core_properties.title = payload[:250]
        document.core_properties.keywords = payload[:250]
    elif where == "comment":
        document.add_comment(document.paragraphs[0].runs, payload, "x", "x")
    elif where == "table":
        document.add_table(1, 1).cell(0, 0).text = _printable(payload)
    else:
        run = document.add_paragraph().add_run(_printable(payload))
        run.font.hidden = where == "hidden"
        if where == "white":
            run.font.color.rgb = RGBColor(255, 255, 255)
            run.font.size = Pt(1)
    return _saved(document.save)


def xlsx_with(payload: str, where: str) -> bytes:
    """Return a workbook that carries the text."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = FILLER
    if where == "sheet_name":
        book.create_sheet("".join(c for c in payload if c not in "[]:*?/\\'\"")[:31])
    elif where == "hidden_sheet":
        hidden = book.create_sheet("data")
        hidden.sheet_state = "veryHidden"
        hidden["A1"] = _printable(payload)
    elif where == "title":
        book.properties.title = payload[:250]
    else:
        sheet["B7"] = _printable(payload)
        if where == "white":
            sheet["B7"].font = Font(color="FFFFFFFF", size=1)
    return _saved(book.save)


def pdf_with(payload: str, where: str) -> bytes:
    """Return a PDF that carries the text."""
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    font = writer._add_object(_song())
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
    )
    parts = [f"BT /F1 12 Tf 50 780 Td <{FILLER.encode('utf-16-be').hex()}> Tj ET"]
    if where == "title":
        writer.add_metadata({"/Title": payload, "/Subject": payload})
    else:
        colour = "1 1 1 rg" if where == "white" else "0 0 0 rg"
        size = 1 if where == "tiny" else 10
        text = _printable(payload).encode("utf-16-be", "ignore").hex()
        parts.append(f"{colour} BT /F1 {size} Tf 50 700 Td <{text}> Tj ET")
    stream = DecodedStreamObject()
    stream.set_data("\n".join(parts).encode())
    page[NameObject("/Contents")] = writer._add_object(stream)
    return _saved(writer.write)


def _song() -> DictionaryObject:
    descendant = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/CIDFontType0"),
            NameObject("/BaseFont"): NameObject("/STSong-Light"),
            NameObject("/CIDSystemInfo"): DictionaryObject(
                {
                    NameObject("/Registry"): TextStringObject("Adobe"),
                    NameObject("/Ordering"): TextStringObject("GB1"),
                    NameObject("/Supplement"): NumberObject(5),
                }
            ),
        }
    )
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type0"),
            NameObject("/BaseFont"): NameObject("/STSong-Light"),
            NameObject("/Encoding"): NameObject("/UniGB-UTF16-H"),
            NameObject("/DescendantFonts"): ArrayObject([descendant]),
        }
    )


def _printable(text: str) -> str:
    """Without controls, which these formats cannot hold."""
    return "".join(character for character in text if character >= " " or character in "\t\n")


def _saved(save: object) -> bytes:
    target = BytesIO()
    save(target)  # type: ignore[operator]
    return target.getvalue()
