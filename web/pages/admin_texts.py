"""The administrators' official texts: what is held, what waits, a new file, versions and what changed between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Path, Request, UploadFile
from starlette.responses import Response

from api.auth.access import About, open_to
from api.auth.identity import Kind
from api.auth.throttle import Rate
from api.deps import WorkDep, counted_attempt
from api.errors import AppError
from api.store import TextDraft
from api.usecases.texts.beginning import begin_correction, begin_restoring, begin_taking_out, begin_upload, version_of
from api.usecases.texts.desk import WAITING, TextDesk, list_drafts
from api.usecases.texts.reading import MOST_BYTES, ReadText, read_upload
from api.usecases.texts.versions import Version, list_texts, list_versions, people_of
from knowledge.comparison import compare
from web.forms import see, tried
from web.views import page

router = APIRouter(prefix="/admin/documents", include_in_schema=False)
ADMINISTRATOR = open_to(Kind.ADMINISTRATOR)
ON_TEXT = open_to(Kind.ADMINISTRATOR, about=About.OFFICIAL_TEXT)
COUNTED = counted_attempt(Rate.UPLOAD, lambda who, _: who.account_id)
DocumentId = Annotated[str, Path(max_length=80, pattern="^[a-z0-9][a-z0-9-]*$")]
STATE_NAMES = {
    "draft": "起草中",
    "submitted": "待审批",
    "returned": "已退回",
    "approved": "已生效",
    "withdrawn": "已撤回",
}
ACT_NAMES = {
    "add": "新增文本",
    "correct": "修改文本",
    "restore": "恢复旧版本",
    "take_out": "停止使用",
    "import": "导入",
}
FATE_NAMES = {"same": "没有变化", "changed": "有修改", "added": "新增", "removed": "删除", "renumbered": "条号改变"}
FACT_NAMES = {
    "anchor": "条号",
    "title_zh": "标题",
    "chapter": "章节",
    "confidence": "可信程度",
    "first_day": "首日",
    "last_day": "末日",
}


def get_text_desk(request: Request, work: WorkDep) -> TextDesk:
    """The desk of official texts."""
    return TextDesk(work, request.app.state.library)


TextDeskDep = Annotated[TextDesk, Depends(get_text_desk, scope="function")]


@dataclass(frozen=True)
class Uploaded:
    """A file that was read, or why it could not be."""

    read: ReadText | None
    problem: AppError | None


def get_uploaded(file: UploadFile) -> Uploaded:
    """The text of the file that was sent. Named before what opens a transaction: reading takes a while."""
    content = file.file.read(MOST_BYTES + 1)
    outcome = tried(lambda: read_upload(content, file.filename or ""))
    return Uploaded(outcome.result, outcome.problem)


@router.get("", dependencies=[ADMINISTRATOR])
def show(request: Request, desk: TextDeskDep) -> Response:
    """What is held, what is under way, and the form for a new file."""
    return _list(request, desk)


@router.post("", dependencies=[ADMINISTRATOR, COUNTED])
def post(request: Request, uploaded: Annotated[Uploaded, Depends(get_uploaded)], desk: TextDeskDep) -> Response:
    """Read a file and open it as a draft."""
    if uploaded.read is None:
        return _list(request, desk, uploaded.problem)
    return see(f"/admin/documents/drafts/{begin_upload(desk, uploaded.read).id}")


@router.get("/held/{document_id}", dependencies=[ON_TEXT])
def show_text(request: Request, desk: TextDeskDep, document_id: DocumentId) -> Response:
    """One text: its versions, and what can be begun with it."""
    return _text(request, desk, document_id)


@router.post("/held/{document_id}/correct", dependencies=[ON_TEXT])
def post_correct(request: Request, desk: TextDeskDep, document_id: DocumentId) -> Response:
    """Open a text in use for correction."""
    outcome = tried(lambda: begin_correction(desk, document_id), desk.work.session)
    return _begun(request, desk, document_id, outcome.result, outcome.problem)


@router.post("/held/{document_id}/take-out", dependencies=[ON_TEXT])
def post_take_out(request: Request, desk: TextDeskDep, document_id: DocumentId) -> Response:
    """Propose that a text is not used any more."""
    outcome = tried(lambda: begin_taking_out(desk, document_id), desk.work.session)
    return _begun(request, desk, document_id, outcome.result, outcome.problem)


@router.post("/held/{document_id}/restore", dependencies=[ON_TEXT])
def post_restore(
    request: Request, desk: TextDeskDep, document_id: DocumentId, edition: Annotated[int, Form()] = 0
) -> Response:
    """Propose an earlier version."""
    outcome = tried(lambda: begin_restoring(desk, document_id, edition), desk.work.session)
    return _begun(request, desk, document_id, outcome.result, outcome.problem)


@router.get("/compare", dependencies=[ADMINISTRATOR])
def show_comparison(request: Request, desk: TextDeskDep, old: str = "", new: str = "") -> Response:
    """What changed between two texts or versions, article by article; each is named as ID or ID@EDITION."""
    before, after = _named(desk, old), _named(desk, new)
    values = {
        "texts": list_texts(desk),
        "old": old,
        "new": new,
        "compared": compare(before, after) if before and after else None,
        "problem": None,
        **names(),
    }
    return page(request, "admin/compare.html", values)


def names() -> dict[str, Any]:
    """The Chinese names of states, acts and kinds of change, for templates."""
    return {"state_names": STATE_NAMES, "act_names": ACT_NAMES, "fate_names": FATE_NAMES, "fact_names": FACT_NAMES}


def _named(desk: TextDesk, named: str) -> Any:
    document_id, _, edition = named.partition("@")
    if not document_id:
        return None
    return version_of(desk, document_id, int(edition)) if edition.isdecimal() else desk.provisions(document_id)


def _begun(
    request: Request, desk: TextDesk, document_id: str, draft: TextDraft | None, problem: AppError | None
) -> Response:
    if draft is None:
        return _text(request, desk, document_id, problem)
    return see(f"/admin/documents/drafts/{draft.id}")


def _list(request: Request, desk: TextDesk, problem: AppError | None = None) -> Response:
    waiting = list_drafts(desk, WAITING)
    values = {
        "texts": list_texts(desk),
        "drafts": waiting,
        "done": list_drafts(desk, ("approved", "withdrawn"), 10),
        "people": people_of(desk, waiting),
        "megabytes": MOST_BYTES // 1_000_000,
        "problem": problem,
        **names(),
    }
    return page(request, "admin/texts.html", values, status_code=problem.status if problem else 200)


def _text(request: Request, desk: TextDesk, document_id: str, problem: AppError | None = None) -> Response:
    versions: list[Version] = list_versions(desk, document_id)
    values = {
        "document": desk.documents.get(document_id) or versions[0].document,
        "document_id": document_id,
        "in_use": document_id in desk.documents,
        "versions": versions,
        "others": [d for d in desk.documents.values() if d.id != document_id],
        "problem": problem,
        **names(),
    }
    return page(request, "admin/text.html", values, status_code=problem.status if problem else 200)
