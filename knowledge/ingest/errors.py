"""What stops an official text from being added, each with a sentence for the person who tried.

IngestError
├── UnreadableFile      the file itself
│   ├── FileNotReadable     it is missing, a folder, or may not be read
│   ├── EmptyFile           nothing is in it
│   ├── FileTooLarge        bytes, pages, or size once unpacked
│   ├── UnknownType         neither docx, pdf, html, md nor txt
│   ├── OldFormat           doc, wps, rtf: to be saved as docx
│   ├── EncryptedFile       a password protects it
│   ├── DamagedFile         cut off, or not what it claims to be
│   ├── ScannedPdf          pictures of pages without a text layer
│   └── TrackedChanges      a draft with changes nobody has accepted
├── NotOneLaw           the text
│   ├── NoArticles          neither 第一条 nor 一、
│   ├── EmptyArticle        an article without a word
│   └── MixedDocument       two instruments in one file
├── MetadataMissing     number, dates or title neither found nor given
├── MetadataInvalid     a given value cannot be used
├── SplitInvalid        a correction of the split cannot be made
├── AlreadyHeld         this text, or this version, is in the knowledge base
└── PreviewOutdated     the folder changed between the preview and the addition
"""

from __future__ import annotations

from collections.abc import Sequence


class IngestError(Exception):
    """Carries what happened and what to do next, in Chinese and in English."""

    def __init__(self, message_zh: str, message_en: str) -> None:
        self.message_zh = message_zh
        self.message_en = message_en
        super().__init__(f"{message_zh}\n{message_en}")


class UnreadableFile(IngestError):
    """The file cannot be read as text."""


class FileNotReadable(UnreadableFile):
    """The file is missing, is a folder, or may not be read."""


class EmptyFile(UnreadableFile):
    """The file holds no text at all."""

    def __init__(self) -> None:
        super().__init__(
            "文件里没有文字。请检查是否选错了文件。",
            "The file holds no text. Please check that it is the right file.",
        )


class FileTooLarge(UnreadableFile):
    """The file passes a limit of bytes, pages or unpacked size."""


class UnknownType(UnreadableFile):
    """The content is none of docx, pdf, html, md, txt, whatever the name says."""


class OldFormat(UnreadableFile):
    """A format of older word processors."""


class EncryptedFile(UnreadableFile):
    """A password protects the file."""


class DamagedFile(UnreadableFile):
    """The file is cut off or is not built as its type demands."""


class ScannedPdf(UnreadableFile):
    """A PDF of page images without a text layer."""


class TrackedChanges(UnreadableFile):
    """A Word file in which changes are neither accepted nor rejected."""


class NotOneLaw(IngestError):
    """The text is not exactly one instrument."""


class NoArticles(NotOneLaw):
    """The text has neither articles nor numbered sections."""


class EmptyArticle(NotOneLaw):
    """An article has a number and no wording: ``anchor`` in ``line``."""

    def __init__(self, anchor: str, line: int) -> None:
        self.anchor = anchor
        self.line = line
        super().__init__(
            f"{anchor}（第{line}行）没有内容，文件可能不完整。请核对原文后再添加。",
            f"{anchor} (line {line}) has no wording; the file may be incomplete. Please check it first.",
        )


class MixedDocument(NotOneLaw):
    """Two instruments stand in one file; ``titles`` names them and ``line`` is where the second begins."""

    def __init__(self, titles: tuple[str, str], line: int) -> None:
        self.titles = titles
        self.line = line
        first, second = titles
        super().__init__(
            f"文件里有两个文件：“{first}”和“{second}”（从第{line}行开始，条文编号重新起算）。请分成两个文件，分别添加。",
            f"The file holds two instruments: “{first}” and “{second}” (from line {line}, where the numbering "
            "starts again). Please split it into two files and add each.",
        )


class MetadataMissing(IngestError):
    """Facts about the document are neither in the text nor given; ``fields`` names them."""

    def __init__(self, fields: Sequence[str], message_zh: str, message_en: str) -> None:
        self.fields = tuple(fields)
        super().__init__(message_zh, message_en)


class MetadataInvalid(IngestError):
    """A value that was given cannot be used."""


class SplitInvalid(IngestError):
    """A correction of the split cannot be made."""


class AlreadyHeld(IngestError):
    """The knowledge base holds this text or this version; ``document_id`` says under which id."""

    def __init__(self, document_id: str, message_zh: str, message_en: str) -> None:
        self.document_id = document_id
        super().__init__(message_zh, message_en)


class PreviewOutdated(IngestError):
    """The folder is no longer as it was when the preview was made; nothing was written."""
