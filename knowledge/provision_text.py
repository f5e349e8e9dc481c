"""How one provision is written in a corpus file, and what it means.

The format is described in docs/corpus.md.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, field
from datetime import date

from knowledge.models import Confidence, Document, Line, Provision

HEADING = re.compile(r"^## (?P<zh>[^|]+?)(?: \| (?P<en>.+))?$")
ATTRIBUTES = re.compile(r"^\{#(?P<id>[a-z0-9][a-z0-9.-]*)(?P<rest>.*)\}$")
ARTICLE = re.compile(
    r"^(第[〇零一二三四五六七八九十百千0-9]+[条项款](?:之[一二三四五六七八九十]+)?"
    r"(?:第[〇零一二三四五六七八九十百千]+款)?)[ 　]"
)
LINE_MARK = re.compile(r"\s*\{(?P<mark>[A-Za-z/+-]+)\}$")
CITES = re.compile(r"\s*\[(?P<ids>[a-z0-9-]+#[^\]]+)\]$")
KNOWN_ATTRIBUTES = {
    "confidence", "topics", "levels", "old", "read", "from", "to",
    "signed", "in_operation", "premise", "source", "anchor", "chapter",
}  # fmt: skip


@dataclass
class Section:
    """The raw lines of one provision, before they are understood, and where they stand."""

    file: str
    line: int
    heading: str
    lines: list[str] = field(default_factory=list)


def read_provision(document: Document, section: Section) -> Provision:
    """Return the provision a section states. Raises `ValueError` with what is wrong in it."""
    official = document.layer == "official"
    heading = HEADING.match(section.heading)
    if heading is None or not (heading["en"] or official):
        raise ValueError("the heading needs a Chinese and an English title: ## 中文 | English")
    lines = [line for line in section.lines if line]
    if not lines or not (attributes := ATTRIBUTES.match(lines[0])):
        raise ValueError("the line after the heading must be the attribute line {#id confidence=… topics=…}")
    values = _attributes(attributes["rest"])
    article = ARTICLE.match(heading["zh"] + " ")
    anchor = values.get("anchor") or (article[1] if article else heading["zh"])
    title = heading["zh"][len(article[1]) :].strip() if article else heading["zh"]
    zh, en, asks = _body(lines[1:], official)
    first_day = _day(values.get("from")) or document.first_day
    last_day = _day(values.get("to")) or document.last_day
    if first_day > last_day:
        raise ValueError(f"it would apply from {first_day} to {last_day}: the last day lies before the first")
    return Provision(
        document=document,
        anchor_id=attributes["id"],
        anchor=anchor,
        title_zh=title or anchor,
        title_en=heading["en"] or anchor,
        zh=zh,
        en=en,
        confidence=Confidence(values.get("confidence") or document.confidence),
        topics=_list(values.get("topics")),
        levels=_list(values.get("levels")),
        first_day=first_day,
        last_day=last_day,
        predecessors=_list(values.get("old")),
        read=_list(values.get("read")),
        asks=asks,
        premise=values.get("premise", ""),
        signed=_day(values.get("signed")),
        in_operation=_day(values.get("in_operation")),
        source=values.get("source", ""),
        official_text="\n".join(line.text for line in zh) if official else "",
        chapter=values.get("chapter", ""),
        file=section.file,
        line=section.line,
    )


def _attributes(text: str) -> dict[str, str]:
    values: dict[str, str] = {}
    for pair in shlex.split(text):
        key, equals, value = pair.partition("=")
        if not equals or key not in KNOWN_ATTRIBUTES:
            raise ValueError(f"unknown attribute {pair!r}; known: {', '.join(sorted(KNOWN_ATTRIBUTES))}")
        values[key] = value
    return values


def _body(lines: list[str], official: bool) -> tuple[tuple[Line, ...], tuple[Line, ...], tuple[str, ...]]:
    zh: list[Line] = []
    en: list[Line] = []
    asks: list[str] = []
    current = zh
    for text in lines:
        if text == "---":
            current = en
        elif text.startswith("? "):
            asks.append(text[2:].strip())
        else:
            current.append(_official_line(text) if official else _line(text))
    if official:
        if not zh:
            raise ValueError("a provision of an official text needs its Chinese wording")
        return tuple(zh), tuple(en), tuple(asks)
    if not zh or not en:
        raise ValueError("a provision needs a Chinese text, a line ---, and an English text")
    if zh[0].is_point or en[0].is_point:
        raise ValueError("a provision begins with a lead sentence, not with a list point")
    return tuple(zh), tuple(en), tuple(asks)


def _line(text: str) -> Line:
    is_point = text.startswith("- ")
    text = text[2:] if is_point else text
    cites: tuple[str, ...] = ()
    if found := CITES.search(text):
        cites = tuple(part.strip() for part in found["ids"].split(";"))
        text = text[: found.start()]
    confidence = None
    if mark := LINE_MARK.search(text):
        confidence = Confidence(mark["mark"])
        text = text[: mark.start()]
    return Line(text.strip(), is_point, confidence, cites)


def _official_line(text: str) -> Line:
    """Return an official line as it stands: no marks and no proofs are read in it, a leading backslash protects it."""
    if text.startswith("- "):
        return Line(text[2:].strip(), is_point=True)
    return Line(text.removeprefix("\\"))


def _list(value: str | None) -> tuple[str, ...]:
    return tuple(part for part in (value or "").split(",") if part)


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
