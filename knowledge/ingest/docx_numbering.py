"""The numbers Word prints before a paragraph but does not store in its text.

An official text whose 第…条 or （一） are automatic would otherwise lose them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

from knowledge.ingest.characters import numeral

_LEVELS = 9
_CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "chineseLegalSimplified",
    "ideographDigital",
    "taiwaneseCounting",
}
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True)
class _Level:
    format: str
    text: str
    start: int


@dataclass(frozen=True)
class _List:
    counter: str
    levels: dict[int, _Level]


@dataclass
class Numbering:
    """Counts the automatic numbers of one document, paragraph by paragraph."""

    lists: dict[str, _List]
    _counts: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0] * _LEVELS))

    def label(self, number_id: str, level: int) -> str:
        """Return what Word prints before the next paragraph of this list and level, "" for a bullet."""
        found = self.lists.get(number_id)
        if found is None or (own := found.levels.get(level)) is None or not 0 <= level < _LEVELS:
            return ""
        counts = self._counts[found.counter]
        counts[level] = counts[level] + 1 if counts[level] else own.start
        counts[level + 1 :] = [0] * (_LEVELS - level - 1)
        if own.format in ("bullet", "none"):
            return ""
        label = _PLACE.sub(lambda place: self._shown(found.levels, counts, int(place[1]) - 1), own.text)
        return label + "　" if label.endswith(("编", "章", "节", "条")) else label

    @staticmethod
    def _shown(definition: dict[int, _Level], counts: list[int], level: int) -> str:
        shown = definition.get(level)
        value = counts[level] or (shown.start if shown else 1)
        form = shown.format if shown else "decimal"
        if form in _CHINESE:
            return numeral(value)
        if form in ("lowerLetter", "upperLetter"):
            letter = chr(ord("a") + (value - 1) % 26)
            return letter.upper() if form == "upperLetter" else letter
        if form == "decimalEnclosedCircle" and value <= 20:
            return chr(ord("①") + value - 1)
        return str(value)


def read_numbering(root: Any) -> Numbering:
    """Return the list definitions of ``word/numbering.xml``; none where the document has no such part."""
    if root is None:
        return Numbering({})
    abstract = {item.get(qn("w:abstractNumId")): _levels(item) for item in root.iter(qn("w:abstractNum"))}
    return Numbering({item.get(qn("w:numId")): _list(item, abstract) for item in root.iter(qn("w:num"))})


def _list(item: Any, abstract: dict[str, dict[int, _Level]]) -> _List:
    """Lists of one definition go on counting together, unless one of them starts anew."""
    definition = _value(item, "w:abstractNumId")
    restarted = item.find(f"{qn('w:lvlOverride')}/{qn('w:startOverride')}") is not None
    counter = f"restarted {item.get(qn('w:numId'))}" if restarted else definition
    return _List(counter, abstract.get(definition, {}))


def number_of(properties: Any) -> tuple[str, int] | None:
    """Return list id and level from paragraph properties, None where they set none."""
    if properties is None or (numbering := properties.find(qn("w:numPr"))) is None:
        return None
    return _value(numbering, "w:numId"), _integer(_value(numbering, "w:ilvl"), 0)


def _levels(abstract: Any) -> dict[int, _Level]:
    return {
        _integer(item.get(qn("w:ilvl")), 0): _Level(
            _value(item, "w:numFmt") or "decimal",
            _value(item, "w:lvlText"),
            _integer(_value(item, "w:start"), 1),
        )
        for item in abstract.iter(qn("w:lvl"))
    }


def _value(element: Any, tag: str) -> str:
    child = element.find(qn(tag))
    return "" if child is None else child.get(qn("w:val")) or ""


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 5 else default
