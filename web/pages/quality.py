"""How good the answers are, and each of them said again: for administrators."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.auth.access import About, open_to
from api.auth.identity import Kind
from api.deps import AssistantDep, SessionDep, TodayDep
from api.usecases.model_counts import total_counts
from api.usecases.quality import KINDS, RATINGS, measure_quality
from api.usecases.question import read_day
from api.usecases.replay import PAGE, list_kept, replay
from web.pages.conversation import PLACES
from web.views import page

router = APIRouter(prefix="/admin", include_in_schema=False)
ADMINISTRATOR = open_to(Kind.ADMINISTRATOR)
KIND_NAMES = {
    "answered": "已回答", "partial": "部分没有核实", "unknown": "没有核实的规定", "out_of_scope": "不在范围内",
    "refused": "不能协助", "other": "其他", "clarify": "请再说明一下", "record": "记录", "assessment": "自评",
    "handoff": "转人工",
}  # fmt: skip
RATING_NAMES = {"helpful": "有帮助", "wrong": "不对", "outdated": "过时"}
DIFFERENCES = {
    "kind": "结果", "on": "按哪一天", "text": "文字", "sources": "依据", "guide": "协调员指引", "prompt": "模型的提示",
    "corpus": "知识库", "embedding": "向量模型", "intents": "意图示例", "software": "软件版本",
}  # fmt: skip


@router.get("/quality", dependencies=[ADMINISTRATOR])
def show(request: Request, session: SessionDep, assistant: AssistantDep, today: TodayDep) -> Response:
    """The dashboard."""
    values = {
        "quality": measure_quality(session, today),
        "kinds": {kind: KIND_NAMES[kind] for kind in KINDS},
        "ratings": {rating: RATING_NAMES[rating] for rating in RATINGS},
        "counts": total_counts(session),
        "model": assistant.writer.name if assistant.writer else "",
        "left_alone": assistant.writer.is_left_alone if assistant.writer else False,
    }
    return page(request, "quality/dashboard.html", values)


@router.get("/answers", dependencies=[ADMINISTRATOR])
def show_answers(request: Request, session: SessionDep, kind: str = "", on: str = "", after: int = 0) -> Response:
    """The answers kept, newest first."""
    try:
        day = read_day(on)
    except ValueError:
        day = None
    first = min(max(after, 0), 1_000_000)
    kept = list_kept(session, kind if kind in KIND_NAMES else "", day, first)
    more = first + PAGE if len(kept) == PAGE else 0
    values = {"kept": kept, "kind": kind, "on": day.isoformat() if day else "", "more": more, "kinds": KIND_NAMES}
    return page(request, "quality/answers.html", values)


@router.get("/answers/{answer_id}", dependencies=[open_to(Kind.ADMINISTRATOR, about=About.ANSWER)])
def show_answer(request: Request, session: SessionDep, assistant: AssistantDep, answer_id: str) -> Response:
    """One answer as it was given, and as it would be given now."""
    values = {
        "replayed": replay(session, assistant, answer_id),
        "kinds": KIND_NAMES,
        "names": DIFFERENCES,
        "places": PLACES,
    }
    return page(request, "quality/answer.html", values)
