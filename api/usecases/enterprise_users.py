"""Who acts for an enterprise: the officer issues a code for the first user, who invites the others."""

from __future__ import annotations

from sqlalchemy import select

from api.auth import codes, sessions
from api.auth.codes import Purpose
from api.auth.work import Work
from api.errors import BadInput, NotAllowed, NotFound
from api.records.gateway.rating import Enterprise, find_enterprise
from api.records.identity import is_uscc
from api.records.reader import Reader
from api.records.scope import Scope
from api.store import Account, Membership, OneTimeCode


def issue_binding_code(work: Work, reader: Reader, scope: Scope, uscc: str) -> tuple[str, Enterprise]:
    """Return a code for the first user of an enterprise in the officer's reach. Raises `BadInput`, `NotFound`."""
    uscc = uscc.strip().upper()
    if not is_uscc(uscc):
        raise BadInput(
            "统一社会信用代码不正确，请核对18位代码。", "This is not a unified social credit code of 18 characters."
        )
    enterprise = find_enterprise(reader, scope, uscc)
    if enterprise is None:
        raise NotFound("您的关区内没有这家企业。", "There is no such enterprise in your customs area.")
    code = codes.issue(work.session, work.keys, Purpose.BINDING, work.now, issued_by=work.who.account_id, uscc=uscc)
    work.note("binding_code_issued", work.trail.enterprise(uscc))
    return code, enterprise


def list_binding_codes(work: Work) -> list[OneTimeCode]:
    """Return the officer's codes that can still be used."""
    return codes.list_open(work.session, Purpose.BINDING, work.now, issued_by=work.who.account_id)


def withdraw_binding_code(work: Work, code_id: str) -> None:
    """Take a code back. Raises `NotFound`."""
    _withdraw(work, code_id, Purpose.BINDING)


def invite(work: Work) -> str:
    """Return a code for one colleague at the enterprise chosen. Raises `NotAllowed`."""
    uscc = _own_enterprise(work)
    code = codes.issue(work.session, work.keys, Purpose.INVITATION, work.now, issued_by=work.who.account_id, uscc=uscc)
    work.note("invitation_issued", work.trail.enterprise(uscc))
    return code


def list_invitations(work: Work) -> list[OneTimeCode]:
    """Return the person's invitations to the enterprise chosen that can still be used."""
    own = work.who
    return codes.list_open(work.session, Purpose.INVITATION, work.now, issued_by=own.account_id, uscc=own.uscc)


def withdraw_invitation(work: Work, code_id: str) -> None:
    """Take an invitation back. Raises `NotFound`."""
    _withdraw(work, code_id, Purpose.INVITATION)


def list_colleagues(work: Work) -> list[tuple[Account, bool]]:
    """Return who acts for the enterprise chosen, and whether each is its first user."""
    if not work.who.uscc:
        return []
    statement = (
        select(Account, Membership.is_first)
        .join(Membership, Membership.account_id == Account.id)
        .where(Membership.uscc == work.who.uscc)
        .order_by(Membership.is_first.desc(), Membership.joined_at)
    )
    return [(account, is_first) for account, is_first in work.session.execute(statement)]


def remove_colleague(work: Work, account_id: str) -> None:
    """End that a colleague acts for the enterprise chosen. Raises `NotAllowed`, `NotFound`."""
    uscc = _own_enterprise(work)
    membership = work.session.get(Membership, (account_id, uscc))
    if membership is None:
        raise NotFound("没有这位同事。", "There is no such colleague.")
    if account_id == work.who.account_id:
        raise BadInput("不能移除自己。", "You cannot remove yourself.")
    work.session.delete(membership)
    codes.end_open(work.session, issued_by=account_id, uscc=uscc)
    sessions.end_all(work.session, account_id)
    work.note("colleague_removed", account_id, enterprise=work.trail.enterprise(uscc))


def _own_enterprise(work: Work) -> str:
    if not work.who.may_invite:
        raise NotAllowed("只有本企业的首位用户可以管理同事。", "Only the enterprise's first user manages colleagues.")
    return work.who.uscc


def _withdraw(work: Work, code_id: str, purpose: Purpose) -> None:
    found = codes.withdraw(work.session, code_id, purpose, work.who.account_id)
    if found is None:
        raise NotFound("没有这个代码。", "There is no such code.")
    work.note(f"{purpose}_withdrawn", work.trail.enterprise(found.uscc or ""))
