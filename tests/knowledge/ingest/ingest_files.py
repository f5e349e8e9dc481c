"""Files of every kind, made at test time from lines of text."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from io import BytesIO

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

from knowledge.ingest.characters import width

LAW = [
    "示例条例",
    "（2020年1月2日示例市人民政府令第7号公布　根据2022年5月6日《示例市人民政府关于修改部分规章的决定》修正）",
    "第一章　总　则",
    "第一条　为了规范示例事务，制定本条例。",
    "第二条　本条例所称示例，包括：",
    "（一）甲类示例；",
    "（二）乙类示例，其中：",
    "1.大型乙类示例；",
    "2.小型乙类示例。",
    "前款所列示例由示例部门认定。",
    "第二章　管　理",
    "第三条　示例部门依照本条例第二条认定示例。",
    "第三条之一　示例部门每年公布一次名单。",
    "第三章　附　则",
    "第四条　本条例自2020年3月1日起施行。",
]
HEADINGS = (0, 2, 10, 13)


def as_txt(lines: Sequence[str] = LAW, encoding: str = "utf-8") -> bytes:
    return "\n".join(f"　　{line}" for line in lines).encode(encoding)


def as_markdown(lines: Sequence[str] = LAW, headings: Iterable[int] = HEADINGS) -> bytes:
    parts = [f"## {line}" if index in headings else line for index, line in enumerate(lines)]
    return "\n\n".join(parts).encode()


def as_html(lines: Sequence[str] = LAW, before: str = "", after: str = "") -> bytes:
    body = "\n".join(f"<p>{line}</p>" for line in lines)
    head = "<!DOCTYPE html><html><head><meta charset='utf-8'><title>x</title></head>"
    return f"{head}<body>{before}<div>{body}</div>{after}</body></html>".encode()


def as_docx(lines: Sequence[str] = LAW, headings: Iterable[int] = (0,)) -> bytes:
    document = Document()
    for index, line in enumerate(lines):
        paragraph = document.add_paragraph(line)
        if index in headings:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return saved(document)


def saved(document: object) -> bytes:
    file = BytesIO()
    document.save(file)  # type: ignore[attr-defined]
    return file.getvalue()


def with_part(package: bytes, name: str, content: bytes) -> bytes:
    """Return the zip package with one part added or replaced."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.namelist():
            if item != name:
                new.writestr(item, old.read(item))
        new.writestr(name, content)
    return file.getvalue()


def as_pdf(pages: Sequence[Sequence[str]], claimed_pages: int | None = None) -> bytes:
    """Return a PDF with a text layer. A line that begins with 　　 is indented as in print."""
    used = sorted({character for page in pages for line in page for character in line})
    mapping = "\n".join(f"<{ord(c):04X}> <{ord(c):04X}>" for c in used)
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{len(used)} beginbfchar\n{mapping}\nendbfchar endcmap end end"
    )
    count = len(pages)
    kids = " ".join(f"{6 + 2 * i} 0 R" for i in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {claimed_pages or count} >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H "
        b"/DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /DW 1000 "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        _stream(cmap.encode()),
    ]
    for index, lines in enumerate(pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            b"/Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>" % (7 + 2 * index)
        )
        objects.append(_stream(_page_content(lines)))
    return _assembled(objects)


def scanned_pdf(pages: int = 2) -> bytes:
    """Return a PDF whose pages show nothing but a filled rectangle."""
    return as_pdf([[] for _ in range(pages)])


def wrapped(lines: Sequence[str], columns: int = 48) -> list[str]:
    """Return the lines as a page prints them: indented by two characters and cut where the page is full."""
    printed = []
    for line in lines:
        rest = "　　" + line
        while rest:
            end = next((i for i in range(len(rest)) if width(rest[: i + 1]) > columns), len(rest))
            printed.append(rest[:end])
            rest = rest[end:]
    return printed


def _page_content(lines: Sequence[str]) -> bytes:
    parts = ["0 0 10 10 re f"]
    for position, line in enumerate(lines):
        text = line.lstrip("　")
        x = 80 + 14 * (len(line) - len(text))
        codes = "".join(f"{ord(character):04X}" for character in text)
        parts.append(f"BT /F1 14 Tf 1 0 0 1 {x} {800 - 20 * position} Tm <{codes}> Tj ET")
    return "\n".join(parts).encode()


def _stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)


def _assembled(objects: Sequence[bytes]) -> bytes:
    data, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    data += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return data
