"""Notices to a group of the own enterprises: written, previewed with who is left out, sent once."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import Response

from api.auth.access import open_to
from api.auth.identity import Kind
from api.deps import ServicesDep, TodayDep, WorkDep, edition_of
from api.services import Services
from api.store.base import new_id
from api.usecases.desk.audience import Audience, Filters, find_audience
from api.usecases.desk.broadcasts import LONGEST_TEXT, TOPICS, Draft, list_sent, preview, send
from selfassess.loader import list_standards
from web.forms import see, tried
from web.record_words import record_words
from web.views import page

router = APIRouter(prefix="/desk/broadcasts", include_in_schema=False, dependencies=[open_to(Kind.COORDINATOR)])
Word = Annotated[str, Form(max_length=120)]
Asked = Annotated[str, Query(max_length=120)]
WHY = {
    "no_account": "还没有账号",
    "disabled": "账号已停用",
    "not_asked": "没有选择过是否接收",
    "no_consent": "不同意接收",
}


@router.get("")
def show(
    request: Request,
    work: WorkDep,
    services: ServicesDep,
    today: TodayDep,
    topic: Asked = "policy",
    level: Asked = "",
    standard: Asked = "",
    provision: Asked = "",
    text: Annotated[str, Query(max_length=2 * LONGEST_TEXT)] = "",
    done: str = "",
) -> Response:
    """The form, perhaps filled in from a changed provision, and what was sent."""
    draft = Draft(topic, text, Filters(level=level, standard=standard), provision)
    return _shown(request, work, services, today, draft, done="已发送。" if done == "sent" else "")


@router.post("")
def post(
    request: Request,
    work: WorkDep,
    services: ServicesDep,
    today: TodayDep,
    topic: Word = "",
    text: Annotated[str, Form()] = "",
    level: Word = "",
    kind: Word = "",
    office: Word = "",
    standard: Word = "",
    provision: Word = "",
    token: Word = "",
    act: Word = "preview",
) -> Response:
    """Show whom it would reach, or send what was previewed."""
    draft = Draft(topic, text, Filters(level, kind, office, standard), provision.strip(), token)
    provisions, records = edition_of(request).by_id, services.records
    if act == "send":
        sent = tried(lambda: send(work, records, provisions, draft, today, services.public_url), work.session)
        if sent.result is not None:
            return see("/desk/broadcasts?done=sent")
        return _shown(request, work, services, today, draft, problem=sent.problem, status=sent.status)
    outcome = tried(lambda: preview(work, records, provisions, draft, today), work.session)
    if outcome.result is None:
        return _shown(request, work, services, today, draft, problem=outcome.problem, status=outcome.status)
    return _shown(request, work, services, today, draft, previewed=outcome.result)


def _shown(
    request: Request,
    work: WorkDep,
    services: Services,
    today: TodayDep,
    draft: Draft,
    *,
    previewed: Audience | None = None,
    done: str = "",
    problem: object = None,
    status: int = 200,
) -> Response:
    topic = draft.topic if draft.topic in TOPICS else "policy"
    choices = previewed or find_audience(work.session, services.records, work.who, today, draft.filters, topic)
    values = {
        "draft": draft,
        "audience": previewed,
        "choices": choices,
        "standards": {one.id: one for one in list_standards() if one.effective_to is None},
        "provision": edition_of(request).by_id.get(draft.provision),
        "token": new_id(),
        "topics": TOPICS,
        "why": WHY,
        "sent": list_sent(work),
        "longest": LONGEST_TEXT,
        "done": done,
        "problem": problem,
    }
    return page(request, "desk/broadcasts.html", {**record_words(request), **values}, status_code=status)
