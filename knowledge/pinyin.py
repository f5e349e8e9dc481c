"""Read questions typed in pinyin: 「gaoren duojiu fuhe yici」 is 「高认多久复核一次」.

The characters are chosen as an input method does: of all that sound right, those that most likely follow
one another in what the knowledge base says and is asked (a bigram model, smoothed by how common a
character is).
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cached_property

from knowledge.text import CJK

_ONLY_LATIN = re.compile(r"[a-z' ,.?!0-9%]+", re.I)
_WORDS = re.compile(r"[a-z]+|[0-9]+(?:\.[0-9]+)?%?")
_RUNS = re.compile(r"[\u4e00-\u9fff]+")
MIN_SYLLABLES = 3
MAX_LENGTH = 300
# Words that stand in Chinese sentences as they are.
_KEPT = frozenset({"aeo", "iso", "cctv"})
_SMOOTHING = 5.0
# Mean log-probability of a character below which the reading makes no sense. Questions of the field lie
# above -4, everyday Chinese near -4.5, English words that happen to be syllables below -6.
LEAST_LIKELY = -5.5


class PinyinReader:
    """Reads pinyin with the characters of the texts it was given (cleaned, simplified)."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts

    def read(self, text: str) -> str | None:
        """Return the question in characters, or None when the text is not pinyin or makes no sense."""
        sounds = self._sounds_of(text)
        if sounds is None:
            return None
        reading, likelihood = self._likeliest(sounds)
        return reading if likelihood >= LEAST_LIKELY else None

    def is_pinyin(self, text: str) -> bool:
        """Whether a text is typed in pinyin throughout."""
        return self._sounds_of(text) is not None

    def _sounds_of(self, text: str) -> list[str] | None:
        """Cut a text into syllables, and words and numbers that are kept; None when it is not pinyin."""
        if len(text) > MAX_LENGTH or not _ONLY_LATIN.fullmatch(text):
            return None
        sounds: list[str] = []
        for word in _WORDS.findall(text.lower().replace("'", " ")):
            parts = [word] if word[0].isdigit() or word in _KEPT else _cut(word, self._characters)
            if parts is None:
                return None
            sounds.extend(parts)
        return sounds if sum(sound in self._characters for sound in sounds) >= MIN_SYLLABLES else None

    def _likeliest(self, sounds: Sequence[str]) -> tuple[str, float]:
        """Return the likeliest characters, and their mean log-probability."""
        paths: dict[str, tuple[float, str]] = {"": (0.0, "")}
        for sound in sounds:
            if sound not in self._characters:
                total, said = max(paths.values())
                paths = {"": (total, said + sound)}
                continue
            paths = {
                character: max(
                    (total + self._follows(last, character), said + character) for last, (total, said) in paths.items()
                )
                for character in self._characters[sound]
            }
        total, said = max(paths.values())
        return said, total / max(1, sum(sound in self._characters for sound in sounds))

    def _follows(self, last: str, character: str) -> float:
        """Return the log-probability of a character behind another one, or at a start."""
        singles, pairs, total = self._counts
        common = singles[character] / total
        if not last:
            return math.log(common)
        return math.log((pairs[last, character] + _SMOOTHING * common) / (singles[last] + _SMOOTHING))

    @cached_property
    def _characters(self) -> dict[str, list[str]]:
        """The characters of each syllable."""
        from pypinyin import Style, pinyin

        known = sorted({character for text in self._texts for character in text if CJK.match(character)})
        by_sound: dict[str, list[str]] = defaultdict(list)
        for character in known:
            for sound in dict.fromkeys(pinyin(character, style=Style.NORMAL, heteronym=True)[0]):
                by_sound[sound].append(character)
        return dict(by_sound)

    @cached_property
    def _counts(self) -> tuple[Counter[str], Counter[tuple[str, str]], int]:
        runs = [run for text in self._texts for run in _RUNS.findall(text)]
        singles = Counter("".join(runs))
        pairs = Counter(pair for run in runs for pair in zip(run, run[1:], strict=False))
        return singles, pairs, max(1, singles.total())


def _cut(word: str, syllables: dict[str, list[str]]) -> list[str] | None:
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
