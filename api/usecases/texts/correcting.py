"""Correct a draft: its facts, and its articles one by one. Every change is one row of the audit log."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from api.errors import BadInput
from api.store import TextDraft
from api.usecases.texts.desk import OPEN, TextDesk, hold_draft, keep_parts, parts_of, wrote
from api.usecases.texts.head import facts_from
from knowledge.ingest.editing import Correction, Part, correct, cut, join, move, take_out
from knowledge.ingest.errors import SplitInvalid
from knowledge.models import Confidence

Edit = Callable[[tuple[Part, ...]], tuple[Part, ...]]


def change_facts(
    desk: TextDesk, draft_id: str, revision: int, form: Mapping[str, str], replaces: Sequence[str]
) -> TextDraft:
    """Put the facts of a form into a draft. Raises `NotFound`, `Conflict`, `BadInput`."""
    draft = _to_correct(desk, draft_id, revision)
    facts = facts_from(form, replaces)
    if "held" in draft.facts:
        facts["held"] = draft.facts["held"]
    draft.facts = facts
    draft.title = (facts["title_zh"] or draft.title)[:200]
    desk.work.note("text_corrected", draft.id, what="facts")
    return draft


def change_article(desk: TextDesk, draft_id: str, revision: int, position: int, form: Mapping[str, str]) -> TextDraft:
    """Write one article as a form says. Raises `NotFound`, `Conflict`, `BadInput`."""
    correction = Correction(
        anchor=form.get("anchor", ""),
        title=form.get("title", ""),
        text=form.get("text", ""),
        chapter=form.get("chapter", ""),
        confidence=_confidence(form.get("confidence", "")),
        first_day=_day(form.get("first_day", "")),
        last_day=_day(form.get("last_day", "")),
        asks=form.get("asks", ""),
    )
    return _changed(desk, draft_id, revision, "article", lambda parts: correct(parts, position, correction))


def move_article(desk: TextDesk, draft_id: str, revision: int, position: int, by: int) -> TextDraft:
    """Move one article up or down. Raises `NotFound`, `Conflict`, `BadInput`."""
    return _changed(desk, draft_id, revision, "order", lambda parts: move(parts, position, by))


def join_articles(desk: TextDesk, draft_id: str, revision: int, position: int) -> TextDraft:
    """Join one article with the next. Raises `NotFound`, `Conflict`, `BadInput`."""
    return _changed(desk, draft_id, revision, "join", lambda parts: join(parts, position))


def cut_article(desk: TextDesk, draft_id: str, revision: int, position: int, before: int, anchor: str) -> TextDraft:
    """Cut one article in two. Raises `NotFound`, `Conflict`, `BadInput`."""
    return _changed(desk, draft_id, revision, "cut", lambda parts: cut(parts, position, before, anchor))


def take_article_out(desk: TextDesk, draft_id: str, revision: int, position: int) -> TextDraft:
    """Take one article out. Raises `NotFound`, `Conflict`, `BadInput`."""
    return _changed(desk, draft_id, revision, "take_out", lambda parts: take_out(parts, position))


def _changed(desk: TextDesk, draft_id: str, revision: int, what: str, edit: Edit) -> TextDraft:
    draft = _to_correct(desk, draft_id, revision)
    if draft.act not in ("add", "correct"):
        raise BadInput("这项修改不能改动条文。", "This change cannot touch articles.")
    try:
        keep_parts(draft, edit(parts_of(draft)))
    except SplitInvalid as error:
        raise BadInput(error.message_zh, error.message_en) from error
    desk.work.note("text_corrected", draft.id, what=what)
    return draft


def _to_correct(desk: TextDesk, draft_id: str, revision: int) -> TextDraft:
    draft = hold_draft(desk, draft_id, revision, OPEN)
    wrote(draft, desk.work.who.account_id)
    return draft


def _confidence(written: str) -> Confidence:
    try:
        return Confidence(written)
    except ValueError as error:
        raise BadInput("请选择可信程度。", "Choose how surely it is known.") from error


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written) if written.strip() else None
    except ValueError as error:
        raise BadInput("日期请写成2026-04-01这样的形式。", "Write days like 2026-04-01.") from error
