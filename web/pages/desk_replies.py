"""Saved replies of a coordinator: the own and the shared ones, with the provisions they cite."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import Response

from api.auth.access import About, open_to
from api.auth.identity import Kind
from api.deps import TodayDep, WorkDep, edition_of
from api.errors import NotFound
from api.usecases.desk.provisions import MOST_CITED, find_provisions, sources_of
from api.usecases.desk.saved_replies import (
    LONGEST_TEXT,
    LONGEST_TITLE,
    ReplyIn,
    delete_reply,
    find_reply,
    list_replies,
    save_reply,
)
from web.forms import see, tried
from web.views import page

router = APIRouter(prefix="/desk/replies", include_in_schema=False)
ALL = open_to(Kind.COORDINATOR)
ONE = open_to(Kind.COORDINATOR, about=About.SAVED_REPLY)
DONE = {"saved": "已保存。", "deleted": "已删除。"}
LONGEST_SEARCH = 100


@router.get("", dependencies=[ALL])
def show_all(request: Request, work: WorkDep, today: TodayDep, done: str = "") -> Response:
    """The own replies and the shared ones."""
    replies = list_replies(work, edition_of(request).by_id, today)
    return page(request, "desk/replies.html", {"replies": replies, "done": DONE.get(done, "")})


@router.get("/new", dependencies=[ALL])
def show_new(
    request: Request,
    today: TodayDep,
    find: Annotated[str, Query(max_length=LONGEST_SEARCH)] = "",
    cites: Annotated[str, Query(max_length=2000)] = "",
    title: Annotated[str, Query(max_length=LONGEST_TITLE)] = "",
    text: Annotated[str, Query(max_length=2 * LONGEST_TEXT)] = "",
) -> Response:
    """An empty form, or what was typed while a provision is looked for."""
    return _form(request, today, ReplyIn(title, text, cites), find=find)


@router.post("", dependencies=[ALL])
def post_new(
    request: Request,
    work: WorkDep,
    today: TodayDep,
    title: Annotated[str, Form()] = "",
    text: Annotated[str, Form()] = "",
    cites: Annotated[list[str] | None, Form()] = None,
    shared: Annotated[str, Form()] = "",
    find: Annotated[str, Form(max_length=LONGEST_SEARCH)] = "",
    act: Annotated[str, Form()] = "save",
) -> Response:
    """Save a reply, or look for a provision to cite without losing what was typed."""
    given = ReplyIn(title, text, "\n".join(cites or []), bool(shared))
    return _posted(request, work, today, given, "", find, act)


@router.get("/{reply_id}", dependencies=[ONE])
def show(request: Request, work: WorkDep, today: TodayDep, reply_id: str) -> Response:
    """One reply: to change where it is the own, to read where it is shared."""
    held = find_reply(work, edition_of(request).by_id, today, reply_id)
    given = ReplyIn(held.reply.title, held.reply.text, "\n".join(held.ids), held.reply.shared)
    return _form(request, today, given, reply_id=reply_id, held=held)


@router.post("/{reply_id}", dependencies=[ONE])
def post(
    request: Request,
    work: WorkDep,
    today: TodayDep,
    reply_id: str,
    title: Annotated[str, Form()] = "",
    text: Annotated[str, Form()] = "",
    cites: Annotated[list[str] | None, Form()] = None,
    shared: Annotated[str, Form()] = "",
    find: Annotated[str, Form(max_length=LONGEST_SEARCH)] = "",
    act: Annotated[str, Form()] = "save",
) -> Response:
    """Change an own reply."""
    find_reply(work, edition_of(request).by_id, today, reply_id)
    given = ReplyIn(title, text, "\n".join(cites or []), bool(shared))
    return _posted(request, work, today, given, reply_id, find, act)


@router.post("/{reply_id}/delete", dependencies=[ONE])
def post_delete(work: WorkDep, reply_id: str) -> Response:
    """Delete an own reply."""
    delete_reply(work, reply_id)
    return see("/desk/replies?done=deleted")


def _posted(
    request: Request, work: WorkDep, today: TodayDep, given: ReplyIn, reply_id: str, find: str, act: str
) -> Response:
    if act == "find":
        return _form(request, today, given, reply_id=reply_id, find=find)
    provisions = edition_of(request).by_id
    outcome = tried(lambda: save_reply(work, provisions, today, given, reply_id), work.session)
    if outcome.result is None:
        if isinstance(outcome.problem, NotFound):
            raise outcome.problem
        return _form(request, today, given, reply_id=reply_id, problem=outcome.problem, status=outcome.status)
    return see("/desk/replies?done=saved")


def _form(
    request: Request,
    today: TodayDep,
    given: ReplyIn,
    *,
    reply_id: str = "",
    held: object = None,
    find: str = "",
    problem: object = None,
    status: int = 200,
) -> Response:
    found = find_provisions(edition_of(request).by_id, find, today)
    values = {
        "given": given,
        "reply_id": reply_id,
        "held": held,
        "find": find,
        "found": sources_of(found, today),
        "most_cited": MOST_CITED,
        "longest": LONGEST_TEXT,
        "longest_title": LONGEST_TITLE,
        "problem": problem,
    }
    return page(request, "desk/reply.html", values, status_code=status)
