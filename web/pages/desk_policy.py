"""Policy changes at a coordinator's desk: what is new, changed or ended, and who and what relied on it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from api.auth.access import open_to
from api.auth.identity import Kind
from api.deps import ServicesDep, TodayDep, WorkDep, edition_of
from api.errors import NotFound
from api.usecases.desk.concerned import find_concerned
from api.usecases.desk.policy import PERIODS, read_policy
from api.usecases.learning.lessons import lessons_on
from selfassess.loader import list_standards
from web.record_words import record_words
from web.views import page

router = APIRouter(prefix="/desk/policy", include_in_schema=False, dependencies=[open_to(Kind.COORDINATOR)])


@router.get("")
def show_all(
    request: Request, work: WorkDep, today: TodayDep, days: Annotated[int, Query()] = PERIODS[1]
) -> HTMLResponse:
    """Documents with provisions that begin, end or were changed, the latest first."""
    period = days if days in PERIODS else PERIODS[1]
    found = read_policy(work.session, edition_of(request).by_id, period, today)
    return page(request, "desk/policy.html", {"found": found, "days": period, "periods": PERIODS})


@router.get("/{document_id}")
def show(
    request: Request,
    work: WorkDep,
    services: ServicesDep,
    today: TodayDep,
    document_id: str,
    item: Annotated[str, Query(max_length=100)] = "",
) -> HTMLResponse:
    """What relied on a document, or on one of its provisions."""
    provisions = edition_of(request).by_id
    reach = find_concerned(work, services.records, provisions, document_id, item, today)
    if reach is None:
        raise NotFound("没有这份文件或这条规定。", "There is no such document or provision.")
    names = {one.id: one.title for one in list_standards()}
    lessons = lessons_on({one.id for one in reach.provisions})
    values = {"reach": reach, "item": item, "standard_names": names, "lessons": lessons}
    return page(request, "desk/policy_reach.html", {**record_words(request), **values})
