"""The wording of an official text without its head, as it is kept while people correct it.

`read_body` and `write_body` lose nothing: what one writes the other reads back.
"""

from __future__ import annotations

from collections.abc import Iterable

from knowledge.corpus import parse
from knowledge.ingest.render import attribute, front_matter, protected
from knowledge.models import EARLIEST, UNKNOWN, Confidence, Document, Provision
from knowledge.provision_text import ARTICLE

# Stands for a head that is not complete yet. Its days are open, so that only an article's own days are written.
STAND_IN = Document(
    id="draft",
    title_zh="（未定）",
    title_en="(open)",
    number="（未定）",
    issuer="（未定）",
    promulgated=UNKNOWN,
    effective_from=UNKNOWN,
    effective_to=None,
    search_from=EARLIEST,
    kind="order",
    layer="official",
    standing="unchecked",
    confidence=Confidence.OFFICIAL,
    sources=("（未定）",),
)


def read_body(body: str) -> list[Provision]:
    """Return the provisions of a wording without its head. Raises `CorpusError`."""
    return parse(f"{front_matter(STAND_IN)}\n{body}", f"{STAND_IN.id}.md")


def write_body(provisions: Iterable[Provision]) -> str:
    """Return the wording of provisions of one document; days that are the document's are not written."""
    return "\n".join(_section(provision) for provision in provisions)


def _section(p: Provision) -> str:
    attributes = [f"#{p.anchor_id}", f"confidence={p.confidence.value}"]
    is_article = ARTICLE.match(f"{p.anchor} ") is not None
    heading = p.title_zh.replace("|", "｜")
    if is_article:
        heading = p.anchor if p.title_zh == p.anchor else f"{p.anchor} {heading}"
    else:
        attributes.append(f"anchor={attribute(p.anchor)}")
    if p.chapter:
        attributes.append(f"chapter={attribute(p.chapter)}")
    if p.topics:
        attributes.append(f"topics={','.join(p.topics)}")
    if p.levels:
        attributes.append(f"levels={','.join(p.levels)}")
    if p.first_day != p.document.first_day:
        attributes.append(f"from={p.first_day}")
    if p.last_day != p.document.last_day:
        attributes.append(f"to={p.last_day}")
    lines = [f"- {line.text}" if line.is_point else protected(line.text) for line in p.zh]
    if p.en:
        lines += ["", "---", "", *(f"- {line.text}" if line.is_point else protected(line.text) for line in p.en)]
    if p.asks:
        lines += ["", *(f"? {ask}" for ask in p.asks)]
    return f"## {heading} | {p.title_en}\n{{{' '.join(attributes)}}}\n\n" + "\n".join(lines) + "\n"
