"""How a change to the library begins: a new text, a correction, an earlier version, or a text to be taken out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from api.errors import BadInput, Conflict, NotFound
from api.store import LibraryText, TextDraft
from api.usecases.texts.desk import WAITING, TextDesk
from api.usecases.texts.head import facts_from, facts_of
from api.usecases.texts.reading import ReadText
from knowledge.corpus import parse
from knowledge.ingest.body import STAND_IN, write_body
from knowledge.ingest.document_numbers import same_number
from knowledge.ingest.titles import title_key
from knowledge.models import Document, Provision


def begin_upload(desk: TextDesk, read: ReadText) -> TextDraft:
    """Keep an uploaded text as a draft, with what it says of itself filled in for a person to confirm."""
    said = dict(read.said)
    findings: dict[str, Any] = said["findings"]
    form = {field: str(found["value"]) for field, found in findings.items()} | {"kind": said["kind"]}
    older, newer = _versions(desk, form)
    if newer is not None and isinstance(newer.effective_from, date):
        form["effective_to"] = (newer.effective_from - timedelta(days=1)).isoformat()
    facts = facts_from(form, [older.id] if older else [])
    body = said.pop("body")
    draft = _draft(desk, "add", "", facts["title_zh"] or said["name"], facts, body, said)
    desk.work.note("text_uploaded", draft.id, file=said["sha256"], type=said["type"])
    return draft


def begin_correction(desk: TextDesk, document_id: str) -> TextDraft:
    """Open a text in use for correction; it stays in use as it is. Raises `NotFound`, `Conflict`."""
    provisions = desk.provisions(document_id)
    _alone(desk, document_id)
    document = provisions[0].document
    draft = _draft(desk, "correct", document_id, document.title_zh, facts_of(document), body_of(provisions), {})
    desk.work.note("text_correction_begun", draft.id, document=document_id)
    return draft


def begin_restoring(desk: TextDesk, document_id: str, edition: int) -> TextDraft:
    """Propose the wording and facts of an earlier edition. Raises `NotFound`, `BadInput`, `Conflict`."""
    held = select(LibraryText).where(LibraryText.document_id == document_id, LibraryText.content != "")
    versions = {text.edition for text in desk.work.session.scalars(held)}
    if versions and edition not in versions:
        raise BadInput("请选择一个版本。", "Choose a version.")
    provisions = version_of(desk, document_id, edition)
    _alone(desk, document_id)
    if desk.texts.contents.get(document_id) == content_of(desk, document_id, edition):
        raise Conflict("这个版本正在使用。", "This version is in use.")
    document = provisions[0].document
    draft = _draft(desk, "restore", document_id, document.title_zh, facts_of(document), body_of(provisions), {})
    draft.source = {"edition": edition}
    desk.work.note("text_restoring_begun", draft.id, document=document_id, edition=edition)
    return draft


def begin_taking_out(desk: TextDesk, document_id: str) -> TextDraft:
    """Propose that a text is not used any more. Raises `NotFound`, `Conflict`."""
    document = desk.provisions(document_id)[0].document
    _alone(desk, document_id)
    draft = _draft(desk, "take_out", document_id, document.title_zh, facts_of(document), "", {})
    desk.work.note("text_taking_out_begun", draft.id, document=document_id)
    return draft


def version_of(desk: TextDesk, document_id: str, edition: int) -> list[Provision]:
    """Return the provisions of a document as an edition put it in. Raises `NotFound`."""
    return parse(content_of(desk, document_id, edition), f"{document_id}.md")


def content_of(desk: TextDesk, document_id: str, edition: int) -> str:
    """Return the corpus file of a document as an edition put it in. Raises `NotFound`."""
    found = desk.work.session.get(LibraryText, (edition, document_id))
    if found is None or not found.content:
        raise NotFound("没有这个版本。", "There is no such version.")
    return found.content


def body_of(provisions: list[Provision]) -> str:
    """Return the wording of a held document without its head; days that are the document's own are left out."""
    document = provisions[0].document
    return write_body(_with_own_days(p, document) for p in provisions)


def _with_own_days(provision: Provision, document: Document) -> Provision:
    first = STAND_IN.first_day if provision.first_day == document.first_day else provision.first_day
    last = STAND_IN.last_day if provision.last_day == document.last_day else provision.last_day
    return replace(provision, document=STAND_IN, first_day=first, last_day=last)


def _draft(
    desk: TextDesk, act: str, document_id: str, title: str, facts: dict[str, Any], body: str, source: dict[str, Any]
) -> TextDraft:
    work = desk.work
    draft = TextDraft(
        act=act,
        state="draft",
        revision=1,
        document_id=document_id,
        title=title[:200],
        facts=facts,
        body=body,
        source=source,
        texts={},
        base_edition=desk.texts.edition,
        editors=[work.who.account_id],
        made_at=work.now,
        changed_at=work.now,
        reason="",
    )
    work.session.add(draft)
    work.session.flush()
    return draft


def _alone(desk: TextDesk, document_id: str) -> None:
    """Two changes to one text at once would undo each other."""
    waiting = select(TextDraft).where(TextDraft.document_id == document_id, TextDraft.state.in_(WAITING))
    if desk.work.session.scalars(waiting).first() is not None:
        raise Conflict(
            "这份文本已经有一个修改在办理，请先办完。", "A change to this text is under way. Finish it first."
        )


def _versions(desk: TextDesk, form: dict[str, str]) -> tuple[Document | None, Document | None]:
    """Return the version of the same law held before a new text's first day, and the one after it."""
    try:
        first = date.fromisoformat(form.get("effective_from", ""))
    except ValueError:
        return None, None
    title, number = title_key(form.get("title_zh", "")), form.get("number", "")
    same = [
        d
        for d in desk.documents.values()
        if isinstance(d.effective_from, date)
        and (same_number(d.number, number) or (d.kind != "announcement" and title_key(d.title_zh) == title))
    ]
    older = max((d for d in same if d.first_day < first), key=lambda d: d.first_day, default=None)
    newer = min((d for d in same if d.first_day > first), key=lambda d: d.first_day, default=None)
    return older, newer
