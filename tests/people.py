"""A small world of people around two enterprises, each with a browser."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import FastAPI
from httpx2 import Response
from sqlalchemy import select
from starlette.testclient import TestClient

from api.auth import sessions
from api.auth.csrf import FIELD, HEADER, new_csrf
from api.auth.identity import Kind
from api.records.sample.fiction import office_of, uscc_of
from api.services import Services
from api.store import Account, AuditEntry, Membership, SignIn
from tests.services import Clock

SEED = 7
DAY = date(2026, 11, 22)
ENTERPRISES = 200
A, B = 0, 21  # places in the sample: A is advanced certified and has a coordinator, B is another's
PASSWORD = "four-plain-words-here"


def uscc(place: int) -> str:
    """The credit code of an enterprise of the sample."""
    return uscc_of(place, SEED)


@dataclass
class Person:
    """Somebody with a browser. Forms are sent with a token of their own page, unless a test says otherwise."""

    name: str
    client: TestClient
    services: Services
    account_id: str = ""
    sign_in_id: str = ""

    def get(self, path: str, **options: Any) -> Response:
        """Open a page as a person does."""
        return self.client.get(path, headers={"accept": "text/html"}, follow_redirects=False, **options)

    def post(self, path: str, **form: Any) -> Response:
        """Send a form as a person does."""
        data = {FIELD: self.token(), **form}
        return self.client.post(path, data=data, headers={"accept": "text/html"}, follow_redirects=False)

    def call(self, method: str, path: str, **options: Any) -> Response:
        """Call as a program does, with the token in the header."""
        return self.client.request(method, path, headers={HEADER: self.token()}, follow_redirects=False, **options)

    def keep(self, cookie: str, value: str) -> None:
        """Put a cookie into the browser."""
        self.client.cookies.set(cookie, value, domain="testserver.local", path="/")

    def token(self) -> str:
        """A form token as this person's pages carry it."""
        bound = self.sign_in_id or self.client.cookies.get("visit", "")
        if not bound:
            bound = "a-visit"
            self.keep("visit", bound)
        return new_csrf(self.services.keys, bound)


@dataclass
class World:
    """An application and the people around it."""

    app: FastAPI
    services: Services
    clock: Clock

    def visitor(self) -> Person:
        """Somebody nobody knows."""
        return Person("visitor", TestClient(self.app, raise_server_exceptions=False), self.services)

    def add(self, kind: Kind, name: str, *places: int, first: bool = False, **fields: Any) -> Account:
        """Add an account; enterprise users act for the enterprises at ``places`` of the sample."""
        with self.services.database.writing() as session:
            account = Account(
                kind=kind,
                sign_in_name=name,
                display_name=name,
                password_hash=self.services.passwords.hash(PASSWORD),
                created_at=self.clock(),
                **fields,
            )
            session.add(account)
            session.flush()
            for place in places:
                session.add(Membership(account_id=account.id, uscc=uscc(place), is_first=first, joined_at=self.clock()))
        return account

    def signed_in(self, account: Account, *, proved: bool = True) -> Person:
        """Open a browser in which somebody is signed in."""
        person = self.visitor()
        with self.services.database.writing() as session:
            token = sessions.start(
                session, self.services.keys, account, self.clock(), device="test", address="test", proved=proved
            )
            sign_in = session.scalars(select(SignIn).where(SignIn.account_id == account.id)).all()[-1]
        person.keep("session", token)
        person.name, person.account_id, person.sign_in_id = account.sign_in_name, account.id, sign_in.id
        return person

    def sign_in(self, name: str) -> Person:
        """Sign somebody in through the page; the second factor may be outstanding."""
        person = self.visitor()
        person.post("/sign-in", name=name, password=PASSWORD)
        with self.services.database.reading() as session:
            statement = select(SignIn).join(Account, Account.id == SignIn.account_id)
            sign_in = session.scalars(statement.where(Account.sign_in_name == name)).all()[-1]
        person.name, person.account_id, person.sign_in_id = name, sign_in.account_id, sign_in.id
        return person

    def account(self, name: str) -> Account:
        """An account as it is stored now."""
        with self.services.database.reading() as session:
            return session.scalars(select(Account).where(Account.sign_in_name == name)).one()

    def names(self) -> list[str]:
        """Everybody's sign-in name."""
        with self.services.database.reading() as session:
            return list(session.scalars(select(Account.sign_in_name)))

    def actions(self) -> list[str]:
        """What the audit log says was done, oldest first."""
        with self.services.database.reading() as session:
            return list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.number)))

    def enterprise_user(self, name: str = "user-a", place: int = A, first: bool = True) -> Person:
        """A user of the enterprise at a place of the sample, signed in."""
        return self.signed_in(self.add(Kind.ENTERPRISE, name, place, first=first))

    def coordinator(self, name: str = "coordinator", place: int = A) -> Person:
        """The coordinator of the customs district of an enterprise of the sample."""
        number = f"coordinator-{office_of(place).district}"
        return self.signed_in(self.add(Kind.COORDINATOR, name, coordinator=number))

    def officer(self, name: str = "officer", customs: str = "") -> Person:
        """An officer, by default of the district of enterprise A."""
        return self.signed_in(self.add(Kind.OFFICER, name, customs=customs or office_of(A).district))

    def administrator(self, name: str = "administrator") -> Person:
        """An administrator."""
        return self.signed_in(self.add(Kind.ADMINISTRATOR, name))
