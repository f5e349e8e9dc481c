"""The desk of those who hold sessions: set up, change, cancel, attendance, results of the survey."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from api.auth.access import About, open_to
from api.auth.identity import Kind
from api.auth.work import Work
from api.deps import WorkDep
from api.errors import AppError, BadInput
from api.records.gateway.suppression import SMALL_GROUP
from api.store import CentreSession
from api.usecases.channels.ground import CHINA
from api.usecases.enterprise_names import enterprise_names
from api.usecases.sessions.manage import (
    SessionIn,
    cancel_session,
    change_session,
    create_session,
    list_attendance,
    list_managed,
    open_managed,
    take_attendance,
)
from api.usecases.sessions.offer import with_seats
from api.usecases.sessions.survey import QUESTIONS, survey_result
from api.usecases.sessions.topics import STATES, TOPICS
from web.assess.page import FormDep, number_of, word
from web.forms import see, tried
from web.views import page

router = APIRouter(prefix="/session-desk", include_in_schema=False)
STAFF = open_to(Kind.COORDINATOR, Kind.OFFICER)
OF_ONE = open_to(Kind.COORDINATOR, Kind.OFFICER, about=About.MANAGED_SESSION)
FIELDS = ("topic", "title", "about", "place", "day", "from", "until", "seats")
DONE = {
    "created": "活动已发布。",
    "changed": "活动已修改，时间地点有变的已通知。",
    "cancelled": "活动已取消，已通知预约的企业。",
    "attendance": "到场情况已登记。",
}
BLANK = dict.fromkeys(FIELDS, "") | {"topic": "introduction", "seats": "20", "from": "09:00", "until": "11:00"}


@router.get("", dependencies=[STAFF])
def show(request: Request, work: WorkDep, done: str = "") -> Response:
    """The sessions the person manages, and the form for a new one."""
    return _list(request, work, done=DONE.get(done, ""))


@router.post("", dependencies=[STAFF])
def post(request: Request, work: WorkDep, form: FormDep) -> Response:
    """Set a session up."""
    outcome = tried(lambda: create_session(work, _typed(form)), work.session)
    if outcome.result is None:
        return _list(request, work, outcome.problem, outcome.status, _as_typed(form))
    return see("/session-desk?done=created")


@router.get("/{session_id}", dependencies=[OF_ONE])
def show_one(request: Request, work: WorkDep, session_id: str, done: str = "") -> Response:
    """One session: the form, who comes, and what they thought."""
    return _one(request, work, session_id, done=DONE.get(done, ""))


@router.post("/{session_id}", dependencies=[OF_ONE])
def post_change(request: Request, work: WorkDep, session_id: str, form: FormDep) -> Response:
    """Change it."""
    open_managed(work, session_id)
    outcome = tried(lambda: change_session(work, session_id, _typed(form)), work.session)
    if outcome.result is None:
        return _one(request, work, session_id, outcome.problem, outcome.status, _as_typed(form))
    return see(f"/session-desk/{session_id}?done=changed")


@router.post("/{session_id}/cancel", dependencies=[OF_ONE])
def post_cancel(request: Request, work: WorkDep, session_id: str, form: FormDep) -> Response:
    """Cancel it and tell those who booked."""
    open_managed(work, session_id)
    outcome = tried(lambda: cancel_session(work, session_id, word(form, "reason", 400)), work.session)
    if outcome.result is None:
        return _one(request, work, session_id, outcome.problem, outcome.status)
    return see("/session-desk?done=cancelled")


@router.post("/{session_id}/attendance", dependencies=[OF_ONE])
def post_attendance(request: Request, work: WorkDep, session_id: str, form: FormDep) -> Response:
    """Note who came."""
    open_managed(work, session_id)
    came = [one for one in form.getlist("came") if isinstance(one, str)]
    outcome = tried(lambda: take_attendance(work, session_id, came), work.session)
    if outcome.problem is not None:
        return _one(request, work, session_id, outcome.problem, outcome.status)
    return see(f"/session-desk/{session_id}?done=attendance")


def _list(
    request: Request,
    work: Work,
    problem: AppError | None = None,
    status: int = 200,
    typed: dict[str, str] | None = None,
    done: str = "",
) -> Response:
    values = {"managed": list_managed(work), "typed": typed or BLANK, "problem": problem, "done": done, **_words(work)}
    return page(request, "sessions/desk.html", values, status_code=status)


def _one(
    request: Request,
    work: Work,
    session_id: str,
    problem: AppError | None = None,
    status: int = 200,
    typed: dict[str, str] | None = None,
    done: str = "",
) -> Response:
    row = open_managed(work, session_id)
    bookings = list_attendance(work, row)
    records = request.app.state.services.records
    values = {
        "one": with_seats(work, [row])[0],
        "bookings": bookings,
        "names": enterprise_names(records, [one.uscc for one in bookings]),
        "result": survey_result(work, row),
        "questions": QUESTIONS,
        "fewest": SMALL_GROUP,
        "typed": typed or _as_stored(row),
        "problem": problem,
        "done": done,
        **_words(work),
    }
    return page(request, "sessions/desk_one.html", values, status_code=status)


def _words(work: Work) -> dict[str, object]:
    return {"topics": TOPICS, "states": STATES, "now": work.now}


def _as_typed(form: FormData) -> dict[str, str]:
    return {name: word(form, name, 2000) for name in FIELDS}


def _as_stored(row: CentreSession) -> dict[str, str]:
    starts, ends = row.starts_at.astimezone(CHINA), row.ends_at.astimezone(CHINA)
    return {
        "topic": row.topic,
        "title": row.title,
        "about": row.about,
        "place": row.place,
        "day": f"{starts:%Y-%m-%d}",
        "from": f"{starts:%H:%M}",
        "until": f"{ends:%H:%M}",
        "seats": str(row.seats),
    }


def _typed(form: FormData) -> SessionIn:
    typed = _as_typed(form)
    return SessionIn(
        topic=typed["topic"],
        title=typed["title"],
        about=typed["about"],
        place=typed["place"],
        starts_at=_moment(typed["day"], typed["from"]),
        ends_at=_moment(typed["day"], typed["until"]),
        seats=number_of(typed["seats"]) or 0,
    )


def _moment(day: str, hour: str) -> datetime:
    try:
        return datetime.strptime(f"{day} {hour}", "%Y-%m-%d %H:%M").replace(tzinfo=CHINA)
    except ValueError as error:
        raise BadInput("请填写日期和时间。", "Give the day and the time.") from error
