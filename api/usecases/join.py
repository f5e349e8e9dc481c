"""Come in with a code: the first user of an enterprise, an invited colleague, or an account that is set up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from api.auth import codes, sessions
from api.auth.codes import Purpose
from api.auth.identity import VISITOR, Identity, Kind
from api.auth.names import display_form, is_name, normal_name
from api.auth.passwords import fault_of
from api.auth.work import Browser, Work
from api.errors import BadInput, Conflict, NotAllowed, Refused
from api.services import Services
from api.store import Account, Membership, OneTimeCode
from api.usecases.sign_in import SignedIn, begin


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What somebody with a code fills in; name and display name are not asked for a set-up."""

    name: str
    display_name: str
    password: str


@dataclass(frozen=True, slots=True)
class CodeUse:
    """What a code is for, and for which enterprise."""

    purpose: Purpose
    uscc: str


def look_at_code(services: Services, code: str) -> CodeUse:
    """Return what a code is for. Raises `Refused` with one answer for wrong, used and expired ones."""
    now = services.now()
    with services.database.writing() as session:
        found = codes.look_at(session, services.keys, code, now)
        if found is None:
            services.trail.append(session, VISITOR, "code_refused", now)
            raise _refused()
        return CodeUse(Purpose(found.purpose), found.uscc or "")


def join(services: Services, code: str, newcomer: Newcomer, browser: Browser) -> SignedIn:
    """Use a code up and begin a session. Raises `Refused`, `BadInput`, `Conflict`."""
    now = services.now()
    with services.database.writing() as session:
        found = codes.look_at(session, services.keys, code, now)
        if found is None or (found.purpose == Purpose.SET_UP and found.account_id is None):
            services.trail.append(session, VISITOR, "code_refused", now)
            raise _refused()
        account = (
            _set_up(session, services, found, newcomer)
            if found.purpose == Purpose.SET_UP
            else _new_account(session, services, newcomer)
        )
        if not codes.use(session, found, now):
            raise _refused()
        if found.uscc is not None:
            _bind(session, account.id, found, now)
        session.flush()
        joined = begin(session, services, account.id, browser, VISITOR, how=found.purpose)
        _note(session, services, joined.who, found)
        return joined


def join_as(work: Work, code: str) -> str:
    """Bind one more enterprise to the person who is signed in; return its credit code. Raises `Refused`."""
    if work.who.kind is not Kind.ENTERPRISE:
        raise NotAllowed("只有企业用户可以绑定企业。", "Only enterprise users can be bound to an enterprise.")
    found = codes.look_at(work.session, work.keys, code, work.now)
    if found is None or found.uscc is None:
        work.note("code_refused")
        raise _refused()
    if not codes.use(work.session, found, work.now):
        raise _refused()
    _bind(work.session, work.who.account_id, found, work.now)
    work.note(f"{found.purpose}_used", work.trail.enterprise(found.uscc))
    return found.uscc


def _set_up(session: Session, services: Services, found: OneTimeCode, newcomer: Newcomer) -> Account:
    account = session.get_one(Account, found.account_id)
    if account.disabled_at is not None:
        raise _refused()
    _set_password(services, account, newcomer.password)
    sessions.end_all(session, account.id)
    return account


def _new_account(session: Session, services: Services, newcomer: Newcomer) -> Account:
    name = normal_name(newcomer.name)
    check_name(session, name)
    account = Account(
        kind=Kind.ENTERPRISE,
        sign_in_name=name,
        display_name=display_form(newcomer.display_name) or name,
        created_at=services.now(),
    )
    _set_password(services, account, newcomer.password)
    session.add(account)
    session.flush()
    return account


def check_name(session: Session, name: str) -> None:
    """Refuse a sign-in name that cannot be used or is taken. Raises `BadInput`, `Conflict`."""
    if not is_name(name):
        raise BadInput(
            "登录名要有3到80个字符，可以用文字、数字和 . _ @ -。",
            "A sign-in name has 3 to 80 letters, digits or . _ @ -.",
        )
    if session.scalars(select(Account.id).where(Account.sign_in_name == name)).first():
        raise Conflict("这个登录名不能使用，请换一个。", "This sign-in name cannot be used. Please choose another.")


def _set_password(services: Services, account: Account, password: str) -> None:
    fault = fault_of(password, account.sign_in_name, account.display_name)
    if fault is not None:
        raise BadInput(*fault)
    account.password_hash = services.passwords.hash(password)
    account.password_changed_at = services.now()


def _bind(session: Session, account_id: str, found: OneTimeCode, now: datetime) -> None:
    """A binding code makes its user the first one; whoever was first before stays on, without open invitations."""
    is_first = found.purpose == Purpose.BINDING
    if is_first:
        codes.end_open(session, uscc=str(found.uscc), purpose=Purpose.INVITATION)
        session.execute(update(Membership).where(Membership.uscc == found.uscc).values(is_first=False))
    membership = session.get(Membership, (account_id, found.uscc))
    if membership is None:
        session.add(Membership(account_id=account_id, uscc=str(found.uscc), is_first=is_first, joined_at=now))
    elif is_first:
        membership.is_first = True
    session.flush()


def _note(session: Session, services: Services, who: Identity, found: OneTimeCode) -> None:
    subject = services.trail.enterprise(found.uscc) if found.uscc else who.account_id
    services.trail.append(session, who, f"{found.purpose}_used", services.now(), subject=subject)


def _refused() -> Refused:
    return Refused("这个代码不正确、已经用过或者已经过期。", "This code is wrong, used or expired.")
