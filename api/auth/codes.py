"""Codes that work once: for a binding, an invitation or the set-up of an account."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from api.auth.keys import Keys
from api.store import OneTimeCode

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # nothing that is read for something else
LETTERS = 16  # 79 bits


class Purpose(StrEnum):
    """What a code is for."""

    BINDING = "binding"
    INVITATION = "invitation"
    SET_UP = "set_up"


LIFETIME = {
    Purpose.BINDING: timedelta(days=14),
    Purpose.INVITATION: timedelta(days=7),
    Purpose.SET_UP: timedelta(days=1),
}


def issue(
    session: Session,
    keys: Keys,
    purpose: Purpose,
    now: datetime,
    *,
    issued_by: str | None,
    uscc: str | None = None,
    account_id: str | None = None,
) -> str:
    """Return a new code; only its digest is kept. A former code for the same account or binding ends."""
    if purpose is not Purpose.INVITATION:
        same = OneTimeCode.account_id == account_id if account_id else OneTimeCode.uscc == uscc
        session.execute(delete(OneTimeCode).where(OneTimeCode.purpose == purpose, same, OneTimeCode.used_at.is_(None)))
    code = _new_code()
    session.add(
        OneTimeCode(
            purpose=purpose,
            code_hash=_hash(keys, code),
            uscc=uscc,
            account_id=account_id,
            issued_by=issued_by,
            issued_at=now,
            expires_at=now + LIFETIME[purpose],
        )
    )
    session.flush()
    return code


def look_at(session: Session, keys: Keys, code: str, now: datetime) -> OneTimeCode | None:
    """Return what a code is for, if it can still be used."""
    return session.scalars(
        select(OneTimeCode).where(
            OneTimeCode.code_hash == _hash(keys, code), OneTimeCode.used_at.is_(None), OneTimeCode.expires_at > now
        )
    ).first()


def use(session: Session, found: OneTimeCode, now: datetime) -> bool:
    """Use a code up; False where somebody else was faster."""
    used = session.execute(
        update(OneTimeCode).where(OneTimeCode.id == found.id, OneTimeCode.used_at.is_(None)).values(used_at=now)
    )
    return bool(used.rowcount)  # type: ignore[attr-defined]


def list_open(
    session: Session, purpose: Purpose, now: datetime, *, issued_by: str, uscc: str = ""
) -> list[OneTimeCode]:
    """Return the codes a person issued that can still be used, the latest first."""
    statement = select(OneTimeCode).where(
        OneTimeCode.purpose == purpose,
        OneTimeCode.issued_by == issued_by,
        OneTimeCode.used_at.is_(None),
        OneTimeCode.expires_at > now,
    )
    if uscc:
        statement = statement.where(OneTimeCode.uscc == uscc)
    return list(session.scalars(statement.order_by(OneTimeCode.issued_at.desc())))


def withdraw(session: Session, code_id: str, purpose: Purpose, issued_by: str) -> OneTimeCode | None:
    """Take back an unused code that the person issued; return what it was for."""
    found = session.scalars(
        select(OneTimeCode).where(
            OneTimeCode.id == code_id,
            OneTimeCode.purpose == purpose,
            OneTimeCode.issued_by == issued_by,
            OneTimeCode.used_at.is_(None),
        )
    ).first()
    if found is not None:
        session.delete(found)
    return found


def end_open(session: Session, *, issued_by: str = "", uscc: str = "", purpose: Purpose | None = None) -> None:
    """End unused codes: of a person who may not issue them any more, or for an enterprise that has a new first user."""
    unused = delete(OneTimeCode).where(OneTimeCode.used_at.is_(None))
    if issued_by:
        unused = unused.where(OneTimeCode.issued_by == issued_by)
    if uscc:
        unused = unused.where(OneTimeCode.uscc == uscc)
    if purpose is not None:
        unused = unused.where(OneTimeCode.purpose == purpose)
    if issued_by or uscc:
        session.execute(unused)


def _new_code() -> str:
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LETTERS))
    return "-".join(letters[place : place + 4] for place in range(0, LETTERS, 4))


def _hash(keys: Keys, code: str) -> str:
    return keys.digest("code", "".join(character for character in code.upper() if character.isalnum()))
