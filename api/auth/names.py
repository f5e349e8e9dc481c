"""How sign-in names are written: one form, so that nobody can look like another."""

from __future__ import annotations

import re
import unicodedata

_NAME = re.compile(r"[^\W_][\w.@-]{2,79}")


def normal_name(name: str) -> str:
    """Return a sign-in name in its one form (NFKC, lower case, no spaces around)."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def is_name(name: str) -> bool:
    """Whether a name in its one form may be used: 3 to 80 letters, digits or ``. _ @ -``."""
    return _NAME.fullmatch(name) is not None


def display_form(name: str) -> str:
    """Return the name shown to others: one line, no control or invisible characters."""
    kept = "".join(c for c in unicodedata.normalize("NFC", name) if unicodedata.category(c)[0] not in "CZ" or c == " ")
    return " ".join(kept.split())[:80]
