"""Lessons: the list with one's progress, one lesson, and its questions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from api.auth.access import SIGNED_IN, open_to
from api.auth.work import Work
from api.deps import TodayDep, WorkDep, edition_of
from api.errors import AppError, BadInput
from api.usecases.learning.lessons import not_in_force
from api.usecases.learning.progress import forget_answers, keep_answers, lesson_progress, list_progress
from knowledge.models import Provision
from web.assess.page import FormDep, number_of, word
from web.forms import see, tried
from web.record_words import record_words
from web.views import page

router = APIRouter(prefix="/learn", include_in_schema=False)
OPEN = open_to(*SIGNED_IN)
ANSWER = "answer-"


@router.get("", dependencies=[OPEN])
def show(request: Request, work: WorkDep, today: TodayDep) -> Response:
    """Every lesson with how far the person is."""
    lessons = list_progress(work)
    stale = {one.lesson.id for one in lessons if not_in_force(one.lesson, _provisions(request), today)}
    values = {"lessons": lessons, "stale": stale, "done": sum(one.is_done for one in lessons)}
    return page(request, "learning/list.html", values)


@router.get("/{lesson_id}", dependencies=[OPEN])
def show_lesson(request: Request, work: WorkDep, today: TodayDep, lesson_id: str) -> Response:
    """One lesson."""
    return _shown(request, work, today, lesson_id)


@router.post("/{lesson_id}", dependencies=[OPEN])
def post_answers(request: Request, work: WorkDep, today: TodayDep, lesson_id: str, form: FormDep) -> Response:
    """Keep the answers that were given, or begin anew."""
    if word(form, "press", 10) == "again":
        forget_answers(work, lesson_id)
        return see(f"/learn/{lesson_id}#questions")
    outcome = tried(lambda: keep_answers(work, lesson_id, _given(form)), work.session)
    if outcome.problem is not None:
        return _shown(request, work, today, lesson_id, outcome.problem, outcome.status)
    return see(f"/learn/{lesson_id}#questions")


def _given(form: FormData) -> Mapping[str, int]:
    given = {name.removeprefix(ANSWER): number_of(word(form, name, 2)) or 0 for name in form if name.startswith(ANSWER)}
    if not given:
        raise BadInput("请先选择答案。", "Choose an answer first.")
    return given


def _shown(
    request: Request, work: Work, today: date, lesson_id: str, problem: AppError | None = None, status: int = 200
) -> Response:
    shown = lesson_progress(work, lesson_id)
    known = [one.lesson.id for one in list_progress(work)]
    place = known.index(shown.lesson.id)
    values = {
        "progress": shown,
        "lesson": shown.lesson,
        "stale": not_in_force(shown.lesson, _provisions(request), today),
        "following": known[place + 1] if place + 1 < len(known) else "",
        "answer": ANSWER,
        "about": f"rule:{shown.lesson.rules[0]}",
        "problem": problem,
    }
    return page(request, "learning/lesson.html", {**record_words(request), **values}, status_code=status)


def _provisions(request: Request) -> Mapping[str, Provision]:
    return edition_of(request).by_id
