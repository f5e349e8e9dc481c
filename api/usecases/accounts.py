"""What an administrator does: make accounts of staff, disable and enable, let somebody set up anew."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import func, select

from api.auth import codes, second_factor, sessions
from api.auth.codes import Purpose
from api.auth.identity import Kind
from api.auth.names import display_form, normal_name
from api.auth.work import Work
from api.errors import BadInput, Conflict
from api.store import Account
from api.usecases.join import check_name

MADE_HERE = (Kind.COORDINATOR, Kind.OFFICER, Kind.ADMINISTRATOR)
PAGE = 50
STATES = ("open", "disabled")
_CUSTOMS = re.compile(r"[0-9A-Z]{2}([0-9A-Z]{2})?")


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What an administrator fills in. ``coordinator`` and ``customs`` say what the person may read."""

    kind: str
    name: str
    display_name: str = ""
    coordinator: str = ""
    customs: str = ""


def create_account(work: Work, new: NewAccount) -> tuple[Account, str]:
    """Make an account without a password; return it with the code its owner sets it up with.

    Raises `BadInput` and `Conflict`. Enterprise users are not made here: they come with an officer's code.
    """
    if new.kind not in MADE_HERE:
        raise BadInput("请选择账号类型。", "Choose the kind of account.")
    kind, name = Kind(new.kind), normal_name(new.name)
    check_name(work.session, name)
    account = Account(
        kind=kind,
        sign_in_name=name,
        display_name=display_form(new.display_name) or name,
        coordinator=_coordinator(new.coordinator) if kind is Kind.COORDINATOR else None,
        customs=_customs(new.customs) if kind is Kind.OFFICER else None,
        created_at=work.now,
    )
    work.session.add(account)
    work.session.flush()
    code = _set_up_code(work, account)
    work.note("account_created", account.id, kind=kind)
    return account, code


def list_accounts(work: Work, text: str = "", after: str = "", kind: str = "", state: str = "") -> list[Account]:
    """Return a page of accounts in the order of their names, beginning after ``after``.

    ``state`` is ``open`` or ``disabled``; empty for both.
    """
    statement = select(Account).where(Account.sign_in_name > after).order_by(Account.sign_in_name).limit(PAGE)
    if text:
        part = f"%{_escaped(normal_name(text))}%"
        statement = statement.where(
            Account.sign_in_name.like(part, escape="\\") | Account.display_name.like(part, escape="\\")
        )
    if kind:
        statement = statement.where(Account.kind == kind)
    if state in STATES:
        at = Account.disabled_at
        statement = statement.where(at.is_(None) if state == "open" else at.is_not(None))
    return list(work.session.scalars(statement))


def change_account(work: Work, account_id: str, new: NewAccount) -> Account:
    """Change name, kind and range of an account; a new kind or range ends its sessions.

    Raises `NotFound`, `BadInput`, and `Conflict` for one's own kind and for the kind of enterprise users.
    """
    account = work.account(account_id)
    kind = Kind(account.kind)
    if new.kind != kind:
        kind = _changed_kind(work, account, new.kind)
    coordinator = _coordinator(new.coordinator) if kind is Kind.COORDINATOR else None
    customs = _customs(new.customs) if kind is Kind.OFFICER else None
    account.display_name = display_form(new.display_name) or account.sign_in_name
    reach = (kind, coordinator, customs)
    if reach != (account.kind, account.coordinator, account.customs):
        if kind != account.kind:
            codes.end_open(work.session, issued_by=account.id)
        account.kind, account.coordinator, account.customs = reach
        sessions.end_all(work.session, account.id)
    work.session.flush()
    work.note("account_changed", account.id, kind=kind, range=customs or coordinator or "")
    return account


def _changed_kind(work: Work, account: Account, written: str) -> Kind:
    if account.id == work.who.account_id:
        raise Conflict("不能修改自己的账号类型。", "You cannot change the kind of your own account.")
    if account.kind not in MADE_HERE or written not in MADE_HERE:
        raise Conflict("企业用户的类型不能修改。", "The kind of an enterprise user cannot be changed.")
    return Kind(written)


def disable(work: Work, account_id: str) -> None:
    """Close an account, end its sessions and the codes it issued at once. Raises `NotFound`, `Conflict`."""
    account = work.account(account_id)
    if account.id == work.who.account_id:
        raise Conflict("不能停用自己的账号。", "You cannot disable your own account.")
    if account.disabled_at is None:
        account.disabled_at = work.now
        sessions.end_all(work.session, account.id)
        codes.end_open(work.session, issued_by=account.id)
        work.note("account_disabled", account.id)


def enable(work: Work, account_id: str) -> None:
    """Open a disabled account again. Raises `NotFound`."""
    account = work.account(account_id)
    if account.disabled_at is not None:
        account.disabled_at = None
        work.note("account_enabled", account.id)


def reset_second_factor(work: Work, account_id: str) -> None:
    """Take a lost second factor away and end all sessions. Raises `NotFound`, `Conflict`."""
    account = work.account(account_id)
    if account.id == work.who.account_id:
        raise Conflict("请由另一位管理员重置您的第二步验证。", "Another administrator has to reset your second factor.")
    second_factor.remove(work.session, account)
    sessions.end_all(work.session, account.id)
    work.note("second_factor_reset", account.id)


def new_set_up_code(work: Work, account_id: str) -> tuple[Account, str]:
    """Return a code with which the owner chooses a new password. Raises `NotFound`, `Conflict`."""
    account = work.account(account_id)
    if account.disabled_at is not None:
        raise Conflict("账号已停用。", "The account is disabled.")
    code = _set_up_code(work, account)
    work.note("set_up_code_issued", account.id)
    return account, code


def count_administrators(work: Work) -> int:
    """Return how many administrators can sign in."""
    statement = select(func.count()).select_from(Account)
    usable = statement.where(Account.kind == Kind.ADMINISTRATOR, Account.disabled_at.is_(None))
    return work.session.scalar(usable) or 0


def _set_up_code(work: Work, account: Account) -> str:
    issued_by = work.who.account_id or None
    return codes.issue(work.session, work.keys, Purpose.SET_UP, work.now, issued_by=issued_by, account_id=account.id)


def _coordinator(text: str) -> str:
    text = text.strip()
    if not 0 < len(text) <= 60:
        raise BadInput("请填写分派表中的协调员编号。", "Enter the coordinator's number as in the assignments.")
    return text


def _customs(text: str) -> str:
    text = text.strip().upper()
    if not _CUSTOMS.fullmatch(text):
        raise BadInput(
            "请填写关区代码：直属海关两位，隶属海关四位。",
            "Enter a customs code: two characters, or four for an office.",
        )
    return text


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
