"""The chat page: works as a plain form, and streams where scripts run.

The earlier questions travel with the form, and their answers are composed again. What is said to a
self-assessment is stored there, once; what people with an account say goes into their one conversation, which
goes on in every channel. Each new answer is kept without who asked (`api/usecases/given.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from pydantic import ValidationError
from sse_starlette import EventSourceResponse
from starlette.responses import HTMLResponse

from api.auth.access import EVERYONE, open_to, who_is
from api.auth.identity import Kind
from api.auth.throttle import Rate
from api.deps import AssistantDep, ScopeDep, TodayDep, counted_use, services_of
from api.errors import AppError, BadInput
from api.records.scope import Scope
from api.usecases.ask import ask
from api.usecases.ask_from_page import ask_from_page, question_from_page
from api.usecases.channels.attending import find_attending
from api.usecases.channels.cited import read
from api.usecases.channels.conversations import WEB
from api.usecases.channels.on_the_web import keep_exchange, person_attends, tell_person, web_channels
from api.usecases.given import Asked, keep_answer
from api.usecases.page_context import LONGEST_ID, PageContext
from api.usecases.question import MAX_QUESTION, MAX_TURNS, QuestionIn, problem_of, read_day
from assistant.answering import Assistant, Tell
from assistant.models import Answer
from web.exchange import Exchange
from web.page_context import context_in
from web.telling import as_it_comes, whole
from web.views import language_of, page, render, translator
from web.walking import invitation, show_step, spoken, step_of, talk_to

OPEN = open_to(*EVERYONE)
MOST_SHOWN = 100_000
router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Asking:
    """Who asks what of whom, for which day: what every question of a conversation needs."""

    request: Request
    assistant: Assistant
    today: date
    scope: Scope
    on: str
    context: PageContext | None = None

    def question(self, text: str, earlier: list[str]) -> QuestionIn:
        """The question after earlier ones. Raises `BadInput`."""
        chosen = self.on if self.on and self.on != self.today.isoformat() else None
        try:
            asked = QuestionIn.model_validate({"question": text, "on": chosen, "history": earlier})
        except ValidationError as error:
            raise problem_of(error.errors()[0]) from error
        return question_from_page(asked, self.context) if self.context else asked

    def answer(self, asked: QuestionIn, tell: Tell | None = None) -> tuple[QuestionIn, Answer]:
        """The answer, from the record where the own one is asked for, and the question it is for.

        ``tell`` as in `Assistant.answer`.
        """
        services = services_of(self.request)
        guides = services.shelf.live(services.database)

        def answered(question: QuestionIn) -> Answer:
            return ask(self.assistant, question, self.today, self.scope, services.records, guides, tell)

        return ask_from_page(answered, asked, self.context) if self.context else (asked, answered(asked))

    def keep(self, asked: QuestionIn, answer: Answer) -> None:
        """Keep the answer, so that it can be rated and said again."""
        given = Asked(asked, who_is(self.request), WEB, self.today)
        keep_answer(services_of(self.request), self.assistant, given, answer)

    def said(self, problem: AppError) -> str:
        """What is wrong, in the language of the page."""
        return problem.en if language_of(self.request) == "en" else problem.zh


@router.get("/", dependencies=[OPEN, counted_use(Rate.ASK, only_with="q")])
def show(
    request: Request,
    assistant: AssistantDep,
    today: TodayDep,
    scope: ScopeDep,
    q: str = "",
    on: str = "",
    about: Annotated[str, Query(max_length=LONGEST_ID)] = "",
) -> HTMLResponse:
    """The empty page, or the answer to a question in the address; ``about`` is the page it comes from.

    While a coordinator answers, the question is only typed in: opening an address says nothing to anybody.
    """
    asking = Asking(request, assistant, today, scope, on, context_in(request, about))
    silent = bool(q.strip()) and person_attends(services_of(request), who_is(request))
    exchanges = [_exchange(asking, [], q, 1, keep=True)] if q.strip() and not silent else []
    values = {} if exchanges else {"invitation": invitation(request)}
    typed = q[:MAX_QUESTION] if silent else ""
    return page(request, "chat.html", _values(exchanges, on, asking) | values | {"typed": typed})


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
    step: Annotated[list[str] | None, Form()] = None,
    about: Annotated[str, Form(max_length=LONGEST_ID)] = "",
) -> HTMLResponse:
    """The conversation with one more answer; ``choice`` is a suggestion that was pressed.

    Earlier questions are answered again, but never said to the self-assessment again: it keeps what it was told.
    """
    before, shown = [text for text in earlier or [] if text.strip()][-MAX_TURNS:], (step or [""])[-1]
    asking = Asking(request, assistant, today, scope, on, context_in(request, about))
    exchanges = _conversation(asking, before)
    said = choice or q
    if said.strip():
        exchanges.append(_talked(asking, before, said, shown, len(before) + 1))
    elif (reply := step_of(request, shown)) is not None:
        language = language_of(request)
        title = translator(language)("自评")
        exchanges.append(Exchange(title, None, number=len(before) + 1, step=show_step(reply, language)))
    return page(request, "chat.html", _values(exchanges, on, asking))


@router.get("/conversation/now", dependencies=[open_to(Kind.ENTERPRISE)])
def show_now(request: Request) -> HTMLResponse:
    """What a coordinator and somebody of an enterprise say to each other, as a part of the chat page."""
    attending = find_attending(services_of(request), who_is(request))
    return HTMLResponse(render(request, "chat/person.html", {"attending": attending, "sources": read}))


@router.post("/stream", dependencies=[OPEN, counted_use(Rate.ASK)])
def stream(
    request: Request,
    assistant: AssistantDep,
    today: TodayDep,
    scope: ScopeDep,
    q: Annotated[str, Form()] = "",
    on: Annotated[str, Form()] = "",
    earlier: Annotated[list[str] | None, Form()] = None,
    step: Annotated[list[str] | None, Form()] = None,
    number: Annotated[int, Form(ge=0, le=MOST_SHOWN)] = 0,
    about: Annotated[str, Form(max_length=LONGEST_ID)] = "",
) -> EventSourceResponse:
    """One exchange as events: `open` with the question, `part` per statement, `close` with the sources.

    ``number`` is its place on the page, where steps of the self-assessment stand too.
    """
    before = earlier or []
    asking = Asking(request, assistant, today, scope, on, context_in(request, about))
    place, shown = number or len(before) + 1, (step or [""])[-1]

    def answered(tell: Tell | None) -> Exchange:
        return _talked(asking, before[-MAX_TURNS:], q, shown, place, tell)

    if assistant.writer is None:
        return EventSourceResponse(whole(request, answered(None)))
    return EventSourceResponse(as_it_comes(request, Exchange(q[:200], None, number=place), answered))


def _conversation(asking: Asking, questions: list[str]) -> list[Exchange]:
    return [_exchange(asking, questions[:i], question, i + 1) for i, question in enumerate(questions)]


def _exchange(asking: Asking, earlier: list[str], question: str, number: int, *, keep: bool = False) -> Exchange:
    try:
        asked = asking.question(question, earlier)
    except BadInput as problem:
        return Exchange(question[:200], None, asking.said(problem), number)
    asked, answer = asking.answer(asked)
    if keep:
        asking.keep(asked, answer)
    return Exchange(question, answer, number=number, earlier=tuple(earlier), is_kept=keep)


def _talked(
    asking: Asking, earlier: list[str], said: str, shown: str, number: int, tell: Tell | None = None
) -> Exchange:
    """The exchange a message leads to: an answer, a step of the self-assessment, or an answer and then the step."""
    services, who = services_of(asking.request), who_is(asking.request)
    channels = web_channels(services, asking.assistant, lambda: asking.today)
    for_what: list[QuestionIn] = []
    try:
        asked = asking.question(said, earlier)
        if tell_person(channels, who, said):
            return Exchange(said, None, number=number, to_person=True)

        def answered() -> Answer:
            question, answer = asking.answer(asked, tell)
            for_what.append(question)
            return answer

        talked = talk_to(asking.request, said, shown, answered)
    except AppError as problem:
        return Exchange(said[:200], None, asking.said(problem), number)
    language = spoken(said, language_of(asking.request))
    step = None if talked.reply is None else show_step(talked.reply, language)
    shown_step = [] if step is None else [*step.says, step.heading, step.question]
    kept = keep_exchange(channels, who, said, talked.answer, [line for line in shown_step if line])
    if kept.to_person:
        return Exchange(said, None, number=number, to_person=True)
    if talked.answer is not None:
        asking.keep(for_what[-1], talked.answer)
    is_kept = talked.answer is not None
    return Exchange(
        said, talked.answer, number=number, step=step, earlier=tuple(earlier), is_kept=is_kept, told=kept.told
    )


def _values(exchanges: list[Exchange], on: str, asking: Asking) -> dict[str, object]:
    asked = [exchange for exchange in exchanges if not exchange.to_person]
    return {
        "exchanges": exchanges,
        "on": _shown_day(on, asking.today),
        "earlier": [one.question for one in asked if one.step is None or one.answer is not None],
        "invitation": "",
        "context": asking.context,
        "typed": "",
        "attending": find_attending(services_of(asking.request), who_is(asking.request)),
        "sources": read,
    }


def _shown_day(on: str, today: date) -> date:
    """The day that stands in the picker; a day that is none gives way to today."""
    try:
        return read_day(on)
    except ValueError:
        return today
