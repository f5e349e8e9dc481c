"""Conversations at a coordinator's desk: who waits, what was said and checked, taking over, replying, giving back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request
from sqlalchemy.orm import Session
from starlette.responses import HTMLResponse, Response

from api.auth.access import About, open_to
from api.auth.identity import Identity, Kind
from api.deps import AssistantDep, IdentityDep, ServicesDep, SessionDep, TodayDep, edition_of
from api.errors import BadInput
from api.store import Conversation
from api.usecases.channels.cited import read
from api.usecases.channels.ground import Channels
from api.usecases.channels.on_the_web import web_channels
from api.usecases.desk.conversations import (
    LONGEST_REPLY,
    give_back,
    list_conversations,
    note_opened,
    open_conversation,
    reply,
    take,
)
from api.usecases.desk.provisions import checked, sources_of
from api.usecases.desk.saved_replies import find_reply, list_replies
from web.forms import see, tried
from web.pages.conversation import PLACES
from web.views import page, render

router = APIRouter(prefix="/desk/conversations", include_in_schema=False)
ONE = open_to(Kind.COORDINATOR, about=About.CONVERSATION)
DONE = {"taken": "已接手，助手不再答复。", "given_back": "已交还助手。", "sent": "已发送。"}
ANSWER_KINDS = {
    "answered": "已答复",
    "partial": "部分没有核实",
    "unknown": "没有核实的规定",
    "record": "按记录答复",
    "handoff": "转人工",
    "refused": "不能协助",
    "clarify": "请再说明一下",
    "out_of_scope": "不在范围内",
}


@dataclass(frozen=True, slots=True)
class Typed:
    """A reply that is being written, and the provisions put into it."""

    text: str = ""
    cites: tuple[str, ...] = ()


@router.get("", dependencies=[open_to(Kind.COORDINATOR)])
def show_all(
    request: Request, services: ServicesDep, session: SessionDep, who: IdentityDep, assistant: AssistantDep,
    today: TodayDep,
) -> HTMLResponse:  # fmt: skip
    """Those that wait first, with the promised time."""
    listed = list_conversations(web_channels(services, assistant, lambda: today), session, who)
    return page(request, "desk/conversations.html", {"listed": listed, "places": PLACES})


@router.get("/{conversation_id}", dependencies=[ONE])
def show(
    request: Request, services: ServicesDep, session: SessionDep, who: IdentityDep, assistant: AssistantDep,
    today: TodayDep, conversation_id: str, done: str = "",
) -> HTMLResponse:  # fmt: skip
    """One conversation with a summary of what was said and checked."""
    channels = web_channels(services, assistant, lambda: today)
    return _shown(request, channels, session, who, conversation_id, done=DONE.get(done, ""))


@router.get("/{conversation_id}/now", dependencies=[ONE])
def show_now(
    request: Request, services: ServicesDep, session: SessionDep, who: IdentityDep, assistant: AssistantDep,
    today: TodayDep, conversation_id: str,
) -> HTMLResponse:  # fmt: skip
    """What was said, as a part of the page: for a page that is open already."""
    opened = open_conversation(web_channels(services, assistant, lambda: today), session, who, conversation_id)
    return HTMLResponse(render(request, "desk/said.html", {"opened": opened, "places": PLACES, "sources": read}))


@router.post("/{conversation_id}/take", dependencies=[ONE])
def post_take(
    request: Request, services: ServicesDep, session: SessionDep, who: IdentityDep, assistant: AssistantDep,
    today: TodayDep, conversation_id: str,
) -> Response:  # fmt: skip
    """Take over; the assistant is silent from now on."""
    channels = web_channels(services, assistant, lambda: today)
    outcome = tried(lambda: take(channels, session, who, conversation_id), session)
    if outcome.result is None:
        return _shown(request, channels, session, who, conversation_id, problem=outcome.problem, status=outcome.status)
    return see(f"/desk/conversations/{conversation_id}?done=taken#reply")


@router.post("/{conversation_id}/reply", dependencies=[ONE])
def post_reply(
    request: Request, services: ServicesDep, session: SessionDep, who: IdentityDep, assistant: AssistantDep,
    today: TodayDep, conversation_id: str, text: Annotated[str, Form()] = "",
    cites: Annotated[list[str] | None, Form()] = None, insert: Annotated[str, Form(max_length=32)] = "",
) -> Response:  # fmt: skip
    """Answer the enterprise, wherever it wrote from; or put a saved reply into what is being written."""
    channels = web_channels(services, assistant, lambda: today)
    provisions, typed = edition_of(request).by_id, Typed(text, tuple(dict.fromkeys(cites or ())))
    if insert:
        return _inserted(request, channels, session, who, conversation_id, typed, insert)

    def send() -> Conversation:
        cited = sources_of(checked(typed.cites, provisions, today), today)
        return reply(channels, session, who, conversation_id, text, cited)

    outcome = tried(send, session)
    if outcome.result is None:
        problem, status = outcome.problem, outcome.status
        return _shown(request, channels, session, who, conversation_id, typed=typed, problem=problem, status=status)
    return see(f"/desk/conversations/{conversation_id}?done=sent#reply")


def _inserted(
    request: Request, channels: Channels, session: Session, who: Identity, conversation_id: str, typed: Typed,
    insert: str,
) -> HTMLResponse:  # fmt: skip
    provisions, today = edition_of(request).by_id, channels.today()
    held = find_reply(channels.work(session, who), provisions, today, insert)
    if not held.usable:
        problem = BadInput("这条答复引用的规定已失效，请先改好。", "What this reply cites is no longer in force.")
        return _shown(request, channels, session, who, conversation_id, typed=typed, problem=problem, status=400)
    text = "\n".join(part for part in (typed.text.rstrip(), held.as_text()) if part)
    cites = tuple(dict.fromkeys((*typed.cites, *held.ids)))
    return _shown(request, channels, session, who, conversation_id, typed=Typed(text, cites))


@router.post("/{conversation_id}/finish", dependencies=[ONE])
def post_finish(
    request: Request, services: ServicesDep, session: SessionDep, who: IdentityDep, assistant: AssistantDep,
    today: TodayDep, conversation_id: str,
) -> Response:  # fmt: skip
    """Give the conversation back to the assistant."""
    channels = web_channels(services, assistant, lambda: today)
    outcome = tried(lambda: give_back(channels, session, who, conversation_id), session)
    if outcome.result is None:
        return _shown(request, channels, session, who, conversation_id, problem=outcome.problem, status=outcome.status)
    return see(f"/desk/conversations/{conversation_id}?done=given_back")


def _shown(
    request: Request,
    channels: Channels,
    session: Session,
    who: Identity,
    conversation_id: str,
    *,
    typed: Typed | None = None,
    done: str = "",
    problem: object = None,
    status: int = 200,
) -> HTMLResponse:
    typed = typed or Typed()
    provisions, today = edition_of(request).by_id, channels.today()
    opened = open_conversation(channels, session, who, conversation_id)
    if request.method == "GET":
        note_opened(channels, who, opened)
    values = {
        "opened": opened,
        "typed": typed,
        "citing": sources_of((provisions[one] for one in typed.cites if one in provisions), today),
        "replies": list_replies(channels.work(session, who), provisions, today) if opened.listed.mine else [],
        "sources": read,
        "places": PLACES,
        "kinds": ANSWER_KINDS,
        "longest": LONGEST_REPLY,
        "done": done,
        "problem": problem,
    }
    return page(request, "desk/conversation.html", values, status_code=status)
