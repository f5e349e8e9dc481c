"""Read the corpus files and refuse what a reader could not trust.

The format is described in docs/corpus.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import ValidationError

from knowledge.models import Document, Provision
from knowledge.provision_text import Section, read_provision

FRONT = re.compile(r"\A---\n(?P<front>.*?)\n---\n(?P<body>.*)\Z", re.S)


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


class _FrontMatter(yaml.SafeLoader):
    """YAML whose days stay text: `Document` reads them, and names the field of one that is no day."""

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def read_corpus(folder: Path) -> list[Provision]:
    """Return every provision of every ``*.md`` in ``folder``, in file order; none where there is no folder.

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
    return parse(read_text(path), path.name)


def read_text(path: Path) -> str:
    """Return what a file of the corpus says. Raises `CorpusError` when it is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise CorpusError([Fault(path.name, line, "the file is not UTF-8: save it as UTF-8")]) from error


def parse(source: str, name: str) -> list[Provision]:
    """Return the provisions written in ``source``; ``name`` is used in messages and must be ``<id>.md``."""
    match = FRONT.match(source)
    if match is None:
        raise CorpusError([Fault(name, 1, "no front matter between two lines of ---")])
    document = _document(match["front"], name)
    offset = source[: match.start("body")].count("\n")
    faults: list[Fault] = []
    provisions: list[Provision] = []
    for section in _sections(match["body"], offset, name):
        try:
            provisions.append(read_provision(document, section))
        except ValueError as error:
            faults.append(Fault(name, section.line, str(error)))
    faults.extend(_repeated(provisions))
    if faults:
        raise CorpusError(sorted(faults, key=lambda fault: fault.line))
    return provisions


def _document(front: str, name: str) -> Document:
    try:
        document = Document.model_validate(_FrontMatter(front).get_single_data())
    except ValidationError as error:
        raise CorpusError(_field_faults(error, front, name)) from error
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        raise CorpusError([Fault(name, line, f"front matter is not YAML: {error}")]) from error
    if f"{document.id}.md" != name:
        raise CorpusError([Fault(name, 1, f"the file must be called {document.id}.md, after its id")])
    return document


def _field_faults(error: ValidationError, front: str, name: str) -> Iterator[Fault]:
    """One fault per field, at its line; a field that may be several things is refused once, for all of them."""
    messages: dict[str, list[str]] = {}
    for refused in error.errors():
        field = str(refused["loc"][0]) if refused["loc"] else ""
        messages.setdefault(field, []).append(refused["msg"])
    for field, reasons in messages.items():
        at = re.search(rf"^{re.escape(field)}\s*:", front, re.M) if field else None
        line = front.count("\n", 0, at.start()) + 2 if at else 1
        yield Fault(name, line, f"{field or 'front matter'}: {'; '.join(reasons)}")


def _sections(body: str, offset: int, name: str) -> Iterator[Section]:
    section: Section | None = None
    for number, raw in enumerate(body.split("\n"), offset + 1):
        line = raw.rstrip()
        if line.startswith("## "):
            if section:
                yield section
            section = Section(name, number, line)
        elif section:
            section.lines.append(line)
    if section:
        yield section


def _repeated(provisions: Iterable[Provision]) -> Iterator[Fault]:
    seen: dict[str, Provision] = {}
    for provision in provisions:
        first = seen.setdefault(provision.id, provision)
        if first is not provision:
            message = f"the id {provision.anchor_id} is used twice, first in line {first.line}"
            yield Fault(provision.file, provision.line, message)
