"""Sessions on the server: started at sign-in, renewed when rights change, ended by time or by the person."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, selectinload

from api.auth.identity import NEED_SECOND_FACTOR, Identity, Kind
from api.auth.keys import Keys, new_token
from api.store import Account, SignIn

LONGEST = timedelta(hours=12)
IDLE = {
    Kind.ENTERPRISE: timedelta(hours=2),
    Kind.COORDINATOR: timedelta(hours=2),
    Kind.OFFICER: timedelta(minutes=30),
    Kind.ADMINISTRATOR: timedelta(minutes=30),
}
SEEN_EVERY = timedelta(minutes=1)  # a page view writes at most once a minute


def start(
    session: Session, keys: Keys, account: Account, now: datetime, *, device: str, address: str, proved: bool = False
) -> str:
    """Begin a session and return its token. ``proved`` says that the second factor was given just now."""
    session.execute(delete(SignIn).where(SignIn.expires_at < now))
    token = new_token()
    session.add(
        SignIn(
            account_id=account.id,
            token_hash=_hash(keys, token),
            second_factor_at=now if proved else None,
            device=device[:200],
            address=address[:45],
            started_at=now,
            seen_at=now,
            expires_at=now + LONGEST,
        )
    )
    session.flush()
    return token


def find(session: Session, keys: Keys, token: str, now: datetime) -> tuple[Identity, bool] | None:
    """Return who holds a token and whether the session should be noted as seen; None for an ended one."""
    statement = (
        select(SignIn, Account)
        .join(Account, Account.id == SignIn.account_id)
        .where(SignIn.token_hash == _hash(keys, token))
        .options(selectinload(Account.memberships))
    )
    found = session.execute(statement).first()
    if found is None:
        return None
    sign_in, account = found
    idle = now - sign_in.seen_at
    if account.disabled_at is not None or now >= sign_in.expires_at or idle >= IDLE[Kind(account.kind)]:
        return None
    return identity_of(account, sign_in), idle >= SEEN_EVERY


def identity_of(account: Account, sign_in: SignIn) -> Identity:
    """Return the person of an account within a session."""
    kind = Kind(account.kind)
    enrolled = account.totp_confirmed_at is not None
    outstanding = (kind in NEED_SECOND_FACTOR or enrolled) and sign_in.second_factor_at is None
    usccs = tuple(sorted(membership.uscc for membership in account.memberships))
    chosen = sign_in.uscc if sign_in.uscc in usccs else (usccs[0] if usccs else "")
    return Identity(
        kind=kind,
        account_id=account.id,
        sign_in_id=sign_in.id,
        sign_in_name=account.sign_in_name,
        display_name=account.display_name,
        usccs=usccs,
        first_of=frozenset(membership.uscc for membership in account.memberships if membership.is_first),
        uscc=chosen or "",
        coordinator=account.coordinator or "",
        customs=account.customs or "",
        has_second_factor=enrolled,
        complete=not outstanding,
    )


def note_seen(session: Session, sign_in_id: str, now: datetime) -> None:
    """Remember that the session was used."""
    session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(seen_at=now))


def renew(session: Session, keys: Keys, sign_in_id: str, *, proved_at: datetime | None = None) -> str:
    """Give the session a new token; the old one is worth nothing from now on."""
    token = new_token()
    values: dict[str, object] = {"token_hash": _hash(keys, token)}
    if proved_at is not None:
        values["second_factor_at"] = proved_at
    session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(**values))
    return token


def end(session: Session, account_id: str, sign_in_id: str) -> bool:
    """End one of a person's own sessions; False where there is no such one."""
    ended = session.execute(delete(SignIn).where(SignIn.id == sign_in_id, SignIn.account_id == account_id))
    return bool(ended.rowcount)  # type: ignore[attr-defined]


def end_all(session: Session, account_id: str, but: str = "") -> None:
    """End all of a person's sessions, except one."""
    session.execute(delete(SignIn).where(SignIn.account_id == account_id, SignIn.id != but))


def list_sessions(session: Session, account_id: str, now: datetime) -> list[SignIn]:
    """Return a person's sessions that can still be used, the latest first."""
    statement = select(SignIn).where(SignIn.account_id == account_id, SignIn.expires_at > now)
    return list(session.scalars(statement.order_by(SignIn.seen_at.desc())))


def _hash(keys: Keys, token: str) -> str:
    return keys.digest("session", token)
