"""Sign in and out: with a password, or vouched for by the identity provider."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.auth import second_factor, sessions
from api.auth.identity import NEED_SECOND_FACTOR, VISITOR, Identity
from api.auth.names import normal_name
from api.auth.oidc import Vouched
from api.auth.throttle import Rate, TooOften
from api.auth.work import Browser, Work
from api.errors import Conflict, NotSignedIn, Refused, TooMany
from api.services import Services
from api.store import Account


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session just begun: what goes into the cookie, and who it is."""

    token: str
    who: Identity


def sign_in(services: Services, name: str, password: str, browser: Browser, former: Identity = VISITOR) -> SignedIn:
    """Begin a session with a password. Raises `Refused` with one answer for every wrong pair, and `TooMany`.

    The password is checked outside any transaction: it takes time on purpose.
    """
    name = normal_name(name)
    _count(services, name, browser)
    with services.database.reading() as session:
        account = session.scalars(select(Account).where(Account.sign_in_name == name)).first()
    usable = account if account is not None and account.disabled_at is None else None
    right = services.passwords.check(password, usable.password_hash if usable else None)
    with services.database.writing() as session:
        if usable is None or not right:
            services.trail.append(
                session, VISITOR, "sign_in_refused", services.now(), subject=account.id if account else ""
            )
        else:
            services.throttle.forget(session, Rate.SIGN_IN_HERE, name, browser.address)
            return begin(session, services, usable.id, browser, former, how="password")
    raise Refused("账号或密码不正确。", "The name or the password is not right.")


def sign_in_by_provider(services: Services, vouched: Vouched, browser: Browser, former: Identity) -> SignedIn:
    """Begin a session for the account connected with whom the provider vouches for. Raises `Refused`."""
    with services.database.writing() as session:
        account = session.scalars(
            select(Account).where(Account.oidc_issuer == vouched.issuer, Account.oidc_subject == vouched.subject)
        ).first()
        if account is not None and account.disabled_at is None:
            return begin(session, services, account.id, browser, former, how="oidc")
        services.trail.append(session, VISITOR, "sign_in_refused", services.now(), how="oidc")
    raise Refused(
        "这个单位账号还没有关联到本系统的账号，请先用密码登录后在“我的账号”中关联，或联系管理员。",
        "This identity is not connected with an account here. Sign in with your password and connect it on your "
        "account page, or ask an administrator.",
    )


def begin(
    session: Session, services: Services, account_id: str, browser: Browser, former: Identity, how: str
) -> SignedIn:
    """Begin a session; the browser's former one ends, so that a token planted before is worth nothing."""
    account = session.get_one(Account, account_id)
    now = services.now()
    if former.signed_in:
        sessions.end(session, former.account_id, former.sign_in_id)
    if account.kind in NEED_SECOND_FACTOR and account.totp_confirmed_at is None:
        second_factor.secret_to_enrol(account, services.keys)
    token = sessions.start(session, services.keys, account, now, device=browser.device, address=browser.address)
    found = sessions.find(session, services.keys, token, now)
    if found is None:
        raise NotSignedIn
    services.trail.append(session, found[0], "signed_in", now, how=how)
    return SignedIn(token, found[0])


def sign_out(work: Work) -> None:
    """End the session of this browser."""
    sessions.end(work.session, work.who.account_id, work.who.sign_in_id)
    work.note("signed_out")


def connect_provider(work: Work, vouched: Vouched) -> None:
    """Let the provider's word open the account of the person who is signed in. Raises `Conflict`."""
    taken = select(Account.id).where(Account.oidc_issuer == vouched.issuer, Account.oidc_subject == vouched.subject)
    if work.session.scalars(taken.where(Account.id != work.who.account_id)).first():
        raise Conflict("这个单位账号已经关联到另一个账号。", "This identity is connected with another account.")
    account = work.own_account()
    account.oidc_issuer, account.oidc_subject = vouched.issuer, vouched.subject
    work.note("provider_connected")


def prove(work: Work, code: str) -> str:
    """Give the second factor, a code or a recovery code; return the session's new token. Raises `Refused`."""
    account = work.own_account()
    recovered = False
    if not second_factor.accept_code(account, work.keys, code, work.now):
        recovered = second_factor.accept_recovery_code(work.session, work.keys, account, code, work.now)
        if not recovered:
            work.note("second_factor_refused")
            raise Refused("验证码不正确或已经用过。", "The code is not right or was used already.")
    token = sessions.renew(work.session, work.keys, work.who.sign_in_id, proved_at=work.now)
    work.note("second_factor_given", how="recovery_code" if recovered else "code")
    return token


def _count(services: Services, name: str, browser: Browser) -> None:
    try:
        services.throttle.count(Rate.SIGN_IN_ADDRESS, browser.address)
        services.throttle.count(Rate.SIGN_IN_NAME, name)
        services.throttle.count(Rate.SIGN_IN_HERE, name, browser.address)
    except TooOften as error:
        raise TooMany(error.seconds) from error
