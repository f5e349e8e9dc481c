"""Understand questions typed in pinyin: 「gaoren duojiu fuhe yici」.

Such a question is read as the known question that sounds most like it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from knowledge.text import CJK

_ONLY_LATIN = re.compile(r"[a-z' ,.?!0-9]+", re.I)
MIN_SYLLABLES = 3
# Pairs of neighbouring syllables in common (Dice coefficient) from which on a known question is meant.
LEAST_OVERLAP = 0.4


class PinyinReader:
    """Finds the known question that a pinyin question sounds like."""

    def __init__(self, known: Sequence[str]) -> None:
        self._known = [question for question in known if CJK.search(question)]

    def read(self, text: str) -> str | None:
        """Return the known question meant, or None when the text is not pinyin or sounds like none."""
        if not _ONLY_LATIN.fullmatch(text):
            return None
        typed = self._split(re.sub(r"[^a-z ]", " ", text.lower()))
        if typed is None or len(typed) < MIN_SYLLABLES:
            return None
        pairs = set(zip(typed, typed[1:], strict=False))
        best, overlap = "", 0.0
        for question, sounds in self._sounds:
            known = set(zip(sounds, sounds[1:], strict=False))
            # Dice: a question that also says something else (a year, another document) is less likely meant.
            score = 2 * len(pairs & known) / (len(pairs) + len(known)) if known else 0.0
            if score > overlap:
                best, overlap = question, score
        return best if overlap >= LEAST_OVERLAP else None

    def is_pinyin(self, text: str) -> bool:
        """Whether a text is typed in pinyin throughout."""
        if not _ONLY_LATIN.fullmatch(text):
            return False
        typed = self._split(re.sub(r"[^a-z ]", " ", text.lower()))
        return typed is not None and len(typed) >= MIN_SYLLABLES

    def _split(self, text: str) -> list[str] | None:
        """Cut typed words into syllables; None when a word is not made of syllables."""
        syllables: list[str] = []
        for word in text.split():
            parts = _cut(word, self._syllables)
            if parts is None:
                return None
            syllables.extend(parts)
        return syllables

    @cached_property
    def _sounds(self) -> list[tuple[str, list[str]]]:
        from pypinyin import lazy_pinyin

        return [(question, list(lazy_pinyin(question, errors="ignore"))) for question in self._known]

    @cached_property
    def _syllables(self) -> frozenset[str]:
        return frozenset(sound for _, sounds in self._sounds for sound in sounds)


def _cut(word: str, syllables: frozenset[str]) -> list[str] | None:
    """Return the fewest syllables that make up a word, or None."""
    best: list[list[str] | None] = [[]] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 6), end):
            before = best[start]
            if before is not None and word[start:end] in syllables:
                candidate = [*before, word[start:end]]
                if best[end] is None or len(candidate) < len(best[end] or ()):
                    best[end] = candidate
    return best[-1]
