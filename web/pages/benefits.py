"""What the levels bring: inspection rate and clearance hours by level over time."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from api.auth.access import open_to
from api.auth.identity import Kind
from api.deps import ReaderDep, ScopeDep, TodayDep
from api.records import rules
from api.records.gateway.benefits import list_benefits
from web.benefit_charts import benefit_charts, latest_of
from web.record_words import record_words
from web.views import language_of, page

router = APIRouter(prefix="/benefits", include_in_schema=False)


@router.get("", dependencies=[open_to(Kind.ENTERPRISE, Kind.COORDINATOR, Kind.OFFICER)])
def show(
    request: Request,
    reader: ReaderDep,
    scope: ScopeDep,
    today: TodayDep,
    within: Annotated[str, Query(alias="in")] = "",
) -> HTMLResponse:
    """The last three years: the nation, or for officers their own district."""
    district = scope.customs[:2] if within == "district" and scope.is_officer else ""
    series, language = list_benefits(reader, scope, today, customs_district=district), language_of(request)
    values = {
        "series": series,
        "charts": benefit_charts(series, language),
        "latest": latest_of(series),
        "district": district,
        "may_choose": scope.is_officer,
        "rules": rules.RULES,
    }
    return page(request, "benefits.html", {**record_words(request), **values})
