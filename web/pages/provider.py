"""Sign in through the organisation's identity provider, or connect it with the own account."""

from __future__ import annotations

from typing import Annotated

import structlog
from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.auth.access import EVERYONE, SIGNED_IN, is_https, open_to, own_origin
from api.auth.oidc import FLOW_SECONDS, Flow, OidcClient, OidcFailed, Vouched
from api.auth.work import Work
from api.deps import BrowserDep, IdentityDep, ServicesDep, WorkDep
from api.errors import NotFound, NotSignedIn, Refused
from api.services import Services
from api.usecases.own_account import disconnect_provider
from api.usecases.sign_in import connect_provider, sign_in_by_provider
from web.forms import local, see
from web.pages.sign_in import signed_in
from web.views import page

router = APIRouter(include_in_schema=False)
CALLBACK = "/sign-in/provider/callback"
log = structlog.get_logger(__name__)


@router.get("/sign-in/provider", dependencies=[open_to(*EVERYONE)])
def show(request: Request, services: ServicesDep, next_page: Annotated[str, Query(alias="next")] = "/") -> Response:
    """Send the browser to the provider."""
    url, sealed = _begin(request, services, local(next_page))
    response = see(url)
    _keep(request, response, sealed)
    return response


@router.post("/account/provider", dependencies=[open_to(*SIGNED_IN)])
def post_connect(request: Request, services: ServicesDep, who: IdentityDep) -> Response:
    """Show the way to the provider, to connect the own account.

    A form first, so that no other site can start it; a link then, because the policy of our pages lets forms
    go nowhere else.
    """
    url, sealed = _begin(request, services, "/account", link=who.account_id)
    response = page(request, "provider.html", {"url": url, "provider": services.oidc})
    _keep(request, response, sealed)
    return response


@router.post("/account/provider/disconnect", dependencies=[open_to(*SIGNED_IN)])
def post_disconnect(work: WorkDep) -> Response:
    """No longer accept the provider's word for the own account."""
    disconnect_provider(work)
    return see("/account?done=provider_disconnected")


@router.get(CALLBACK, dependencies=[open_to(*EVERYONE)])
def callback(
    request: Request, services: ServicesDep, who: IdentityDep, browser: BrowserDep, state: str = "", code: str = ""
) -> Response:
    """Take the provider's answer: begin a session or connect the account."""
    vouched, flow = _finish(request, _client(services), state, code)
    if flow.link:
        if flow.link != who.account_id or not who.complete:
            raise NotSignedIn
        with services.database.writing() as session:
            work = Work(session, who, services.now(), services.keys, services.trail, services.passwords)
            connect_provider(work, vouched)
        response: Response = see("/account?done=provider_connected")
    else:
        response = signed_in(request, sign_in_by_provider(services, vouched, browser, who), local(flow.next))
    response.delete_cookie(_cookie(request), path="/", httponly=True, samesite="lax", secure=is_https(request))
    return response


def _begin(request: Request, services: Services, next_page: str, link: str = "") -> tuple[str, str]:
    try:
        return _client(services).begin(own_origin(request) + CALLBACK, next_page, link)
    except OidcFailed as error:
        log.warning("identity provider failed", reason=str(error))
        raise _failed() from error


def _keep(request: Request, response: Response, sealed: str) -> None:
    secure = is_https(request)
    response.set_cookie(
        _cookie(request), sealed, max_age=FLOW_SECONDS, path="/", httponly=True, samesite="lax", secure=secure
    )


def _finish(request: Request, client: OidcClient, state: str, code: str) -> tuple[Vouched, Flow]:
    try:
        return client.finish(own_origin(request) + CALLBACK, request.cookies.get(_cookie(request), ""), state, code)
    except OidcFailed as error:
        log.warning("identity provider failed", reason=str(error))
        raise _failed() from error


def _failed() -> Refused:
    return Refused(
        "通过单位统一身份认证登录没有成功，请重试或使用密码登录。",
        "Signing in through your organisation did not succeed. Try again or use your password.",
    )


def _client(services: Services) -> OidcClient:
    if services.oidc is None:
        raise NotFound("没有这个页面。", "There is no such page.")
    return services.oidc


def _cookie(request: Request) -> str:
    return "__Host-flow" if is_https(request) else "flow"
