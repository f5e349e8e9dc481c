"""One sentence about a record: its words, the records it was read from, the provisions that make it matter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from knowledge.text import Language


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with what it rests on. ``records`` are things with a source, or with several (an average)."""

    text: str
    records: tuple[Any, ...] = ()
    rules: tuple[str, ...] = ()


def either(language: Language, zh: str, en: str) -> str:
    """Return the words in the language of the answer; Traditional characters are made at the end."""
    return en if language == "en" else zh
