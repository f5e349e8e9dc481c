"""Objecting to published information: who may, what to attach, by when; a letter drafted from the record."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import HTMLResponse, Response

from api.auth.access import open_to
from api.auth.identity import Kind
from api.auth.throttle import Rate
from api.deps import IdentityDep, ReaderDep, ScopeDep, TodayDep, counted_use
from api.errors import BadInput
from api.records import rules
from api.usecases.objection.drafting import (
    LONGEST,
    attachments_for,
    find_item,
    open_desk,
    read_objection,
    write_objection,
)
from web.forms import see, tried
from web.record_words import record_words
from web.views import language_of, page

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FILE_NAME = "attachment; filename=\"objection.docx\"; filename*=UTF-8''%E5%BC%82%E8%AE%AE%E7%94%B3%E8%AF%B7.docx"
router = APIRouter(prefix="/objections", include_in_schema=False, dependencies=[open_to(Kind.ENTERPRISE)])
Short = Annotated[str, Query(max_length=40)]
Typed = Annotated[str, Form(max_length=20_000)]


@router.get("")
def show(request: Request, who: IdentityDep, reader: ReaderDep, scope: ScopeDep, today: TodayDep) -> HTMLResponse:
    """What is published, how to object to it, and the objections made."""
    if not who.uscc:
        return page(request, "status/unbound.html", {})
    desk = open_desk(reader, scope, who.uscc, today, language_of(request))
    return page(request, "objections.html", {**record_words(request), "desk": desk, "rules": rules.RULES})


@router.get("/draft")
def show_draft(
    request: Request,
    who: IdentityDep,
    reader: ReaderDep,
    scope: ScopeDep,
    today: TodayDep,
    table: Short = "",
    record: Short = "",
) -> Response:
    """The form for one published item; without one, the page where it is chosen."""
    if not table or not who.uscc:
        return see("/objections")
    desk = open_desk(reader, scope, who.uscc, today, language_of(request))
    return _form(request, find_item(desk, table, record))


@router.post("/draft", dependencies=[counted_use(Rate.SEARCH)])
def post_draft(
    request: Request,
    who: IdentityDep,
    reader: ReaderDep,
    scope: ScopeDep,
    today: TodayDep,
    table: Annotated[str, Form(max_length=40)] = "",
    record: Annotated[str, Form(max_length=40)] = "",
    claim: Typed = "",
    correct: Typed = "",
    attached: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """The letter as a file; nothing of it is kept here."""
    if not table or not who.uscc:
        raise BadInput("请选择要异议的公示信息。", "Choose the published information you object to.")
    # The letter goes to Customs, whatever language the page is read in.
    desk = open_desk(reader, scope, who.uscc, today, "zh-Hans")
    item = find_item(desk, table, record)
    outcome = tried(lambda: read_objection(claim, correct, attached or (), item))
    if outcome.result is None:
        shown = find_item(open_desk(reader, scope, who.uscc, today, language_of(request)), table, record)
        return _form(request, shown, outcome.problem, outcome.status, claim=claim, correct=correct)
    letter = write_objection(desk, item, outcome.result, today)
    return Response(letter, media_type=DOCX, headers={"Content-Disposition": FILE_NAME})


def _form(
    request: Request, item: Any, problem: object = None, status: int = 200, *, claim: str = "", correct: str = ""
) -> HTMLResponse:
    values = {
        "item": item,
        "attachments": attachments_for(item),
        "most": LONGEST,
        "claim": claim,
        "correct": correct,
        "problem": problem,
        "rules": rules.RULES,
    }
    return page(request, "objection_draft.html", {**record_words(request), **values}, status_code=status)
