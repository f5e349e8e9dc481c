"""What the shared records say about one enterprise, with the record and the rule behind each figure."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from api.auth.access import About, open_to
from api.auth.identity import Kind
from api.deps import IdentityDep, ReaderDep, ScopeDep, ServicesDep, TodayDep
from api.records import rules
from api.records.gateway.cases import Case, ObjectionCase
from api.records.gateway.status import StatusPage
from api.usecases.record_status import read_related, read_status
from web.record_words import record_words
from web.status_charts import beside, hours_chart, lowest, profile_chart, rate_chart
from web.views import language_of, page

router = APIRouter(prefix="/status", include_in_schema=False)


@router.get("", dependencies=[open_to(Kind.ENTERPRISE)])
def show_own(
    request: Request, services: ServicesDep, who: IdentityDep, reader: ReaderDep, scope: ScopeDep, today: TodayDep
) -> HTMLResponse:
    """The record of the enterprise the person acts for."""
    if not who.uscc:
        return page(request, "status/unbound.html", {})
    return _shown(request, read_status(services, reader, scope, who, who.uscc, today))


@router.get("/{uscc}", dependencies=[open_to(Kind.ENTERPRISE, Kind.COORDINATOR, Kind.OFFICER, about=About.ENTERPRISE)])
def show(
    request: Request,
    services: ServicesDep,
    who: IdentityDep,
    reader: ReaderDep,
    scope: ScopeDep,
    today: TodayDep,
    uscc: str,
) -> HTMLResponse:
    """The record of an enterprise in reach."""
    return _shown(request, read_status(services, reader, scope, who, uscc, today))


@router.get("/{uscc}/related", dependencies=[open_to(Kind.COORDINATOR, Kind.OFFICER, about=About.ENTERPRISE)])
def show_related(
    request: Request,
    services: ServicesDep,
    who: IdentityDep,
    reader: ReaderDep,
    scope: ScopeDep,
    today: TodayDep,
    uscc: str,
) -> HTMLResponse:
    """The enterprises that share a person, investor, telephone or address with one in reach."""
    found = read_related(services, reader, scope, who, uscc, today)
    values = {"subject": found.enterprise, "cluster": found.cluster, "rules": rules.RULES}
    return page(request, "related.html", {**record_words(request), **values})


def _shown(request: Request, found: StatusPage) -> HTMLResponse:
    language = language_of(request)
    cases = _cases(found)
    values = {
        **record_words(request),
        "found": found,
        "rules": rules.RULES,
        "basis_rule": rules.basis_rule,
        "review_rules": rules.review_rules,
        "inspection_rules": rules.inspection_rules,
        "case_rules": rules.case_rules,
        "counting": [one for one in found.penalties or () if one.matters_until > found.day],
        "open_cases": [one for one in cases if one[1].is_open],
        "closed_cases": [one for one in cases if not one[1].is_open],
    }
    if found.clearance is not None:
        values["beside"] = beside(found.clearance)
        values["charts"] = {
            "rate": rate_chart(found.clearance, language),
            "import": hours_chart(found.clearance, language, "import"),
            "export": hours_chart(found.clearance, language, "export"),
        }
    if found.profile is not None:
        values["profile_chart"] = profile_chart(found.profile, language)
        values["lowest"] = lowest(found.profile)
    return page(request, "status.html", values)


def _cases(found: StatusPage) -> list[tuple[str, Case | ObjectionCase]]:
    """Cases of every kind, each with the kind of its list."""
    lists = (
        ("certification", found.certification_cases),
        ("repair", found.repair_cases),
        ("objection", found.objection_cases),
    )
    return [(name, case) for name, cases in lists for case in cases or ()]
