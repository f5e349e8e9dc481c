"""The own conversation, wherever it was held, and the way to a person."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.auth.access import open_to
from api.auth.identity import Kind
from api.auth.throttle import Rate
from api.deps import AssistantDep, IdentityDep, ServicesDep, TodayDep, counted_attempt
from api.usecases.channels.on_the_web import ask_for_person_on_the_web, own_conversation, web_channels
from web.pages.channels import NAMES
from web.views import page

router = APIRouter(prefix="/conversation", include_in_schema=False)
SPEAKERS = {"person": "您", "assistant": "助手", "staff": "协调员"}
PLACES = {"web": "网页", **NAMES}


@router.get("", dependencies=[open_to(Kind.ENTERPRISE, Kind.COORDINATOR)])
def show(request: Request, services: ServicesDep, who: IdentityDep) -> Response:
    """What was said last."""
    return _shown(request, services, who)


@router.post(
    "/person", dependencies=[open_to(Kind.ENTERPRISE), counted_attempt(Rate.CODE, lambda who, _: who.account_id)]
)
def post_person(
    request: Request, services: ServicesDep, who: IdentityDep, assistant: AssistantDep, today: TodayDep
) -> Response:
    """Ask for a person."""
    told = ask_for_person_on_the_web(web_channels(services, assistant, lambda: today), who)
    return _shown(request, services, who, told)


def _shown(request: Request, services: ServicesDep, who: IdentityDep, told: str = "") -> Response:
    said, attended_by = own_conversation(services, who)
    values = {"said": said, "attended_by": attended_by, "speakers": SPEAKERS, "places": PLACES, "told": told}
    return page(request, "conversation.html", values)
