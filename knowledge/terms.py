"""Recognise the field's terms in what people type: aliases, abbreviations, misspellings, pinyin.

`terms.yaml` is the one list. Its aliases are matched longest first, so that 认证企业 is not found
inside 高级认证企业.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

from knowledge.text import CJK, clean, simplify

PATH = Path(__file__).with_name("terms.yaml")
LEVEL_KINDS = frozenset({"level", "past_level"})
# A homophone or pinyin spelling is only accepted for names this long: shorter ones collide by chance.
MIN_SYLLABLES = 3
_PINYIN_RUN = re.compile(r"[a-z]+(?: [a-z]+)*")


@dataclass(frozen=True)
class Term:
    """One idea of the field with its names."""

    id: str
    zh: str
    hant: str
    en: str
    kind: str
    topics: tuple[str, ...]
    aliases: tuple[str, ...]


@dataclass(frozen=True)
class Mention:
    """A term found in a text, and the words it was found by."""

    term: Term
    words: str


class Terms:
    """The vocabulary, ready to recognise its terms."""

    def __init__(self, terms: Sequence[Term], topics: dict[str, dict[str, str]]) -> None:
        self.by_id = {term.id: term for term in terms}
        self.topics = topics
        self._surfaces = {surface: term for term in terms for surface in _surfaces(term)}
        self._pattern = _alternatives(self._surfaces)

    def find_written(self, text: str) -> list[Mention]:
        """Return the terms as written in a cleaned, simplified text, in order, without overlaps."""
        return [Mention(self._surfaces[m.group().lower()], m.group()) for m in self._pattern.finditer(text)]

    def find(self, text: str) -> list[Mention]:
        """Return the terms of a question, also those misspelt by sound or typed in pinyin."""
        found = self.find_written(text)
        known = {mention.term.id for mention in found}
        found.extend(m for m in self._by_sound(text) if m.term.id not in known)
        return found

    def _by_sound(self, text: str) -> Iterable[Mention]:
        """Terms written with the wrong characters of the same sound (任证), or in pinyin."""
        rest = self._pattern.sub("\0", text)
        runs = re.findall(r"[\u4e00-\u9fff]{3,}", rest)
        spelled = [run for run in _PINYIN_RUN.findall(rest.lower()) if len(run) >= 8]
        if not runs and not spelled:
            return
        for run in runs:
            sounds = f" {' '.join(_syllables(run))} "
            for sound, term in self._sounds.items():
                if sound in sounds:
                    yield Mention(term, run)
        for run in spelled:
            joined = run.replace(" ", "")
            for sound, term in self._joined_sounds.items():
                if sound in joined:
                    yield Mention(term, run)

    @cached_property
    def _sounds(self) -> dict[str, Term]:
        """Each term under its syllables, with a space before, between and behind them."""
        sounds: dict[str, Term] = {}
        for term in self.by_id.values():
            for name in (term.zh, *term.aliases):
                if len(CJK.findall(name)) == len(name) >= MIN_SYLLABLES:
                    sounds.setdefault(f" {' '.join(_syllables(name))} ", term)
        return sounds

    @cached_property
    def _joined_sounds(self) -> dict[str, Term]:
        return {sound.replace(" ", ""): term for sound, term in self._sounds.items()}


def load_terms(path: Path = PATH) -> Terms:
    """Read the vocabulary file."""
    raw = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    terms = [
        Term(
            id=term_id,
            zh=entry["zh"],
            hant=entry["hant"],
            en=entry["en"],
            kind=entry.get("kind", ""),
            topics=tuple(entry["topics"]),
            aliases=tuple(str(alias) for alias in entry["aliases"]),
        )
        for term_id, entry in raw["terms"].items()
    ]
    return Terms(terms, raw["topics"])


def levels_of(mentions: Iterable[Mention]) -> frozenset[str]:
    """The credit levels, present and past, among the terms found."""
    return frozenset(mention.term.id for mention in mentions if mention.term.kind in LEVEL_KINDS)


def _surfaces(term: Term) -> set[str]:
    names = (term.zh, term.hant, term.en, *term.aliases)
    return {simplify(clean(name)).lower() for name in names}


def _alternatives(surfaces: Iterable[str]) -> re.Pattern[str]:
    parts = []
    for surface in sorted(surfaces, key=len, reverse=True):
        escaped = re.escape(surface)
        parts.append(escaped if CJK.search(surface) else rf"(?<![a-z0-9]){escaped}(?![a-z0-9])")
    return re.compile("|".join(parts), re.I)


def _syllables(text: str) -> list[str]:
    # Imported here: most questions contain no misspelling, and the dictionary takes time to load.
    from pypinyin import lazy_pinyin

    return list(lazy_pinyin(text))
