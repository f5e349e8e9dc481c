"""The facts of a text as a person fills them in, and the head of the corpus file they make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

from pydantic import ValidationError

from api.errors import BadInput
from knowledge.ingest.add import id_for
from knowledge.ingest.characters import clean
from knowledge.ingest.document_numbers import parse_number
from knowledge.ingest.errors import IngestError
from knowledge.ingest.held import Held, refuse_duplicate, restatements
from knowledge.ingest.metadata import Metadata
from knowledge.models import EARLIEST, OPEN_END, UNKNOWN, Confidence, Document, Kind, Standing

FIELDS = (
    "title_zh", "title_en", "number", "issuer", "kind", "promulgated", "effective_from", "effective_to",
    "url", "standing", "aliases", "note_zh", "note_en",
)  # fmt: skip
KINDS: tuple[Kind, ...] = ("order", "announcement", "standard", "law")
STANDINGS: tuple[Standing, ...] = get_args(Standing)
LONGEST = 500
_NEEDED = {
    "title_zh": ("标题", "the title"),
    "number": ("文号", "the number"),
    "issuer": ("制定机关", "the issuer"),
    "promulgated": ("公布日期", "the date of promulgation"),
    "effective_from": ("施行日期", "the first day in force"),
}


@dataclass(frozen=True)
class Head:
    """What a person filled in, complete and checked."""

    metadata: Metadata
    replaces: tuple[str, ...]
    note_zh: str
    note_en: str


def facts_from(form: Mapping[str, str], replaces: Sequence[str]) -> dict[str, Any]:
    """Return what a form says, cleaned; what is wrong in it is told when the text is handed in."""
    written = {name: clean(form.get(name, ""))[:LONGEST] for name in FIELDS}
    return {**written, "replaces": list(dict.fromkeys(name for name in replaces if name))[:20]}


def facts_of(document: Document) -> dict[str, Any]:
    """Return the facts of a document that is held, as a form shows them."""
    written = {name: getattr(document, name) for name in FIELDS}
    written["aliases"] = "，".join(document.aliases)
    shown = {name: "" if value is None else str(value) for name, value in written.items()}
    return {**shown, "replaces": list(document.replaces), "held": document.model_dump(mode="json")}


def checked_head(facts: Mapping[str, Any], source: str) -> Head:
    """Return the facts as values. Raises `BadInput` with everything that is missing or wrong."""
    missing = [names for field, names in _NEEDED.items() if not facts.get(field)]
    if missing:
        raise BadInput(
            f"请补全：{'、'.join(zh for zh, _ in missing)}。", f"Please fill in {', '.join(en for _, en in missing)}."
        )
    first, last = _day(facts, "effective_from"), _day(facts, "effective_to")
    if first is None or not EARLIEST <= first <= OPEN_END or (last is not None and last < first):
        raise BadInput("施行或者失效日期不合理。", "The first or the last day in force cannot be right.")
    number, issuer = str(facts["number"]), str(facts["issuer"])
    parsed = parse_number(number)
    if parsed is not None and not parsed.issuer:
        number = number.replace("公告", f"{issuer}公告", 1)
    metadata = Metadata(
        title_zh=str(facts["title_zh"]),
        number=number,
        issuer=issuer,
        promulgated=_promulgated(facts),
        effective_from=first,
        effective_to=last,
        kind=_one_of(facts, "kind", KINDS, "order"),
        standing=_one_of(facts, "standing", STANDINGS, "in_force"),
        id=None,
        title_en=str(facts.get("title_en", "")),
        number_en=parsed.text_en if parsed else "",
        url=_url(facts),
        sources=(source,),
        aliases=tuple(alias for alias in str(facts.get("aliases", "")).replace("，", ",").split(",") if alias.strip()),
        findings=(),
        contradictions=(),
    )
    replaces = tuple(facts.get("replaces", ()))
    return Head(metadata, replaces, str(facts.get("note_zh", "")), str(facts.get("note_en", "")))


def document_of(head: Head, held: Sequence[Held], own: Mapping[str, Any] | None, text_hash: str) -> Document:
    """Return the document of a new text, or the corrected head of the one it is (``own``).

    Raises `BadInput` where it is held already or replaces what is not there.
    """
    known = {item.document.id for item in held}
    if unknown := [name for name in head.replaces if name not in known]:
        raise BadInput(f"没有这份文件：{'、'.join(unknown)}。", f"There is no such document: {', '.join(unknown)}.")
    metadata = head.metadata
    others = [item for item in held if own is None or item.document.id != own["id"]]
    restated = restatements(metadata, held)
    try:
        refuse_duplicate(text_hash, metadata, others)
        own_id = str(own["id"]) if own else id_for(metadata, restated, held)
    except IngestError as error:
        raise BadInput(error.message_zh, error.message_en) from error
    values = {
        **(own or {}),
        "id": own_id,
        "title_zh": metadata.title_zh,
        "title_en": metadata.title_en or (restated[0].title_en if restated else metadata.title_zh),
        "number": metadata.number,
        "number_en": metadata.number_en,
        "issuer": metadata.issuer,
        "promulgated": metadata.promulgated,
        "effective_from": metadata.effective_from,
        "effective_to": metadata.effective_to,
        "replaces": tuple(name for name in head.replaces if name != own_id),
        "url": metadata.url,
        "kind": metadata.kind,
        "layer": "official",
        "standing": metadata.standing,
        "confidence": (own or {}).get("confidence", Confidence.OFFICIAL),
        "sources": tuple((own or {}).get("sources", metadata.sources)),
        "aliases": metadata.aliases,
        "note_zh": head.note_zh,
        "note_en": head.note_en,
    }
    try:
        return Document.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BadInput(
            f"文件信息有误（{where}）。", f"The facts of the text are wrong ({where}: {first['msg']})."
        ) from error


def _day(facts: Mapping[str, Any], field: str) -> date | None:
    written = str(facts.get(field) or "")
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise BadInput(
            f"日期请写成2026-04-01这样的形式：{written[:20]}", f"Write days like 2026-04-01: {written[:20]}"
        ) from error


def _promulgated(facts: Mapping[str, Any]) -> date | Literal["unknown"]:
    if facts["promulgated"] == UNKNOWN:
        return UNKNOWN
    return _day(facts, "promulgated") or UNKNOWN


def _url(facts: Mapping[str, Any]) -> str | None:
    url = str(facts.get("url") or "")
    if url and not url.startswith(("https://", "http://")):
        raise BadInput("网址以https://开头。", "An address begins with https://.")
    return url or None


def _one_of(facts: Mapping[str, Any], field: str, allowed: Sequence[Any], otherwise: Any) -> Any:
    return facts[field] if facts.get(field) in allowed else otherwise
