"""One draft of an official text: its facts, its articles beside the file, handing in, deciding."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Path, Request
from starlette.background import BackgroundTask
from starlette.responses import Response

from api.auth.access import About, open_to
from api.auth.identity import Kind
from api.auth.work import Work
from api.deps import IdentityDep, ServicesDep
from api.errors import AppError, BadInput
from api.library import Library
from api.services import Services
from api.store import TextDraft
from api.usecases.desk.versions import note_versions
from api.usecases.texts.correcting import (
    change_article,
    change_facts,
    cut_article,
    join_articles,
    move_article,
    take_article_out,
)
from api.usecases.texts.deciding import approve, may_decide, send_back, submit, to_prepare, withdraw
from api.usecases.texts.desk import OPEN, TextDesk, find_draft, parts_of
from api.usecases.texts.head import KINDS, STANDINGS
from api.usecases.texts.versions import people_of
from knowledge.comparison import compare
from knowledge.corpus import parse
from knowledge.models import EARLIEST, OPEN_END, Confidence, Document, Provision
from web.forms import see, tried
from web.pages.admin_texts import TextDeskDep, names
from web.views import page

router = APIRouter(
    prefix="/admin/documents/drafts/{draft_id}",
    include_in_schema=False,
    dependencies=[open_to(Kind.ADMINISTRATOR, about=About.TEXT_DRAFT)],
)
DraftId = Annotated[str, Path(max_length=32)]
Revision = Annotated[int, Form(ge=0)]
Position = Annotated[int, Path(ge=0, le=5000)]
Short = Annotated[str, Form(max_length=500)]
STANDING_NAMES = {
    "in_force": "有效",
    "repealed": "已废止",
    "expired": "已到期",
    "unchecked": "未核实",
    "not_law": "不是规定",
    "not_applicable": "不适用",
}
HEAD_NAMES = {
    "title_zh": "标题",
    "title_en": "英文标题",
    "number": "文号",
    "issuer": "制定机关",
    "kind": "类型",
    "promulgated": "公布日期",
    "effective_from": "施行日期",
    "effective_to": "失效日期",
    "replaces": "取代",
    "standing": "效力",
    "url": "官方网址",
    "aliases": "常用简称（逗号分开）",
    "note_zh": "说明",
    "note_en": "说明（英文）",
}
KIND_NAMES = {"order": "规章", "announcement": "公告", "standard": "认证标准", "law": "法律、行政法规"}


def get_prepared(
    request: Request, services: ServicesDep, who: IdentityDep, draft_id: DraftId, revision: Revision = 0
) -> AppError | None:
    """Make everything ready that approving needs, before the transaction begins: embedding takes a while."""
    library: Library = request.app.state.library

    def prepared() -> None:
        with services.database.reading() as session:
            work = Work(session, who, services.now(), services.keys, services.trail, services.passwords)
            texts = to_prepare(TextDesk(work, library), draft_id, revision)
        library.prepare(texts)

    return tried(prepared).problem


@router.get("")
def show(request: Request, desk: TextDeskDep, draft_id: DraftId) -> Response:
    """The draft."""
    return _shown(request, desk, draft_id)


@router.post("/facts")
def post_facts(
    request: Request,
    desk: TextDeskDep,
    draft_id: DraftId,
    title_zh: Short = "",
    title_en: Short = "",
    number: Short = "",
    issuer: Short = "",
    kind: Short = "",
    promulgated: Short = "",
    effective_from: Short = "",
    effective_to: Short = "",
    url: Short = "",
    standing: Short = "",
    aliases: Short = "",
    note_zh: Short = "",
    note_en: Short = "",
    replaces: Annotated[list[str] | None, Form()] = None,
    revision: Revision = 0,
) -> Response:
    """Write number, title, issuer, kind, days, and what it replaces."""
    form = {
        "title_zh": title_zh,
        "title_en": title_en,
        "number": number,
        "issuer": issuer,
        "kind": kind,
        "promulgated": promulgated,
        "effective_from": effective_from,
        "effective_to": effective_to,
        "url": url,
        "standing": standing,
        "aliases": aliases,
        "note_zh": note_zh,
        "note_en": note_en,
    }
    outcome = tried(lambda: change_facts(desk, draft_id, revision, form, replaces or []), desk.work.session)
    return _back(request, desk, draft_id, outcome.problem)


@router.get("/articles/{position}")
def show_article(request: Request, desk: TextDeskDep, draft_id: DraftId, position: Position) -> Response:
    """One article beside the lines it was read from, to be corrected."""
    return _article(request, desk, draft_id, position)


@router.post("/articles/{position}")
def post_article(
    request: Request,
    desk: TextDeskDep,
    draft_id: DraftId,
    position: Position,
    anchor: Short = "",
    title: Short = "",
    text: Annotated[str, Form(max_length=200_000)] = "",
    chapter: Short = "",
    confidence: Short = "official",
    first_day: Short = "",
    last_day: Short = "",
    asks: Annotated[str, Form(max_length=10_000)] = "",
    revision: Revision = 0,
) -> Response:
    """Write one article."""
    form = {
        "anchor": anchor,
        "title": title,
        "text": text,
        "chapter": chapter,
        "confidence": confidence,
        "first_day": first_day,
        "last_day": last_day,
        "asks": asks,
    }
    outcome = tried(lambda: change_article(desk, draft_id, revision, position, form), desk.work.session)
    if outcome.problem:
        return _article(request, desk, draft_id, position, outcome.problem, form)
    return see(f"/admin/documents/drafts/{draft_id}#part-{position}")


@router.post("/articles/{position}/split")
def post_split(
    request: Request,
    desk: TextDeskDep,
    draft_id: DraftId,
    position: Position,
    act: Short = "",
    before: Annotated[int, Form()] = 0,
    anchor: Short = "",
    revision: Revision = 0,
) -> Response:
    """Move an article, join it with the next, cut it in two, or take it out."""

    def done() -> TextDraft:
        if act in ("up", "down"):
            return move_article(desk, draft_id, revision, position, -1 if act == "up" else 1)
        if act == "join":
            return join_articles(desk, draft_id, revision, position)
        if act == "cut":
            return cut_article(desk, draft_id, revision, position, before, anchor)
        if act == "take_out":
            return take_article_out(desk, draft_id, revision, position)
        raise BadInput("请选择操作。", "Choose what to do.")

    outcome = tried(done, desk.work.session)
    if outcome.problem:
        return _article(request, desk, draft_id, position, outcome.problem)
    return see(f"/admin/documents/drafts/{draft_id}#part-{position}")


@router.post("/submit")
def post_submit(request: Request, desk: TextDeskDep, draft_id: DraftId, revision: Revision = 0) -> Response:
    """Hand the draft in."""
    outcome = tried(lambda: submit(desk, draft_id, revision), desk.work.session)
    return _back(request, desk, draft_id, outcome.problem)


@router.post("/withdraw")
def post_withdraw(request: Request, desk: TextDeskDep, draft_id: DraftId, revision: Revision = 0) -> Response:
    """Give the draft up."""
    outcome = tried(lambda: withdraw(desk, draft_id, revision), desk.work.session)
    return _back(request, desk, draft_id, outcome.problem)


@router.post("/return")
def post_return(
    request: Request,
    desk: TextDeskDep,
    draft_id: DraftId,
    reason: Annotated[str, Form(max_length=2000)] = "",
    revision: Revision = 0,
) -> Response:
    """Send the draft back."""
    outcome = tried(lambda: send_back(desk, draft_id, revision, reason), desk.work.session)
    return _back(request, desk, draft_id, outcome.problem)


@router.post("/approve")
def post_approve(
    request: Request,
    problem: Annotated[AppError | None, Depends(get_prepared)],
    services: ServicesDep,
    desk: TextDeskDep,
    draft_id: DraftId,
    revision: Revision = 0,
) -> Response:
    """Put the text into use."""
    if problem is None:
        problem = tried(lambda: approve(desk, draft_id, revision), desk.work.session).problem
    response = _back(request, desk, draft_id, problem)
    if problem is None:
        library: Library = request.app.state.library
        response.background = BackgroundTask(_take_into_use, services, library)
    return response


def _take_into_use(services: Services, library: Library) -> None:
    """Open the new edition, and note which provisions it changed, for those who relied on them."""
    note_versions(services, library.current().provisions)


def _back(request: Request, desk: TextDesk, draft_id: str, problem: AppError | None) -> Response:
    if problem is None:
        return see(f"/admin/documents/drafts/{draft_id}")
    return _shown(request, desk, draft_id, problem)


def _shown(request: Request, desk: TextDesk, draft_id: str, problem: AppError | None = None) -> Response:
    draft = find_draft(desk, draft_id)
    account_id = desk.work.who.account_id
    values = {
        "draft": draft,
        "facts": draft.facts,
        "findings": draft.source.get("findings", {}),
        "parts": _parts_shown(draft),
        "open": draft.state in OPEN,
        "can_edit": draft.state in OPEN and draft.act in ("add", "correct"),
        "can_decide": draft.state == "submitted" and may_decide(draft, account_id),
        "is_editor": account_id in draft.editors,
        "people": people_of(desk, [draft]),
        "replaceable": desk.held,
        "kinds": KINDS,
        "standings": STANDINGS,
        "kind_names": KIND_NAMES,
        "standing_names": STANDING_NAMES,
        "compared": _compared(desk, draft),
        "problem": problem,
        **names(),
    }
    return page(request, "admin/draft.html", values, status_code=problem.status if problem else 200)


def _parts_shown(draft: TextDraft) -> list[dict[str, Any]]:
    """Each article with the lines of the file it was read from."""
    lines = draft.source.get("lines", [])
    return [
        {"p": part.provision, "source": [text for n, text in lines if part.first_line <= n <= part.last_line]}
        for part in (parts_of(draft) if draft.body else ())
    ]


def _compared(desk: TextDesk, draft: TextDraft) -> list[tuple[str, Any, list[tuple[str, str, str]]]]:
    """What the draft changes in each text it touches: beside the text in use, or else beside what it replaces."""
    pairs: list[tuple[str, Any, list[tuple[str, str, str]]]] = []
    for name, content in draft.texts.items():
        after: list[Provision] = parse(content, f"{name}.md") if content else []
        held = draft.source.get("before", {}).get(name, "")
        before = parse(held, f"{name}.md") if held else []
        heads = _heads(before[0].document, after[0].document) if before and after else []
        if not before and after:
            replaced = next((r for r in after[0].document.replaces if r in desk.documents), "")
            before = desk.provisions(replaced) if replaced else []
            name = f"{replaced} → {name}" if replaced else name
        pairs.append((name, compare(before, after), heads))
    return pairs


def _heads(before: Document, after: Document) -> list[tuple[str, str, str]]:
    """What changed in the facts of a document, each with its name."""
    changed = []
    for field, name in HEAD_NAMES.items():
        values = [_written(getattr(document, field)) for document in (before, after)]
        if values[0] != values[1]:
            changed.append((name, values[0] or "—", values[1] or "—"))
    return changed


def _written(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(str(one) for one in value)
    return "" if value is None else str(value)


def _article(
    request: Request,
    desk: TextDesk,
    draft_id: str,
    position: int,
    problem: AppError | None = None,
    form: dict[str, str] | None = None,
) -> Response:
    draft = find_draft(desk, draft_id)
    parts = _parts_shown(draft)
    if position >= len(parts):
        return see(f"/admin/documents/drafts/{draft_id}")
    p: Provision = parts[position]["p"]
    written = form or {
        "anchor": p.anchor,
        "title": "" if p.title_zh == p.anchor else p.title_zh,
        "text": "\n".join(line.text for line in p.zh),
        "chapter": p.chapter,
        "confidence": p.confidence.value,
        "first_day": "" if p.first_day == EARLIEST else str(p.first_day),
        "last_day": "" if p.last_day == OPEN_END else str(p.last_day),
        "asks": "\n".join(p.asks),
    }
    values = {
        "draft": draft,
        "position": position,
        "count": len(parts),
        "part": parts[position],
        "form": written,
        "confidences": [c.value for c in Confidence],
        "can_edit": draft.state in OPEN and draft.act in ("add", "correct"),
        "problem": problem,
        **names(),
    }
    return page(request, "admin/article.html", values, status_code=problem.status if problem else 200)
