"""The own account: password, devices, second factor, enterprises, deletion."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from api.auth.access import SIGNED_IN, About, open_to
from api.auth.identity import NEED_SECOND_FACTOR, Kind
from api.auth.second_factor import unused_recovery_codes
from api.auth.sessions import list_sessions
from api.auth.throttle import Rate
from api.deps import ServicesDep, WorkDep, counted_attempt
from api.usecases.desk.consent import change_consent, own_consent
from api.usecases.enterprise_names import enterprise_names
from api.usecases.own_account import change_password, choose_enterprise, end_all_sessions, end_session
from web.devices import device_name
from web.forms import give_session, see, take_session, tried
from web.views import page

router = APIRouter(prefix="/account", include_in_schema=False)
COUNTED = counted_attempt(Rate.SECOND_FACTOR, lambda who, _: who.account_id)
DONE = {
    "password": "密码已修改，其他设备已退出。",
    "session": "已退出该设备。",
    "enterprise": "已切换企业。",
    "joined": "绑定成功。",
    "notices": "通知设置已保存。",
    "second_factor_removed": "已停用第二步验证。",
    "provider_connected": "已关联单位账号。",
    "provider_disconnected": "已解除关联。",
}


@router.get("", dependencies=[open_to(*SIGNED_IN)])
def show(request: Request, work: WorkDep, services: ServicesDep, done: str = "") -> Response:
    """Everything about the own account."""
    return _shown(request, work, services, done=DONE.get(done, ""))


@router.post("/password", dependencies=[open_to(*SIGNED_IN), COUNTED])
def post_password(
    request: Request,
    work: WorkDep,
    services: ServicesDep,
    current: Annotated[str, Form(max_length=1000)] = "",
    new: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Change the password and sign out everywhere else."""
    outcome = tried(lambda: change_password(work, current, new), work.session)
    if outcome.result is None:
        return _shown(request, work, services, problem=outcome.problem, status=outcome.status)
    response = see("/account?done=password")
    give_session(request, response, outcome.result)
    return response


@router.post("/sessions/{session_id}/end", dependencies=[open_to(*SIGNED_IN, about=About.SESSION)])
def post_end_session(work: WorkDep, session_id: str) -> Response:
    """Sign one device out."""
    end_session(work, session_id)
    return see("/account?done=session")


@router.post("/sessions/end-all", dependencies=[open_to(*SIGNED_IN)])
def post_end_all(request: Request, work: WorkDep) -> Response:
    """Sign out everywhere."""
    end_all_sessions(work)
    response = see("/sign-in")
    take_session(request, response)
    return response


@router.post("/enterprise", dependencies=[open_to(Kind.ENTERPRISE, about=About.ENTERPRISE)])
def post_enterprise(work: WorkDep, uscc: Annotated[str, Form(max_length=18)] = "") -> Response:
    """Act for another of the own enterprises."""
    choose_enterprise(work, uscc)
    return see("/account?done=enterprise")


@router.post("/notices", dependencies=[open_to(Kind.ENTERPRISE)])
def post_notices(
    work: WorkDep,
    policy: Annotated[str, Form(max_length=1)] = "",
    reminder: Annotated[str, Form(max_length=1)] = "",
    by_channel: Annotated[str, Form(max_length=1)] = "",
) -> Response:
    """Agree to be told unasked, or withdraw it."""
    change_consent(work, policy=bool(policy), reminder=bool(reminder), by_channel=bool(by_channel))
    return see("/account?done=notices#notices")


def _shown(
    request: Request,
    work: WorkDep,
    services: ServicesDep,
    *,
    done: str = "",
    problem: object = None,
    status: int = 200,
) -> Response:
    account = work.own_account()
    values = {
        "account": account,
        "sessions": list_sessions(work.session, account.id, work.now),
        "device": device_name,
        "enterprises": enterprise_names(services.records, work.who.usccs),
        "second_factor_required": work.who.kind in NEED_SECOND_FACTOR,
        "recovery_codes": unused_recovery_codes(work.session, account.id),
        "provider": services.oidc,
        "consent": own_consent(work),
        "done": done,
        "problem": problem,
    }
    return page(request, "account.html", values, status_code=status)
