"""The experience centre: what is offered, booking, changing, giving back, and the survey afterwards."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from api.auth.access import About, open_to
from api.auth.identity import Kind
from api.auth.work import Work
from api.deps import WorkDep
from api.errors import AppError, NotFound
from api.usecases.sessions.booking import (
    MOST_PEOPLE,
    BookingIn,
    book,
    cancel_booking,
    change_booking,
    open_booking,
)
from api.usecases.sessions.offer import list_offered, list_own, open_offered
from api.usecases.sessions.survey import MARKS, QUESTIONS, SurveyIn, can_reply, find_reply, reply
from api.usecases.sessions.topics import STATES, TOPICS
from web.assess.page import FormDep, number_of, word
from web.forms import see, tried
from web.views import page

router = APIRouter(prefix="/sessions", include_in_schema=False)
LOOK = (Kind.ENTERPRISE, Kind.COORDINATOR, Kind.OFFICER)
OF_SESSION = open_to(Kind.ENTERPRISE, about=About.CENTRE_SESSION)
OF_BOOKING = open_to(Kind.ENTERPRISE, about=About.CENTRE_BOOKING)
DONE = {
    "booked": "预约成功。",
    "waiting": "名额已满，已排入候补。",
    "changed": "预约已修改。",
    "cancelled": "预约已取消。",
    "replied": "谢谢，意见已收到。",
}


@router.get("", dependencies=[open_to(*LOOK)])
def show(request: Request, work: WorkDep, done: str = "") -> Response:
    """The sessions ahead, and those the enterprise has booked."""
    values = {"offered": list_offered(work), "own": list_own(work), "done": DONE.get(done, ""), **_words(work)}
    return page(request, "sessions/list.html", values)


@router.post("/bookings/{booking_id}/change", dependencies=[OF_BOOKING])
def post_change(request: Request, work: WorkDep, booking_id: str, form: FormDep) -> Response:
    """Change a booking."""
    return _done(request, work, booking_id, lambda: change_booking(work, booking_id, _typed(form)).state and "changed")


@router.post("/bookings/{booking_id}/cancel", dependencies=[OF_BOOKING])
def post_cancel(request: Request, work: WorkDep, booking_id: str) -> Response:
    """Give the seats back."""
    return _done(request, work, booking_id, lambda: cancel_booking(work, booking_id) and "cancelled")


@router.post("/bookings/{booking_id}/survey", dependencies=[OF_BOOKING])
def post_survey(request: Request, work: WorkDep, booking_id: str, form: FormDep) -> Response:
    """Say what one thought of it."""
    return _done(request, work, booking_id, lambda: reply(work, booking_id, _marked(form)) and "replied")


@router.get("/{session_id}", dependencies=[open_to(*LOOK, about=About.CENTRE_SESSION)])
def show_session(request: Request, work: WorkDep, session_id: str) -> Response:
    """One session with the form to book or change."""
    return _shown(request, work, session_id)


@router.post("/{session_id}/book", dependencies=[OF_SESSION])
def post_book(request: Request, work: WorkDep, session_id: str, form: FormDep) -> Response:
    """Book seats or a place on the waiting list."""
    outcome = tried(lambda: book(work, session_id, _typed(form)), work.session)
    if outcome.result is None:
        return _refused(request, work, session_id, outcome.problem, outcome.status, form)
    return see(f"/sessions?done={outcome.result.state}")


def _done(request: Request, work: Work, booking_id: str, action: Callable[[], object]) -> Response:
    session_id = _session_of(work, booking_id)
    outcome = tried(action, work.session)
    if outcome.problem is not None:
        return _shown(request, work, session_id, outcome.problem, outcome.status)
    return see(f"/sessions?done={outcome.result}")


def _session_of(work: Work, booking_id: str) -> str:
    """The session of the person's own booking. Raises `NotFound`."""
    return open_booking(work, booking_id)[1].id


def _refused(
    request: Request, work: Work, session_id: str, problem: AppError | None, status: int, form: FormData
) -> Response:
    if isinstance(problem, NotFound):
        raise problem
    typed = {"people": word(form, "people", 5), "contact": word(form, "contact", 120), "note": word(form, "note", 300)}
    return _shown(request, work, session_id, problem, status, typed)


def _shown(
    request: Request,
    work: Work,
    session_id: str,
    problem: AppError | None = None,
    status: int = 200,
    typed: dict[str, str] | None = None,
) -> Response:
    offered = open_offered(work, session_id)
    own = offered.own_standing
    values = {
        "one": offered,
        "problem": problem,
        "typed": typed or {"people": "1", "contact": "", "note": ""},
        "may_book": work.who.kind is Kind.ENTERPRISE and bool(work.who.uscc),
        "may_reply": own is not None and can_reply(work, own, offered.row),
        "said": find_reply(work, own.id) if own else None,
        "questions": QUESTIONS,
        "marks": MARKS,
        "most_people": min(MOST_PEOPLE, offered.row.seats),
        **_words(work),
    }
    return page(request, "sessions/one.html", values, status_code=status)


def _words(work: Work) -> dict[str, object]:
    return {"topics": TOPICS, "states": STATES, "now": work.now}


def _typed(form: FormData) -> BookingIn:
    return BookingIn(number_of(word(form, "people", 5)) or 0, word(form, "contact", 200), word(form, "note", 400))


def _marked(form: FormData) -> SurveyIn:
    marks = {name: number_of(word(form, name, 2)) or 0 for name in QUESTIONS}
    return SurveyIn(**marks, comment=word(form, "comment", 1200))
