"""The administrator's accounts: list, make, disable, set up anew."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from api.auth.access import About, open_to, own_origin
from api.auth.identity import Kind
from api.deps import ServicesDep, TodayDep, WorkDep
from api.store import Account
from api.usecases.accounts import (
    MADE_HERE,
    PAGE,
    NewAccount,
    change_account,
    create_account,
    disable,
    enable,
    list_accounts,
    new_set_up_code,
    reset_second_factor,
)
from api.usecases.staff_reach import read_reach
from web.forms import see, tried
from web.views import page

router = APIRouter(prefix="/admin/accounts", include_in_schema=False)
ADMINISTRATOR = open_to(Kind.ADMINISTRATOR)
ON_ACCOUNT = open_to(Kind.ADMINISTRATOR, about=About.ACCOUNT)
Text = Annotated[str, Form(max_length=200)]


@router.get("", dependencies=[ADMINISTRATOR])
def show(request: Request, work: WorkDep, q: str = "", after: str = "", kind: str = "", state: str = "") -> Response:
    """The list, and the form for a new account."""
    return _shown(request, work, q=q[:80], after=after, kind=kind, state=state)


@router.post("", dependencies=[ADMINISTRATOR])
def post(
    request: Request,
    work: WorkDep,
    kind: Text = "",
    name: Text = "",
    display_name: Text = "",
    coordinator: Text = "",
    customs: Text = "",
) -> Response:
    """Make an account and show the link with which its owner sets it up, once."""
    new = NewAccount(kind, name, display_name, coordinator, customs)
    outcome = tried(lambda: create_account(work, new), work.session)
    if outcome.result is None:
        return _shown(request, work, new=new, problem=outcome.problem, status=outcome.status)
    return _shown(request, work, made=outcome.result)


@router.post("/{account_id}/disable", dependencies=[ON_ACCOUNT])
def post_disable(work: WorkDep, account_id: str) -> Response:
    """Close an account at once."""
    disable(work, account_id)
    return see("/admin/accounts")


@router.post("/{account_id}/enable", dependencies=[ON_ACCOUNT])
def post_enable(work: WorkDep, account_id: str) -> Response:
    """Open a disabled account again."""
    enable(work, account_id)
    return see("/admin/accounts")


@router.post("/{account_id}/reset-second-factor", dependencies=[ON_ACCOUNT])
def post_reset(work: WorkDep, account_id: str) -> Response:
    """Let somebody who lost the authenticator set it up anew."""
    reset_second_factor(work, account_id)
    return see("/admin/accounts")


@router.post("/{account_id}/set-up", dependencies=[ON_ACCOUNT])
def post_set_up(request: Request, work: WorkDep, account_id: str) -> Response:
    """Let somebody choose a new password; the link is shown once."""
    return _shown(request, work, made=new_set_up_code(work, account_id))


@router.get("/{account_id}", dependencies=[ON_ACCOUNT])
def show_account(
    request: Request, work: WorkDep, services: ServicesDep, today: TodayDep, account_id: str, after: str = ""
) -> Response:
    """One account: who it is, what it reaches, and what can be changed."""
    return _account(request, work, services, today, account_id, after=after)


@router.post("/{account_id}", dependencies=[ON_ACCOUNT])
def post_account(
    request: Request,
    work: WorkDep,
    services: ServicesDep,
    today: TodayDep,
    account_id: str,
    kind: Text = "",
    display_name: Text = "",
    coordinator: Text = "",
    customs: Text = "",
) -> Response:
    """Change name, kind and range."""
    new = NewAccount(kind, "", display_name, coordinator, customs)
    outcome = tried(lambda: change_account(work, account_id, new), work.session)
    if outcome.result is None:
        if outcome.status == 404 and outcome.problem:
            raise outcome.problem
        return _account(request, work, services, today, account_id, problem=outcome.problem, status=outcome.status)
    return see(f"/admin/accounts/{account_id}")


def _account(
    request: Request,
    work: WorkDep,
    services: ServicesDep,
    today: TodayDep,
    account_id: str,
    *,
    after: str = "",
    problem: object = None,
    status: int = 200,
) -> Response:
    account = work.account(account_id)
    values = {
        "account": account,
        "kinds": MADE_HERE,
        "reach": read_reach(services.records, account, today, after[:18]),
        "problem": problem,
    }
    return page(request, "admin/account.html", values, status_code=status)


def _shown(
    request: Request,
    work: WorkDep,
    *,
    q: str = "",
    after: str = "",
    kind: str = "",
    state: str = "",
    new: NewAccount | None = None,
    made: tuple[Account, str] | None = None,
    problem: object = None,
    status: int = 200,
) -> Response:
    accounts = list_accounts(work, q, after, kind, state)
    values = {
        "accounts": accounts,
        "more": accounts[-1].sign_in_name if len(accounts) == PAGE else "",
        "q": q,
        "kind": kind,
        "state": state,
        "all_kinds": tuple(Kind),
        "new": new or NewAccount("", ""),
        "kinds": MADE_HERE,
        "made": made[0] if made else None,
        "link": f"{own_origin(request)}/join?code={made[1]}" if made else "",
        "problem": problem,
    }
    return page(request, "accounts.html", values, status_code=status)
