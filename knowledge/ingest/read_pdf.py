"""A PDF as lines, without page headers, footers and page numbers."""

from __future__ import annotations

from io import BytesIO

from pypdf import PageObject, PasswordType, PdfReader
from pypdf.errors import DependencyError, PyPdfError

from knowledge.ingest.blocks import MAX_CHARACTERS, MAX_PAGES, Block, BlockList, OnPage, Remark, too_much_text
from knowledge.ingest.characters import clean, close_up
from knowledge.ingest.errors import DamagedFile, EncryptedFile, FileTooLarge, ScannedPdf
from knowledge.ingest.markers import split_marker
from knowledge.ingest.page_furniture import without_furniture
from knowledge.ingest.page_indentation import indentation

# pypdf says of itself that broken files can also cause these.
_BROKEN = (
    PyPdfError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)


def read_pdf(data: bytes, on_page: OnPage | None = None) -> tuple[list[Block], list[Remark]]:
    """Return the lines of a PDF's text layer.

    Raises `EncryptedFile`, `ScannedPdf`, `FileTooLarge` or `DamagedFile`.
    """
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
            raise _encrypted()
        _limit_pages(reader)
        pages = _page_lines(reader, on_page)
    except DependencyError as error:  # a cipher that is not installed
        raise _encrypted() from error
    except _BROKEN as error:
        raise _damaged() from error
    empty = [number for number, lines in enumerate(pages, 1) if not any(line.strip() for line in lines)]
    if len(empty) == len(pages):
        raise ScannedPdf(
            "这是扫描件，没有文字层，请先做文字识别（OCR），核对后再添加。",
            "This is a scan without a text layer. Please run text recognition (OCR) and check it first.",
        )
    pages, left_out = without_furniture(pages)
    blocks = _blocks(pages)
    return blocks, _remarks(empty, left_out, flush=all(block.indented is None for block in blocks))


def _encrypted() -> EncryptedFile:
    return EncryptedFile(
        "PDF有密码保护。请先去掉密码（例如打印成新的PDF），再添加。",
        "The PDF is protected by a password. Please remove it first, for example by printing to a new PDF.",
    )


def _damaged() -> DamagedFile:
    return DamagedFile(
        "PDF已损坏，无法读取。请重新下载，或者打印成新的PDF后再试。",
        "The PDF is damaged. Please download it again, or print it to a new PDF and retry.",
    )


def _limit_pages(reader: PdfReader) -> None:
    claimed = reader.root_object["/Pages"].get_object()
    count = claimed.get("/Count", 0) if isinstance(claimed, dict) else 0
    # The claim is read first: counting the pages of a hostile file is what takes long.
    if count > MAX_PAGES or len(reader.pages) > MAX_PAGES:
        raise FileTooLarge(
            f"PDF页数太多（上限{MAX_PAGES}页）。请只保留一个文件的正文。",
            f"The PDF has too many pages (limit {MAX_PAGES}). Please keep the text of one instrument only.",
        )
    if len(reader.pages) == 0:
        raise _damaged()


def _page_lines(reader: PdfReader, on_page: OnPage | None) -> list[list[str]]:
    pages: list[list[str]] = []
    characters = 0
    for number, page in enumerate(reader.pages, 1):
        pages.append(_lines(page))
        characters += sum(map(len, pages[-1]))
        if characters > 4 * MAX_CHARACTERS:  # layout spaces included
            raise too_much_text()
        if on_page:
            on_page(number, len(reader.pages))
    return pages


def _lines(page: PageObject) -> list[str]:
    # Layout mode keeps the indentation that tells a new paragraph from a continued one.
    # It leaves out rotated text, which is a watermark, or on a rotated page everything.
    text = page.extract_text(extraction_mode="layout")
    if page.rotation or not text.strip():
        text = max(text, page.extract_text(), key=_filled)
    return [line for line in text.split("\n") if line.strip()]


def _filled(text: str) -> int:
    return len("".join(text.split()))


def _blocks(pages: list[list[str]]) -> list[Block]:
    found = BlockList()
    for page, indents in zip(pages, indentation(pages), strict=True):
        for line, indented in zip(page, indents, strict=True):
            marker, rest = split_marker(clean(line))
            gap = "　" if marker and rest else ""
            found.add(marker + gap + close_up(rest), soft=True, indented=indented)
    return found.blocks


def _remarks(empty: list[int], left_out: list[str], flush: bool) -> list[Remark]:
    remarks = []
    if empty:
        pages = ", ".join(map(str, empty[:20]))
        remarks.append(
            Remark(
                f"第{pages}页没有文字，可能是图片页；若有正文，请先做文字识别。",
                f"No text on page {pages}: perhaps images. If they hold text, have it recognised first.",
            )
        )
    if left_out:
        lines = "”、“".join(line[:40] for line in left_out[:5])
        remarks.append(
            Remark(
                f"各页重复的页眉页脚没有读入：“{lines}”。",
                f"Lines repeated on the pages (headers, footers) were left out: “{lines}”.",
            )
        )
    if flush:
        remarks.append(
            Remark(
                "这个PDF段首没有缩进，个别段落可能在句末被分开，请核对各条的款。",
                "Paragraphs of this PDF begin without an indent; some may be divided after a sentence. "
                "Please check the paragraphs of each article.",
            )
        )
    return remarks
