"""What a use case works with: one transaction, who acts, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from api.auth.audit import Trail
from api.auth.identity import Identity
from api.auth.keys import Keys
from api.auth.passwords import Passwords
from api.errors import NotFound
from api.store import Account


@dataclass(frozen=True, slots=True)
class Work:
    """One request's transaction. The edge commits it."""

    session: Session
    who: Identity
    now: datetime
    keys: Keys
    trail: Trail
    passwords: Passwords

    def note(self, action: str, subject: str = "", **details: str | int) -> None:
        """Write what was done to the audit log; last of all, see `Trail.append`."""
        self.trail.append(self.session, self.who, action, self.now, subject, **details)

    def own_account(self) -> Account:
        """Return the account of the person who acts."""
        return self.account(self.who.account_id)

    def account(self, account_id: str) -> Account:
        """Return an account. Raises `NotFound`."""
        found = self.session.get(Account, account_id)
        if found is None:
            raise NotFound("没有这个账号。", "There is no such account.")
        return found


@dataclass(frozen=True, slots=True)
class Browser:
    """Where a request came from, as a person recognises it."""

    device: str
    address: str
