"""Read the corpus files and refuse what a reader could not trust.

The format is described in docs/corpus.md.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import yaml
from pydantic import ValidationError

from knowledge.models import Confidence, Document, Line, Provision

FRONT = re.compile(r"\A---\n(?P<front>.*?)\n---\n(?P<body>.*)\Z", re.S)
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


@dataclass(frozen=True)
class Fault:
    """Something wrong in a corpus file, where a person can find it."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class CorpusError(Exception):
    """The corpus has faults; ``faults`` lists all of them."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


@dataclass
class _Section:
    """The raw lines of one provision, before they are understood."""

    heading: str
    line: int
    lines: list[tuple[int, str]] = field(default_factory=list)


def read_corpus(folder: Path) -> list[Provision]:
    """Return every provision of every ``*.md`` in ``folder``, in file order.

    Raises `CorpusError` with all faults of all files at once.
    """
    provisions: list[Provision] = []
    faults: list[Fault] = []
    for path in sorted(folder.glob("*.md")):
        try:
            provisions.extend(read_file(path))
        except CorpusError as error:
            faults.extend(error.faults)
    if faults:
        raise CorpusError(faults)
    return provisions


def read_file(path: Path) -> list[Provision]:
    """Return the provisions of one corpus file. Raises `CorpusError`."""
    return parse(path.read_text(encoding="utf-8"), path.name)


def parse(source: str, name: str) -> list[Provision]:
    """Return the provisions written in ``source``; ``name`` is used in messages and must be ``<id>.md``."""
    match = FRONT.match(source)
    if match is None:
        raise CorpusError([Fault(name, 1, "no front matter between two lines of ---")])
    document = _document(match["front"], name)
    offset = source[: match.start("body")].count("\n")
    faults: list[Fault] = []
    provisions: list[Provision] = []
    for section in _sections(match["body"], offset):
        try:
            provisions.append(_provision(document, section))
        except ValueError as error:
            faults.append(Fault(name, section.line, str(error)))
    faults.extend(_repeated(provisions, name))
    if faults:
        raise CorpusError(faults)
    return provisions


def _document(front: str, name: str) -> Document:
    try:
        document = Document.model_validate(yaml.safe_load(front))
    except yaml.YAMLError as error:
        raise CorpusError([Fault(name, 1, f"front matter is not YAML: {error}")]) from error
    except ValidationError as error:
        raise CorpusError(
            Fault(name, 1, f"{'.'.join(map(str, e['loc'])) or 'front matter'}: {e['msg']}") for e in error.errors()
        ) from error
    if f"{document.id}.md" != name:
        raise CorpusError([Fault(name, 1, f"the file must be called {document.id}.md, after its id")])
    return document


def _sections(body: str, offset: int) -> Iterator[_Section]:
    section: _Section | None = None
    for number, raw in enumerate(body.split("\n"), offset + 1):
        line = raw.rstrip()
        if line.startswith("## "):
            if section:
                yield section
            section = _Section(line, number)
        elif section:
            section.lines.append((number, line))
    if section:
        yield section


def _provision(document: Document, section: _Section) -> Provision:
    official = document.layer == "official"
    heading = HEADING.match(section.heading)
    if heading is None or not (heading["en"] or official):
        raise ValueError("the heading needs a Chinese and an English title: ## 中文 | English")
    lines = [line for line in section.lines if line[1]]
    if not lines or not (attributes := ATTRIBUTES.match(lines[0][1])):
        raise ValueError("the line after the heading must be the attribute line {#id confidence=… topics=…}")
    values = _attributes(attributes["rest"])
    article = ARTICLE.match(heading["zh"] + " ")
    anchor = values.get("anchor") or (article[1] if article else heading["zh"])
    title = heading["zh"][len(article[1]) :].strip() if article else heading["zh"]
    zh, en, asks = _body(lines[1:], official)
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
        first_day=_day(values.get("from")) or document.first_day,
        last_day=_day(values.get("to")) or document.last_day,
        predecessors=_list(values.get("old")),
        read=_list(values.get("read")),
        asks=asks,
        premise=values.get("premise", ""),
        signed=_day(values.get("signed")),
        in_operation=_day(values.get("in_operation")),
        source=values.get("source", ""),
        official_text="\n".join(line.text for line in zh) if official else "",
        chapter=values.get("chapter", ""),
    )


def _attributes(text: str) -> dict[str, str]:
    values: dict[str, str] = {}
    for pair in shlex.split(text):
        key, equals, value = pair.partition("=")
        if not equals or key not in KNOWN_ATTRIBUTES:
            raise ValueError(f"unknown attribute {pair!r}; known: {', '.join(sorted(KNOWN_ATTRIBUTES))}")
        values[key] = value
    return values


def _body(lines: list[tuple[int, str]], official: bool) -> tuple[tuple[Line, ...], tuple[Line, ...], tuple[str, ...]]:
    zh: list[Line] = []
    en: list[Line] = []
    asks: list[str] = []
    current = zh
    for _, text in lines:
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


def _repeated(provisions: Iterable[Provision], name: str) -> Iterator[Fault]:
    seen: set[str] = set()
    for provision in provisions:
        if provision.id in seen:
            yield Fault(name, 1, f"the id {provision.anchor_id} is used twice")
        seen.add(provision.id)
