"""An official text as a corpus file. `knowledge.corpus.parse` reads it back without losing a character."""

from __future__ import annotations

import re
from collections.abc import Iterable

import yaml

from knowledge.ingest.law import Annex, Article, ParsedLaw
from knowledge.models import Document

# What the corpus format would read as its own: a question, a list point, a heading, the line between the
# languages, and the sign of protection itself.
_SYNTAX = re.compile(r"^(?:\\|\? |- |## |---$)")
_ANNEX_NAME = re.compile(r"^(附 ?[件表录]? ?[0-9一二三四五六七八九十]*)[\s　:：]*(.*)$")


def render(document: Document, law: ParsedLaw) -> str:
    """Return the corpus file of ``document`` with the wording of ``law``."""
    return f"{front_matter(document)}\n{render_body(law)}"


def render_body(law: ParsedLaw) -> str:
    """Return the wording of ``law`` as the corpus file has it below its head."""
    parts = []
    if law.preamble:
        parts.append(_provision("前言", "Preamble", "preamble", (), [(line, False) for line in law.preamble]))
    parts += [_article(article) for article in law.articles]
    parts += [_annex(annex, position) for position, annex in enumerate(law.annexes, 1)]
    return "\n".join(parts)


def front_matter(document: Document) -> str:
    """Return the facts of ``document`` as the head of its corpus file."""
    facts = document.model_dump(exclude_defaults=True) | {"confidence": document.confidence.value}
    return f"---\n{yaml.safe_dump(facts, allow_unicode=True, sort_keys=False, width=1_000_000)}---\n"


def _article(article: Article) -> str:
    heading = f"{article.anchor} {article.heading.replace('|', '｜')}".strip()
    word = "Article" if article.style == "articles" else "Item"
    number = f"{article.number}-{article.suffix}" if article.suffix else f"{article.number}"
    lines: list[tuple[str, bool]] = []
    for paragraph in article.paragraphs:
        if paragraph.text:
            lines.append((paragraph.text, False))
        lines += [(item.text, True) for item in paragraph.subparagraphs]
    return _provision(heading, f"{word} {number}", article.anchor_id, article.chapter, lines)


def _annex(annex: Annex, position: int) -> str:
    named = _ANNEX_NAME.match(annex.title)
    anchor, title = (named[1].replace(" ", ""), named[2]) if named else (annex.title, "")
    anchor = "附件" if anchor == "附" else anchor
    heading = (title or anchor).replace("|", "｜")
    lines = [(line, False) for line in annex.lines or (annex.title,)]
    return _provision(heading, f"Annex {position}", f"annex-{position}", (), lines, anchor)


def _provision(
    heading: str,
    heading_en: str,
    anchor_id: str,
    chapter: tuple[str, ...],
    lines: Iterable[tuple[str, bool]],
    anchor: str = "",
) -> str:
    attributes = f"#{anchor_id} confidence=official"
    if anchor:
        attributes += f" anchor={attribute(anchor)}"
    if chapter:
        attributes += f" chapter={attribute(' / '.join(chapter))}"
    body = "\n".join(f"- {text}" if is_point else protected(text) for text, is_point in lines)
    return f"## {heading} | {heading_en}\n{{{attributes}}}\n\n{body}\n"


def attribute(value: str) -> str:
    """Return the value of an attribute as the attribute line has it."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def protected(text: str) -> str:
    """Return a line of wording that no reader takes for syntax."""
    return f"\\{text}" if _SYNTAX.match(text) else text
