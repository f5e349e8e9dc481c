"""What a person does with the own account: password, sessions, second factor, enterprise chosen."""

from __future__ import annotations

from sqlalchemy import update

from api.auth import second_factor, sessions
from api.auth.identity import NEED_SECOND_FACTOR, Kind
from api.auth.passwords import fault_of
from api.auth.work import Work
from api.errors import BadInput, Conflict, NotAllowed, NotFound, Refused
from api.store import Account, SignIn


def change_password(work: Work, current: str, new: str) -> str:
    """Set a new password and end all other sessions; return this session's new token. Raises `Refused`, `BadInput`."""
    account = work.own_account()
    _check_password(work, account, current)
    set_password(work, account, new)
    sessions.end_all(work.session, account.id, but=work.who.sign_in_id)
    token = sessions.renew(work.session, work.keys, work.who.sign_in_id)
    work.note("password_changed")
    return token


def set_password(work: Work, account: Account, new: str) -> None:
    """Store a new password. Raises `BadInput` for a weak one."""
    fault = fault_of(new, account.sign_in_name, account.display_name)
    if fault is not None:
        raise BadInput(*fault)
    account.password_hash = work.passwords.hash(new)
    account.password_changed_at = work.now


def end_session(work: Work, sign_in_id: str) -> None:
    """End one of the own sessions. Raises `NotFound`."""
    if not sessions.end(work.session, work.who.account_id, sign_in_id):
        raise NotFound("没有这个登录。", "There is no such session.")
    work.note("session_ended")


def end_all_sessions(work: Work) -> None:
    """Sign out everywhere, this browser included."""
    sessions.end_all(work.session, work.who.account_id)
    work.note("signed_out_everywhere")


def choose_enterprise(work: Work, uscc: str) -> None:
    """Act for another of the own enterprises from now on. Raises `NotFound`."""
    if uscc not in work.who.usccs:
        raise NotFound("您没有绑定这家企业。", "You are not bound to this enterprise.")
    work.session.execute(update(SignIn).where(SignIn.id == work.who.sign_in_id).values(uscc=uscc))
    work.note("enterprise_chosen", work.trail.enterprise(uscc))


def begin_enrolment(work: Work) -> None:
    """Make the secret of a second factor; it counts once a code confirmed it. Raises `Conflict`."""
    account = work.own_account()
    if account.totp_confirmed_at is not None:
        raise Conflict("已经启用了第二步验证。", "The second factor is on already.")
    second_factor.secret_to_enrol(account, work.keys)


def enrolment_secret(work: Work) -> str | None:
    """Return the secret that waits for confirmation."""
    account = work.own_account()
    if account.totp_secret is None or account.totp_confirmed_at is not None:
        return None
    return work.keys.unseal(account.totp_secret)


def confirm_enrolment(work: Work, code: str) -> tuple[str, list[str]]:
    """Turn the second factor on; return the session's new token and the recovery codes. Raises `Refused`."""
    account = work.own_account()
    if account.totp_confirmed_at is not None:
        raise Conflict("已经启用了第二步验证。", "The second factor is on already.")
    if not second_factor.accept_code(account, work.keys, code, work.now):
        work.note("second_factor_refused")
        raise Refused("验证码不正确，请检查手机的时间。", "The code is not right. Check the clock of your phone.")
    account.totp_confirmed_at = work.now
    codes = second_factor.new_recovery_codes(work.session, work.keys, account)
    sessions.end_all(work.session, account.id, but=work.who.sign_in_id)
    token = sessions.renew(work.session, work.keys, work.who.sign_in_id, proved_at=work.now)
    work.note("second_factor_enrolled")
    return token, codes


def renew_recovery_codes(work: Work, password: str) -> list[str]:
    """Return fresh recovery codes. Raises `Refused`."""
    account = work.own_account()
    _check_password(work, account, password)
    codes = second_factor.new_recovery_codes(work.session, work.keys, account)
    work.note("recovery_codes_renewed")
    return codes


def remove_second_factor(work: Work, password: str) -> None:
    """Turn the second factor off where it is not required. Raises `NotAllowed`, `Refused`."""
    account = work.own_account()
    if Kind(account.kind) in NEED_SECOND_FACTOR:
        raise NotAllowed("您的岗位必须使用第二步验证。", "Your position requires the second factor.")
    _check_password(work, account, password)
    second_factor.remove(work.session, account)
    work.note("second_factor_removed")


def disconnect_provider(work: Work) -> None:
    """No longer accept the identity provider's word. Raises `Conflict` where it is the only way in."""
    account = work.own_account()
    if account.password_hash is None:
        raise Conflict("请先设置密码。", "Set a password first.")
    account.oidc_issuer = account.oidc_subject = None
    work.note("provider_disconnected")


def check_own_password(work: Work, password: str) -> None:
    """Make sure that the person is still the one who signed in. Raises `Refused`."""
    _check_password(work, work.own_account(), password)


def _check_password(work: Work, account: Account, password: str) -> None:
    if not work.passwords.check(password, account.password_hash):
        work.note("password_refused")
        raise Refused("当前密码不正确。", "The current password is not right.")
