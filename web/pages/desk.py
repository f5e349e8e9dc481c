"""A coordinator's desk: the enterprises looked after, what needs attention first."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from api.auth.access import open_to
from api.auth.identity import Kind
from api.deps import IdentityDep, ReaderDep, ScopeDep, ServicesDep, TodayDep
from api.usecases.desk.attention import read_desk
from api.usecases.desk.matters import Topic
from web.record_words import record_words
from web.views import page

LONGEST = 100
router = APIRouter(prefix="/desk", include_in_schema=False)
TOPIC_NAMES = {
    Topic.CONVERSATION: "等待答复的对话",
    Topic.PENALTY: "新的处罚",
    Topic.LISTING: "新列入异常名录",
    Topic.LEVEL: "等级变动",
    Topic.REVIEW: "到期复核",
    Topic.PLAN: "未完成的计划",
    Topic.RETURN: "退回补正",
    Topic.SUBMISSION: "新提交的自评",
    Topic.QUESTION: "没有答上的问题",
}


@router.get("", dependencies=[open_to(Kind.COORDINATOR)])
def show(
    request: Request,
    services: ServicesDep,
    reader: ReaderDep,
    scope: ScopeDep,
    who: IdentityDep,
    today: TodayDep,
    about: Annotated[str, Query(max_length=20)] = "",
    q: Annotated[str, Query(max_length=LONGEST)] = "",
) -> HTMLResponse:
    """The enterprises looked after, those that need something first; by topic or name if asked."""
    topic = about if about in set(Topic) else ""
    desk = read_desk(services, reader, scope, who, today)
    values = {"desk": desk, "shown": desk.showing(topic, q), "about": topic, "q": q.strip(), "topics": TOPIC_NAMES}
    return page(request, "desk/desk.html", {**record_words(request), **values})
