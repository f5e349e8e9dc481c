"""The facts of a document, settled: what a person gave wins, what the text says fills the rest.

Nothing is guessed: a value that is neither given nor certain in the text is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from knowledge.ingest.blocks import Source
from knowledge.ingest.characters import clean
from knowledge.ingest.document_numbers import parse_number, same_number
from knowledge.ingest.errors import MetadataInvalid, MetadataMissing
from knowledge.ingest.proposal import Finding, Proposal
from knowledge.ingest.titles import title_key
from knowledge.models import EARLIEST, OPEN_END, Kind, Standing

_ID = re.compile(r"^[a-z0-9][a-z0-9-]{0,79}$")
_OPTIONS = {
    "title_zh": ("标题", "title", "--title"),
    "number": ("文号", "document number", "--number"),
    "issuer": ("制定机关", "issuing body", "--issuer"),
    "promulgated": ("公布日期", "date of promulgation", "--promulgated"),
    "effective_from": ("施行日期", "date of effect", "--effective-from"),
}


@dataclass(frozen=True)
class Given:
    """What a person states about the document; None leaves it to the text."""

    title_zh: str | None = None
    number: str | None = None
    issuer: str | None = None
    promulgated: date | Literal["unknown"] | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    id: str | None = None
    title_en: str | None = None
    number_en: str | None = None
    url: str | None = None
    source: str | None = None
    kind: Kind | None = None
    standing: Standing = "in_force"
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Missing:
    """A fact to ask for. ``suggestion`` is what the text hints at, to be confirmed, and ``sentence`` where."""

    field: str
    label_zh: str
    label_en: str
    option: str
    suggestion: str = ""
    sentence: str = ""


@dataclass(frozen=True)
class Contradiction:
    """A given value that differs from what the text says; the given one is used."""

    field: str
    label_zh: str
    label_en: str
    given: str
    found: str
    sentence: str


@dataclass(frozen=True)
class Metadata:
    """The settled facts of one document."""

    title_zh: str
    number: str
    issuer: str
    promulgated: date | Literal["unknown"]
    effective_from: date
    effective_to: date | None
    kind: Kind
    standing: Standing
    id: str | None
    title_en: str
    number_en: str
    url: str | None
    sources: tuple[str, ...]
    aliases: tuple[str, ...]
    findings: tuple[tuple[str, Finding], ...]
    contradictions: tuple[Contradiction, ...]


def missing(proposal: Proposal, given: Given) -> list[Missing]:
    """Return the facts that must be asked for, because they are neither given nor certain in the text."""
    findings = proposal.findings()
    asked = []
    for field, (zh, en, option) in _OPTIONS.items():
        found = findings.get(field)
        if not getattr(given, field) and not (found and found.certain):
            hint = (found.value, found.sentence) if found else ("", "")
            asked.append(Missing(field, zh, en, option, *hint))
    return asked


def settle(proposal: Proposal, given: Given, source: Source) -> Metadata:
    """Return the facts of the document. Raises `MetadataMissing` or `MetadataInvalid`."""
    if asked := missing(proposal, given):
        raise _missing(asked)
    found = proposal.findings()
    promulgated = given.promulgated or date.fromisoformat(found["promulgated"].value)
    effective_from = given.effective_from or date.fromisoformat(found["effective_from"].value)
    issuer = _line(given.issuer or found["issuer"].value, "issuer")
    number = _number(_line(given.number or found["number"].value, "number"), issuer)
    parsed = parse_number(number)
    title = _line(given.title_zh or found["title_zh"].value, "title_zh")
    _check(effective_from, given, title)
    return Metadata(
        title_zh=title,
        number=number,
        issuer=issuer,
        promulgated=promulgated,
        effective_from=effective_from,
        effective_to=given.effective_to,
        kind=given.kind or proposal.kind,
        standing=given.standing,
        id=given.id,
        title_en=clean(given.title_en or ""),
        number_en=clean(given.number_en or "") or (parsed.text_en if parsed else ""),
        url=clean(given.url or "") or None,
        sources=_sources(given, source),
        aliases=tuple(alias for raw in given.aliases if (alias := clean(raw))),
        findings=tuple(found.items()),
        contradictions=tuple(_contradictions(found, given)),
    )


def _line(text: str, field: str) -> str:
    """Return a given text as one clean line."""
    cleaned = clean(text)
    if len(cleaned) < 2 or len(cleaned) > 200:
        zh, en, _ = _OPTIONS[field]
        raise MetadataInvalid(f"{zh}为空或者太长：{cleaned[:40]}", f"The {en} is empty or too long: {cleaned[:40]}")
    return cleaned


def _number(number: str, issuer: str) -> str:
    """Complete 公告2026年第34号, which names no issuer, by the issuer of the text."""
    parsed = parse_number(number)
    return parsed.text.replace("公告", f"{issuer}公告", 1) if parsed and not parsed.issuer else number


def _check(effective_from: date, given: Given, title: str) -> None:
    if not EARLIEST <= effective_from <= OPEN_END:
        raise MetadataInvalid(
            f"施行日期{effective_from}不合理，请核对。", f"The date of effect {effective_from} cannot be right."
        )
    if given.effective_to and given.effective_to < effective_from:
        raise MetadataInvalid(
            f"失效日期{given.effective_to}早于施行日期{effective_from}。",
            f"The end {given.effective_to} lies before the date of effect {effective_from}.",
        )
    if given.id is not None and not _ID.match(given.id):
        raise MetadataInvalid(
            "id只能用小写字母、数字和连字符，最多80个字符。",
            "The id may hold lower-case letters, digits and hyphens only, at most 80.",
        )
    if not title_key(title):
        raise MetadataInvalid("标题为空。", "The title is empty.")


def _sources(given: Given, source: Source) -> tuple[str, ...]:
    file = f"官方文本文件 {source.name} (sha256 {source.sha256[:16]})"
    stated = clean(given.source or "")
    return (stated, file) if stated else (file,)


def _contradictions(found: dict[str, Finding], given: Given) -> list[Contradiction]:
    contradictions = []
    for field, (zh, en, _) in _OPTIONS.items():
        stated, finding = getattr(given, field), found.get(field)
        if not stated or finding is None or (field == "number" and not finding.certain):
            continue
        if not _agree(field, str(stated), finding.value):
            contradictions.append(Contradiction(field, zh, en, str(stated), finding.value, finding.sentence))
    return contradictions


def _agree(field: str, given: str, found: str) -> bool:
    if field == "number":
        return same_number(given, found)
    if field == "title_zh":
        return title_key(given) == title_key(found)
    return given.strip() == found


def _missing(asked: Sequence[Missing]) -> MetadataMissing:
    zh = "；".join(_ask(item, item.label_zh, "正文提示为{}，请确认") for item in asked)
    en = "; ".join(_ask(item, item.label_en, "the text suggests {}, please confirm") for item in asked)
    return MetadataMissing(
        [item.field for item in asked],
        f"正文里没有确定的信息，请给出：{zh}。",
        f"The text does not settle these, please give: {en}.",
    )


def _ask(item: Missing, label: str, hint: str) -> str:
    hinted = f" ({hint.format(item.suggestion)})" if item.suggestion else ""
    return f"{label} {item.option}{hinted}"
