"""Texts that stay texts: no spreadsheet takes what somebody typed for a formula, no file breaks on it."""

from __future__ import annotations

import unicodedata

# Full-width forms become these when a table is saved as csv or typed over.
FORMULA_SIGNS = frozenset("=+-@|")
LONGEST_CELL = 32_000  # a spreadsheet cell holds 32,767 letters
_KEPT_CONTROLS = frozenset("\n\t")


def plain_text(written: str) -> str:
    """Return a text without what no document can hold: control letters and halves of letters."""
    lines = written.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c in _KEPT_CONTROLS or _may_stand(c))


def safe_cell(written: str) -> str:
    """Return a text for a cell; one that a spreadsheet could run as a formula begins with an apostrophe.

    Blanks and invisible letters before the sign do not hide it.
    """
    text = plain_text(written)[:LONGEST_CELL]
    begins_blank = written[:1] in ("\t", "\r", "\n")
    visible = next((c for c in text if not _is_blank(c)), "")
    is_formula = unicodedata.normalize("NFKC", visible)[:1] in FORMULA_SIGNS if visible else False
    return f"'{text}" if is_formula or begins_blank else text


def _may_stand(letter: str) -> bool:
    return unicodedata.category(letter) not in ("Cc", "Cs") and letter not in "\ufffe\uffff"


def _is_blank(letter: str) -> bool:
    return letter.isspace() or unicodedata.category(letter) in ("Cf", "Cc", "Zs")
