"""The chat page: works as a plain form, and streams where scripts run.

Nothing is stored: the earlier questions travel with the form, and their answers are composed again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Request
from pydantic import ValidationError
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.responses import HTMLResponse

from api.auth.access import EVERYONE, open_to
from api.auth.throttle import Rate
from api.deps import AssistantDep, ScopeDep, TodayDep, counted_use
from api.records.scope import Scope
from api.usecases.ask import ask
from api.usecases.question import MAX_TURNS, QuestionIn, problem_of, read_day
from assistant.answering import Assistant
from web.exchange import Exchange
from web.views import language_of, page, render

OPEN = open_to(*EVERYONE)
router = APIRouter(include_in_schema=False)


@router.get("/", dependencies=[OPEN, counted_use(Rate.ASK, only_with="q")])
def show(
    request: Request, assistant: AssistantDep, today: TodayDep, scope: ScopeDep, q: str = "", on: str = ""
) -> HTMLResponse:
    """The empty page, or the answer to a question in the address."""
    exchanges = _conversation(request, assistant, today, scope, [q], on) if q.strip() else []
    return page(request, "chat.html", _values(exchanges, on, today))


@router.post("/", dependencies=[OPEN, counted_use(Rate.ASK)])
def post(
    request: Request,
    assistant: AssistantDep,
    today: TodayDep,
    scope: ScopeDep,
    q: Annotated[str, Form()] = "",
    on: Annotated[str, Form()] = "",
    earlier: Annotated[list[str] | None, Form()] = None,
    choice: Annotated[str, Form()] = "",
) -> HTMLResponse:
    """The conversation with one more answer; ``choice`` is a suggestion that was pressed."""
    questions = [text for text in [*(earlier or []), choice or q] if text.strip()]
    exchanges = _conversation(request, assistant, today, scope, questions[-MAX_TURNS:], on)
    return page(request, "chat.html", _values(exchanges, on, today))


@router.post("/stream", dependencies=[OPEN, counted_use(Rate.ASK)])
def stream(
    request: Request,
    assistant: AssistantDep,
    today: TodayDep,
    scope: ScopeDep,
    q: Annotated[str, Form()] = "",
    on: Annotated[str, Form()] = "",
    earlier: Annotated[list[str] | None, Form()] = None,
) -> EventSourceResponse:
    """One exchange as events: `open` with the question, `part` per statement, `close` with the sources."""
    before = earlier or []
    exchange = _exchange(request, assistant, today, scope, before[-MAX_TURNS:], q, on, len(before) + 1)
    return EventSourceResponse(_parts(request, exchange))


def _parts(request: Request, exchange: Exchange) -> Iterator[ServerSentEvent]:
    values = {"exchange": exchange}
    yield ServerSentEvent(render(request, "chat/open.html", values), event="open")
    if exchange.answer is not None:
        for position in range(len(exchange.answer.statements)):
            yield ServerSentEvent(render(request, "chat/part.html", {**values, "position": position}), event="part")
    yield ServerSentEvent(render(request, "chat/exchange.html", values), event="close")


def _conversation(
    request: Request, assistant: Assistant, today: date, scope: Scope, questions: list[str], on: str
) -> list[Exchange]:
    return [
        _exchange(request, assistant, today, scope, questions[:i], question, on, i + 1)
        for i, question in enumerate(questions)
    ]


def _exchange(
    request: Request,
    assistant: Assistant,
    today: date,
    scope: Scope,
    earlier: list[str],
    question: str,
    on: str,
    number: int,
) -> Exchange:
    chosen = on if on and on != today.isoformat() else None
    try:
        asked = QuestionIn.model_validate({"question": question, "on": chosen, "history": earlier})
    except ValidationError as error:
        problem = problem_of(error.errors()[0])
        said = problem.en if language_of(request) == "en" else problem.zh
        return Exchange(question[:200], None, said, number)
    return Exchange(question, ask(assistant, asked, today, scope), number=number)


def _values(exchanges: list[Exchange], on: str, today: date) -> dict[str, object]:
    return {"exchanges": exchanges, "on": _shown_day(on, today), "earlier": [e.question for e in exchanges]}


def _shown_day(on: str, today: date) -> date:
    """The day that stands in the picker; a day that is none gives way to today."""
    try:
        return read_day(on)
    except ValueError:
        return today
