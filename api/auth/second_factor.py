"""The second factor: time-based codes (RFC 6238) from an authenticator, and recovery codes for its loss."""

from __future__ import annotations

import secrets
from datetime import datetime

import pyotp
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from api.auth.keys import Keys
from api.store import Account, RecoveryCode

SECONDS = 30
DRIFT = (0, -1, 1)  # clocks may be one step apart
RECOVERY_CODES = 10
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
ISSUER = "海关信用培育助手"


def secret_to_enrol(account: Account, keys: Keys) -> str:
    """Return the secret an account is about to confirm, making it when there is none."""
    known = keys.unseal(account.totp_secret) if account.totp_secret else None
    if known is None:
        known = pyotp.random_base32()
        account.totp_secret = keys.seal(known)
        account.totp_last_step = None
    return known


def enrolment_link(secret: str, sign_in_name: str) -> str:
    """Return the otpauth link an authenticator reads."""
    return pyotp.TOTP(secret).provisioning_uri(name=sign_in_name, issuer_name=ISSUER)


def accept_code(account: Account, keys: Keys, code: str, now: datetime) -> bool:
    """Whether a code is right and was not used before; it is used up."""
    secret = keys.unseal(account.totp_secret) if account.totp_secret else None
    if secret is None:
        return False
    given = "".join(code.split())
    current = int(now.timestamp()) // SECONDS
    for step in (current + drift for drift in DRIFT):
        fresh = account.totp_last_step is None or step > account.totp_last_step
        if fresh and secrets.compare_digest(pyotp.TOTP(secret).generate_otp(step).encode(), given.encode()):
            account.totp_last_step = step
            return True
    return False


def accept_recovery_code(session: Session, keys: Keys, account: Account, code: str, now: datetime) -> bool:
    """Whether a recovery code is right and unused; it is used up."""
    used = session.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.account_id == account.id,
            RecoveryCode.code_hash == _hash(keys, account.id, code),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=now)
    )
    return bool(used.rowcount)  # type: ignore[attr-defined]


def new_recovery_codes(session: Session, keys: Keys, account: Account) -> list[str]:
    """Return fresh recovery codes, shown once; earlier ones are worth nothing."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    codes = [_new_code() for _ in range(RECOVERY_CODES)]
    session.add_all(RecoveryCode(account_id=account.id, code_hash=_hash(keys, account.id, code)) for code in codes)
    return codes


def unused_recovery_codes(session: Session, account_id: str) -> int:
    """Return how many recovery codes are left."""
    statement = select(RecoveryCode.id).where(RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None))
    return len(session.scalars(statement).all())


def remove(session: Session, account: Account) -> None:
    """Take the second factor away; where it is required the person enrols anew."""
    account.totp_secret = account.totp_confirmed_at = account.totp_last_step = None
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))


def _new_code() -> str:
    letters = "".join(secrets.choice(ALPHABET) for _ in range(12))
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"


def _hash(keys: Keys, account_id: str, code: str) -> str:
    plain = "".join(character for character in code.upper() if character.isalnum())
    return keys.digest("recovery", f"{account_id}:{plain}")
