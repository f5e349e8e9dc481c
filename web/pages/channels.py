"""Bind the own account to WeChat or WeCom, by a code or by the platform's sign-in; the site's inbox."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Form, Query, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.auth.access import SIGNED_IN, About, open_to, own_origin
from api.auth.identity import Identity, Kind
from api.auth.throttle import Rate
from api.auth.work import Work
from api.bridge.errors import OauthRefused
from api.deps import IdentityDep, ServicesDep, WorkDep, counted_attempt
from api.errors import BadInput
from api.services import Services
from api.usecases.channels.binding import (
    NotBound,
    ask_to_confirm,
    begin_page,
    confirm,
    end_page,
    issue_code,
    list_bindings,
    remove_binding,
)
from api.usecases.channels.notices import list_notices, note_read
from web.forms import see, tried
from web.views import page

if TYPE_CHECKING:  # without channels nothing of them is loaded
    from api.bridge.bridge import Bridge
    from api.bridge.oauth import SignIns

router = APIRouter(include_in_schema=False)
MAY_BIND = open_to(Kind.ENTERPRISE, Kind.COORDINATOR)
COUNTED = counted_attempt(Rate.CODE, lambda who, _: who.account_id)
NAMES = {
    "wechat_oa": "微信服务号",
    "wecom_app": "企业微信",
    "wecom_kf": "微信客服",
    "wecom_aibot": "企业微信智能机器人",
    "webhook": "其他渠道",
}
BY_SIGN_IN = ("wechat_oa", "wecom_app")
DONE = {"bound": "绑定成功。", "removed": "已解除绑定。"}


@router.get("/account/channels", dependencies=[MAY_BIND])
def show(request: Request, work: WorkDep, done: str = "") -> Response:
    """The own bindings and how to add one."""
    return _shown(request, work, done=DONE.get(done, ""))


@router.post("/account/channels/code", dependencies=[MAY_BIND, COUNTED])
def post_code(request: Request, work: WorkDep) -> Response:
    """Make a code to type in the channel, and show it once."""
    return _shown(request, work, code=issue_code(work))


@router.post("/account/channels/{binding_id}/remove", dependencies=[open_to(*SIGNED_IN, about=About.CHANNEL_BINDING)])
def post_remove(work: WorkDep, binding_id: str) -> Response:
    """End a binding."""
    remove_binding(work, binding_id)
    return see("/account/channels?done=removed")


@router.post("/oauth/{channel}/{account}/start", dependencies=[MAY_BIND, COUNTED])
def post_start(request: Request, work: WorkDep, channel: str, account: str) -> Response:
    """Show the way to the platform's sign-in page: a link, the policy of our pages lets forms go nowhere else."""
    sign_in = _sign_in(request, channel, account)
    back = f"{own_origin(request)}/oauth/{channel}/{account}/return"
    url = sign_in.page(back, begin_page(work, channel, account))
    return page(request, "channel_start.html", {"url": url, "name": NAMES[channel]})


@router.get("/oauth/{channel}/{account}/return", dependencies=[MAY_BIND])
def show_return(
    request: Request,
    services: ServicesDep,
    who: IdentityDep,
    channel: str,
    account: str,
    code: Annotated[str, Query(max_length=600)] = "",
    state: Annotated[str, Query(max_length=128)] = "",
) -> Response:
    """Come back from the platform: say whom it named and ask for confirmation. The state is used up in any case."""
    sign_in = _sign_in(request, channel, account)
    values: dict[str, object] = {"word": "", "peer": "", "name": NAMES[channel], "problem": None}
    try:
        with services.database.writing() as session:
            end_page(_work(services, session, who), state, channel, account)
        address = sign_in.who_is(code)
        with services.database.writing() as session:
            word = ask_to_confirm(_work(services, session, who), address)
    except (NotBound, OauthRefused) as refused:
        values["problem"] = BadInput(refused.zh, "The binding was not completed. Please start again.")
        return page(request, "channel_confirm.html", values, status_code=400)
    return page(request, "channel_confirm.html", values | {"word": word, "peer": f"****{address.peer[-4:]}"})


@router.post("/account/channels/confirm", dependencies=[MAY_BIND, COUNTED])
def post_confirm(request: Request, work: WorkDep, word: Annotated[str, Form(max_length=64)] = "") -> Response:
    """Bind after the person confirmed."""
    outcome = tried(lambda: confirm(work, word), work.session)
    if outcome.result is None:
        return _shown(request, work, problem=outcome.problem, status=outcome.status)
    return see("/account/channels?done=bound")


@router.get("/inbox", dependencies=[open_to(*SIGNED_IN)])
def show_inbox(request: Request, work: WorkDep) -> Response:
    """What the person was told without asking."""
    return page(request, "inbox.html", {"notices": list_notices(work.session, work.who.account_id, work.now)})


@router.post("/inbox/read", dependencies=[open_to(*SIGNED_IN)])
def post_read(work: WorkDep) -> Response:
    """Note that everything was read."""
    note_read(work.session, work.who.account_id, work.now)
    return see("/inbox")


def _sign_in(request: Request, channel: str, account: str) -> SignIns:
    bridge: Bridge | None = request.app.state.bridge
    found = bridge.sign_ins.get((channel, account)) if bridge is not None else None
    if found is None:
        raise BadInput("这个渠道没有开通。", "This channel is not connected.")
    return found


def _work(services: Services, session: Session, who: Identity) -> Work:
    return Work(session, who, services.now(), services.keys, services.trail, services.passwords)


def _shown(
    request: Request, work: WorkDep, *, code: str = "", done: str = "", problem: object = None, status: int = 200
) -> Response:
    bridge: Bridge | None = request.app.state.bridge
    accounts = [adapter.account for adapter in bridge.adapters.values()] if bridge is not None else []
    values = {
        "bindings": list_bindings(work),
        "accounts": [(one.channel, one.account, one.name or NAMES[one.channel]) for one in accounts],
        "by_sign_in": BY_SIGN_IN,
        "names": NAMES,
        "code": code,
        "done": done,
        "problem": problem,
    }
    return page(request, "channels.html", values, status_code=status)
