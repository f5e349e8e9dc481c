"""Accounts for looking around with sample data: new passwords at every start, and never in production."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

import pyotp
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.auth import sessions
from api.auth.identity import NEED_SECOND_FACTOR, Kind
from api.auth.keys import Keys
from api.auth.passwords import Passwords
from api.records.gateway.assignments import Assignment, list_enterprises
from api.records.gateway.rating import Enterprise
from api.records.gateway.source import columns_of
from api.records.reader import Records
from api.records.scope import Scope
from api.store import Account, Membership

DEMO_NAMES = ("demo-enterprise", "demo-coordinator", "demo-officer", "demo-administrator")
WORDS = (
    "apple bridge cloud desk ember field grain harbor inlet jade kettle lantern "
    "meadow north ocean pearl quilt river stone tower"
).split()


class DemoRefused(Exception):
    """Demo accounts are for sample data only."""


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account as it is shown on the terminal. ``totp`` is the secret of its authenticator."""

    name: str
    password: str
    kind: Kind
    what: str
    totp: str = ""


@dataclass(frozen=True, slots=True)
class DemoPeople:
    """The enterprise, coordinator and customs district of the sample that the accounts belong to."""

    enterprise: Enterprise
    coordinator: str


def find_demo_people(records: Records) -> DemoPeople:
    """Return an enterprise of the sample that has a coordinator. Raises `DemoRefused` for real records."""
    with records.reader() as reader:
        assigned = reader.first(columns_of(reader, Assignment).order_by(reader.tables[Assignment.TABLE].c.uscc))
        if assigned is None:
            raise DemoRefused("the sample has no coordinator")
        found = list_enterprises(reader, Scope.of_enterprises([assigned.uscc]), cap=1)
    if not found or not found[0].name.startswith("示例"):
        raise DemoRefused("the records are not the sample; no demo accounts were made")
    return DemoPeople(found[0], assigned.coordinator)


def make_demo_accounts(
    session: Session, keys: Keys, passwords: Passwords, people: DemoPeople, now: datetime
) -> list[DemoAccount]:
    """Make or renew the four accounts with fresh secrets; their earlier sessions end."""
    enterprise = people.enterprise
    wanted: list[tuple[Kind, str, dict[str, str]]] = [
        (Kind.ENTERPRISE, enterprise.name, {"uscc": enterprise.uscc}),
        (Kind.COORDINATOR, people.coordinator, {"coordinator": people.coordinator}),
        (Kind.OFFICER, enterprise.customs_district_name, {"customs": enterprise.customs_district}),
        (Kind.ADMINISTRATOR, "", {}),
    ]
    renewed = []
    for name, (kind, what, fields) in zip(DEMO_NAMES, wanted, strict=True):
        account = _account(session, name, kind, now)
        password = "-".join(secrets.choice(WORDS) for _ in range(4)) + f"-{secrets.randbelow(10_000):04d}"
        account.password_hash, account.password_changed_at = passwords.hash(password), now
        _give(session, account, now, **fields)
        totp = _enrol(account, keys, now) if kind in NEED_SECOND_FACTOR else ""
        renewed.append(DemoAccount(name, password, kind, what, totp))
    return renewed


def _account(session: Session, name: str, kind: Kind, now: datetime) -> Account:
    account = session.scalars(select(Account).where(Account.sign_in_name == name)).first()
    if account is None:
        account = Account(kind=kind, sign_in_name=name, display_name=name, created_at=now)
        session.add(account)
        session.flush()
    account.disabled_at = None
    sessions.end_all(session, account.id)
    return account


def _give(
    session: Session, account: Account, now: datetime, uscc: str = "", coordinator: str = "", customs: str = ""
) -> None:
    account.coordinator, account.customs = coordinator or None, customs or None
    if uscc and session.get(Membership, (account.id, uscc)) is None:
        session.add(Membership(account_id=account.id, uscc=uscc, is_first=True, joined_at=now))


def _enrol(account: Account, keys: Keys, now: datetime) -> str:
    secret = pyotp.random_base32()
    account.totp_secret = keys.seal(secret)
    account.totp_confirmed_at, account.totp_last_step = now, None
    return secret
