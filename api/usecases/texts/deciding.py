"""Hand a draft in, and decide on it: a second administrator approves it, or sends it back with a reason.

What is approved becomes the next edition of the library, in the same transaction as the decision.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import text

from api.errors import BadInput, Conflict, NotAllowed
from api.library_texts import Texts, library_of, newest_edition
from api.store import LibraryEdition, LibraryText, TextDraft
from api.usecases.texts.desk import OPEN, WAITING, TextDesk, find_draft, hold_draft, wrote
from api.usecases.texts.head import checked_head, document_of
from knowledge.check import check_library
from knowledge.corpus import CorpusError, Fault, parse
from knowledge.ingest.body import read_body
from knowledge.ingest.law import text_hash
from knowledge.ingest.render import front_matter
from knowledge.terms import load_terms

LOCK = 7_306_002_823
LONGEST_REASON = 1000
MOST_WARNINGS = 20


@dataclass(frozen=True)
class Planned:
    """What a draft would put into the library, and what else would not fit any more."""

    changes: Mapping[str, str]
    warnings: tuple[str, ...]


def submit(desk: TextDesk, draft_id: str, revision: int) -> TextDraft:
    """Hand a draft in for approval. Raises `NotFound`, `Conflict`, and `BadInput` with everything that is wrong."""
    draft = hold_draft(desk, draft_id, revision, OPEN)
    wrote(draft, desk.work.who.account_id)
    planned = plan(desk, draft)
    draft.texts = dict(planned.changes)
    draft.document_id = next(iter(planned.changes)) if len(planned.changes) == 1 else ""
    draft.base_edition = desk.texts.edition
    before = {name: desk.texts.contents.get(name, "") for name in planned.changes}
    draft.source = {**draft.source, "before": before, "warnings": list(planned.warnings)}
    draft.state, draft.reason = "submitted", ""
    draft.submitted_by, draft.submitted_at = desk.work.who.account_id, desk.work.now
    desk.work.note("text_submitted", draft.id, document=draft.document_id, act=draft.act)
    return draft


def plan(desk: TextDesk, draft: TextDraft) -> Planned:
    """Return what a draft would change. Raises `BadInput`."""
    if draft.act == "take_out":
        changes = {draft.document_id: ""}
    elif draft.act == "import":
        changes = {str(name): str(content) for name, content in draft.texts.items()}
    else:
        changes = _one_text(desk, draft)
    current = desk.texts.contents
    if all(current.get(name, "") == content for name, content in changes.items()):
        raise BadInput("与现在使用的文本没有差别。", "There is no difference to the text in use.")
    return Planned(changes, _faults(desk, changes))


def may_decide(draft: TextDraft, account_id: str) -> bool:
    """Whether somebody may approve a draft or send it back: nobody who had a hand in it."""
    return account_id not in draft.editors and account_id != draft.submitted_by


def to_prepare(desk: TextDesk, draft_id: str, revision: int) -> Texts:
    """Return the texts that approving a draft would put into use. Raises what `approve` raises."""
    draft = find_draft(desk, draft_id)
    if draft.revision != revision or draft.state != "submitted":
        raise _changed()
    _check(desk, draft)
    return desk.texts.changed(draft.texts)


def approve(desk: TextDesk, draft_id: str, revision: int) -> LibraryEdition:
    """Put what was handed in into the library. Raises `NotFound`, `Conflict`, `NotAllowed`."""
    work = desk.work
    _take_turns(desk)
    draft = hold_draft(desk, draft_id, revision, ("submitted",))
    _check(desk, draft)
    number = newest_edition(work.session) + 1
    edition = LibraryEdition(
        number=number,
        made_at=work.now,
        draft_id=draft.id,
        proposed_by=draft.submitted_by or "",
        approved_by=work.who.account_id,
    )
    work.session.add(edition)
    work.session.flush()
    for name, content in draft.texts.items():
        work.session.add(LibraryText(edition=number, document_id=name, content=content))
    draft.state, draft.edition = "approved", number
    draft.decided_by, draft.decided_at = work.who.account_id, work.now
    work.session.flush()
    work.note("text_approved", draft.id, act=draft.act, edition=number, documents="，".join(sorted(draft.texts))[:500])
    return edition


def send_back(desk: TextDesk, draft_id: str, revision: int, reason: str) -> TextDraft:
    """Give a draft back to whoever handed it in, with a reason. Raises `NotFound`, `Conflict`, `BadInput`."""
    reason = reason.strip()[:LONGEST_REASON]
    if not reason:
        raise BadInput("请写明退回的理由。", "Give the reason for sending it back.")
    draft = hold_draft(desk, draft_id, revision, ("submitted",))
    if not may_decide(draft, desk.work.who.account_id):
        raise _not_alone()
    draft.state, draft.reason = "returned", reason
    draft.decided_by, draft.decided_at = desk.work.who.account_id, desk.work.now
    desk.work.note("text_returned", draft.id, document=draft.document_id)
    return draft


def withdraw(desk: TextDesk, draft_id: str, revision: int) -> TextDraft:
    """Give a draft up. Raises `NotFound`, `Conflict`, and `NotAllowed` for who had no hand in it."""
    draft = hold_draft(desk, draft_id, revision, WAITING)
    if desk.work.who.account_id not in draft.editors:
        raise NotAllowed("只有参与起草的人可以撤回。", "Only those who wrote it can withdraw it.")
    draft.state = "withdrawn"
    desk.work.note("text_withdrawn", draft.id, document=draft.document_id)
    return draft


def _one_text(desk: TextDesk, draft: TextDraft) -> dict[str, str]:
    source = draft.source
    origin = f"官方文本文件 {source['name']} (sha256 {source['sha256'][:16]})" if "sha256" in source else ""
    provisions = read_body(draft.body)
    law_hash = text_hash(
        (p.anchor_id, p.official_text) for p in provisions if p.anchor_id.startswith(("art-", "item-"))
    )
    head = checked_head(draft.facts, origin)
    document = document_of(head, desk.held, draft.facts.get("held"), law_hash)
    return {document.id: f"{front_matter(document)}\n{draft.body}"}


def _faults(desk: TextDesk, changes: Mapping[str, str]) -> tuple[str, ...]:
    """Return what would not fit any more elsewhere. Raises `BadInput` for what is wrong in the texts themselves."""
    try:
        for name, content in changes.items():
            if content and not parse(content, f"{name}.md"):
                raise BadInput(f"{name}没有条文。", f"{name} has no articles.")
        library = library_of(desk.library.shipped, desk.texts.changed(changes))
    except CorpusError as error:
        raise _faulty(error.faults) from error
    faults = check_library(library, load_terms())
    own = [fault for fault in faults if fault.path.removesuffix(".md") in changes]
    if own:
        raise _faulty(own)
    return tuple(str(fault) for fault in faults[:MOST_WARNINGS])


def _faulty(faults: tuple[Fault, ...] | list[Fault]) -> BadInput:
    told = "；".join(fault.message for fault in faults[:5])
    return BadInput(f"文本有{len(faults)}处问题：{told}", f"The text has {len(faults)} faults: {told}")


def _check(desk: TextDesk, draft: TextDraft) -> None:
    if not may_decide(draft, desk.work.who.account_id):
        raise _not_alone()
    before: Mapping[str, str] = draft.source.get("before", {})
    if any(desk.texts.contents.get(name, "") != content for name, content in before.items()):
        raise Conflict(
            "提交之后，知识库里的同一文本有变化。请退回，重新提交。",
            "The same text changed in the library after this was handed in. Send it back to be handed in again.",
        )


def _not_alone() -> NotAllowed:
    return NotAllowed(
        "起草或提交的人不能自己审批，请由另一位管理员办理。",
        "Whoever wrote or handed it in cannot decide on it. Another administrator has to.",
    )


def _changed() -> Conflict:
    return Conflict(
        "这份草稿在您打开之后有变化，您的操作没有生效。请重新打开查看。",
        "This draft was changed after you opened it; what you did has no effect. Open it again.",
    )


def _take_turns(desk: TextDesk) -> None:
    """Editions are numbered one after the other. On SQLite a writing transaction is alone already."""
    session = desk.work.session
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
