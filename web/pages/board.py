"""The board of unanswered questions, and the guides with which they are answered."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from api.auth.access import EVERYONE, About, open_to
from api.auth.identity import Kind
from api.deps import AssistantDep, ServicesDep, SessionDep, TodayDep, WorkDep
from api.errors import AppError, NotFound
from api.usecases.board import questions
from api.usecases.board.guide_text import remarks_on
from api.usecases.board.guides import (
    GuideIn,
    approve_guide,
    get_entry,
    list_guides,
    return_guide,
    settle_guides,
    withdraw_guide,
    write_guide,
)
from assistant.answering import Assistant
from assistant.origin import Sent
from knowledge.models import Provision
from web.forms import see, tried
from web.views import page

router = APIRouter(include_in_schema=False)
WHO = (Kind.COORDINATOR, Kind.OFFICER, Kind.ADMINISTRATOR)
STAFF = open_to(*WHO)
ON_QUESTION = open_to(*WHO, about=About.BOARD_QUESTION)
ON_GUIDE = open_to(*WHO, about=About.GUIDE_ENTRY)
Text = Annotated[str, Form(max_length=4000)]
PROPOSED = 8
STATES = {"open": "待回答", "answered": "已有指引", "set_aside": "不需要指引"}
ENDINGS = {"unknown": "没有核实的规定", "out_of_scope": "被当作范围外", "wrong": "被评为不对", "outdated": "被评为过时"}
# Why a question came back, or what became of a guide.
REASONS = {
    "badly_rated": "指引上线后被评为不对或过时",
    "gone": "所引的条文已经不在知识库",
    "changed": "所引的条文有变化",
    "not_in_force": "所引的条文今天不再有效",
    "withdrawn": "指引已撤回",
    "replaced": "已由新的指引代替",
}
GUIDE_STATES = {"review": "等待复核", "returned": "退回修改", "live": "已上线", "ended": "已失效"}


@router.get("/board", dependencies=[STAFF])
def show(
    request: Request,
    services: ServicesDep,
    assistant: AssistantDep,
    today: TodayDep,
    work: WorkDep,
    state: str = "open",
    ending: str = "",
    mine: str = "",
    after: int = 0,
) -> Response:
    """The questions, those asked most often first."""
    settle_guides(services, assistant, today)
    choice = questions.Choice(state, ending, work.who.account_id if mine else "")
    first = min(max(after, 0), 100_000)
    listed = questions.list_questions(work, choice, today, first)
    more = first + questions.PAGE if len(listed) == questions.PAGE else 0
    values = {"listed": listed, "choice": choice, "mine": bool(mine), "more": more, "first": first}
    return page(request, "board/list.html", {**_words(), **values})


@router.get("/board/{question_id}", dependencies=[ON_QUESTION])
def show_question(
    request: Request,
    services: ServicesDep,
    assistant: AssistantDep,
    today: TodayDep,
    work: WorkDep,
    question_id: str,
) -> Response:
    """One question: how it was asked, its guides, and the form for a new one."""
    settle_guides(services, assistant, today)
    return _shown(request, assistant, today, work, question_id)


@router.post("/board/{question_id}/assign", dependencies=[ON_QUESTION])
def post_assign(work: WorkDep, question_id: str, to: Text = "") -> Response:
    """Give the question to somebody."""
    questions.assign(work, question_id, to)
    return see(f"/board/{question_id}")


@router.post("/board/{question_id}/aside", dependencies=[ON_QUESTION])
def post_aside(
    request: Request, assistant: AssistantDep, today: TodayDep, work: WorkDep, question_id: str, reason: Text = ""
) -> Response:
    """Say that it needs no guide."""
    outcome = tried(lambda: questions.set_aside(work, question_id, reason), work.session)
    if outcome.problem is None:
        return see("/board")
    return _shown(request, assistant, today, work, question_id, outcome.problem)


@router.post("/board/{question_id}/reopen", dependencies=[ON_QUESTION])
def post_reopen(work: WorkDep, question_id: str) -> Response:
    """Put it back."""
    questions.reopen(work, question_id)
    return see(f"/board/{question_id}")


@router.post("/board/{question_id}/guide", dependencies=[ON_QUESTION])
def post_guide(
    request: Request,
    assistant: AssistantDep,
    today: TodayDep,
    work: WorkDep,
    question_id: str,
    zh: Text = "",
    en: Text = "",
    provision: Annotated[list[str] | None, Form()] = None,
    others: Text = "",
) -> Response:
    """Hand a guide in for review."""
    written = GuideIn(zh, en, tuple(provision or ()), others)
    outcome = tried(lambda: write_guide(work, assistant, question_id, written, today), work.session)
    if outcome.problem is None:
        return see(f"/board/{question_id}#guides")
    return _shown(request, assistant, today, work, question_id, outcome.problem, written)


@router.post("/board/guides/{guide_id}/approve", dependencies=[ON_GUIDE])
def post_approve(request: Request, assistant: AssistantDep, today: TodayDep, work: WorkDep, guide_id: str) -> Response:
    """Let a guide go live."""
    outcome = tried(lambda: approve_guide(work, assistant, guide_id, today), work.session)
    return _after(request, assistant, today, work, guide_id, outcome.problem)


@router.post("/board/guides/{guide_id}/return", dependencies=[ON_GUIDE])
def post_return(
    request: Request, assistant: AssistantDep, today: TodayDep, work: WorkDep, guide_id: str, note: Text = ""
) -> Response:
    """Give a guide back to who wrote it."""
    outcome = tried(lambda: return_guide(work, guide_id, note), work.session)
    return _after(request, assistant, today, work, guide_id, outcome.problem)


@router.post("/board/guides/{guide_id}/withdraw", dependencies=[ON_GUIDE])
def post_withdraw(request: Request, assistant: AssistantDep, today: TodayDep, work: WorkDep, guide_id: str) -> Response:
    """Take a live guide back."""
    outcome = tried(lambda: withdraw_guide(work, guide_id), work.session)
    return _after(request, assistant, today, work, guide_id, outcome.problem)


@router.get("/guides/{guide_id}", dependencies=[open_to(*EVERYONE, about=About.GUIDE_ENTRY)])
def show_guide(
    request: Request, assistant: AssistantDep, today: TodayDep, session: SessionDep, guide_id: str
) -> Response:
    """A guide that is or was live, with the provisions behind it."""
    entry = get_entry(session, guide_id)
    if entry.reviewed_on is None:
        raise NotFound("没有这条指引。", "There is no such guide.")
    behind = _behind(assistant, entry.provisions)
    in_force = entry.state == "live" and all(provision and provision.in_force(today) for _, provision in behind)
    return page(request, "board/guide.html", {"entry": entry, "behind": behind, "in_force": in_force})


def _after(
    request: Request, assistant: Assistant, today: TodayDep, work: WorkDep, guide_id: str, problem: AppError | None
) -> Response:
    question_id = get_entry(work.session, guide_id).question_id
    if problem is None or question_id is None:
        return see(f"/board/{question_id}#guides" if question_id else "/board")
    return _shown(request, assistant, today, work, question_id, problem)


def _shown(
    request: Request,
    assistant: Assistant,
    today: TodayDep,
    work: WorkDep,
    question_id: str,
    problem: AppError | None = None,
    written: GuideIn | None = None,
) -> Response:
    listed = questions.get_question(work, question_id, today)
    guides = []
    for entry in list_guides(work.session, question_id):
        behind = [Sent(**sent) for sent in entry.provisions]
        remarks = [r for text, of in ((entry.zh, "zh-Hans"), (entry.en, "en")) if text and entry.state == "review"
                   for r in remarks_on(assistant, text, behind, today, "en" if of == "en" else "zh-Hans")]  # fmt: skip
        guides.append({"entry": entry, "behind": _behind(assistant, entry.provisions), "remarks": remarks})
    values = {
        "listed": listed,
        "cases": questions.cases_of(work, question_id),
        "people": questions.people_to_assign(work),
        "guides": guides,
        "proposed": assistant.proposed_for(listed.row.question, today, PROPOSED),
        "written": written or GuideIn(""),
        "problem": problem,
    }
    status = problem.status if problem else 200
    return page(request, "board/question.html", {**_words(), **values}, status_code=status)


def _behind(assistant: Assistant, provisions: list[dict[str, str]]) -> list[tuple[str, Provision | None]]:
    return [(sent["provision"], assistant.provisions.get(sent["provision"])) for sent in provisions]


def _words() -> dict[str, object]:
    return {"states": STATES, "endings": ENDINGS, "reasons": REASONS, "guide_states": GUIDE_STATES}
