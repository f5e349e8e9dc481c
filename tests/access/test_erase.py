"""Deleting an enterprise's account data leaves nothing: every table, every file, byte by byte."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Boolean, Column, Date, DateTime, Integer, String, Text, insert, select
from sqlalchemy.orm import Session

from api.auth.identity import VISITOR, Kind
from api.auth.work import Work
from api.db import Database, open_database
from api.store import Account, AuditEntry, Base, Broadcast, CentreSession, Membership
from api.store.base import UtcTime, new_id
from api.store.schema import migrate
from api.usecases.erase_enterprise import KEPT, erase_enterprise, files_of
from tests.access.assessments import things_of_assessment
from tests.access.centre import make_centre_session
from tests.access.desk import broadcast_of
from tests.people import PASSWORD, A, B, Person, World, uscc
from tests.postgres import Server
from tests.services import Clock, make_services

MARK = "erase-this-mark"


def fill_every_table(world: World, account_id: str) -> None:
    """Put a row with the mark and A's credit code into every table that could hold something of A's."""
    ids = {
        Account.__tablename__: account_id,
        CentreSession.__tablename__: make_centre_session(world.services),
        Broadcast.__tablename__: broadcast_of(world.services),
    }
    with world.services.database.writing() as session:
        for table in Base.metadata.sorted_tables:
            if table.name in KEPT or "uscc" not in table.c:
                continue
            row = {column.name: value_for(column, ids) for column in table.columns}
            ids[table.name] = str(row.get("id"))
            if table.name == Membership.__tablename__:
                row = {**row, "account_id": other_account(session)}
            session.execute(insert(table).values(**{name: v for name, v in row.items() if v is not None}))


def other_account(session: Session) -> str:
    """One more of A's people, with the mark in the name."""
    account = Account(kind=Kind.ENTERPRISE, sign_in_name=MARK + "2", display_name=MARK, created_at=Clock().at)
    session.add(account)
    session.flush()
    return account.id


def value_for(column: Column[Any], ids: dict[str, str]) -> object:
    """A value that fits a column: A's code, A's person, a row made before, the mark, or something plain."""
    if column.name == "uscc":
        return uscc(A)
    for key in column.foreign_keys:
        return ids[key.column.table.name]
    if column.name == "id":
        return new_id()
    if column.name == "purpose":
        return "invitation"
    if isinstance(column.type, UtcTime | DateTime):
        return Clock().at + timedelta(days=1)
    if isinstance(column.type, Date):
        return Clock().at.date()
    if isinstance(column.type, Boolean):
        return False
    if isinstance(column.type, Integer):
        return 1
    return MARK if isinstance(column.type, String | Text) else None


@pytest.fixture
def first(world: World) -> Person:
    """A's first user, with the mark in every table, file and browser field that is A's."""
    account = world.add(Kind.ENTERPRISE, MARK, A, first=True)
    person = world.signed_in(account)
    person.client.headers["user-agent"] = MARK
    person.post("/account/password", current="wrong", new="x")
    person.post("/colleagues/invitations")
    person.post("/second-factor/begin")
    fill_every_table(world, account.id)
    things_of_assessment(world.services, account.id, uscc(A), MARK)
    folder = files_of(world.services.files, uscc(A))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "evidence.pdf").write_text(MARK)
    return person


def rows_with(database: Database, found: Callable[[str], bool]) -> list[str]:
    """The tables with a row in which a text is found."""
    with database.reading() as session:
        return [
            table.name
            for table in Base.metadata.sorted_tables
            for row in session.execute(select(table))
            if any(found(str(value)) for value in row)
        ]


def holds_mark(text: str) -> bool:
    """Whether a text is or names something of A's."""
    return MARK in text or uscc(A) in text


def files_with_mark(folder: Path) -> list[str]:
    """The files of a folder that hold something of A's, whatever their format."""
    marks = (MARK.encode(), uscc(A).encode())
    return [p.name for p in folder.rglob("*") if p.is_file() and any(mark in p.read_bytes() for mark in marks)]


def test_before_the_deletion_the_mark_is_everywhere(world: World, first: Person):
    expected = {t.name for t in Base.metadata.sorted_tables if "uscc" in t.c and t.name not in KEPT} | {"account"}

    assert set(rows_with(world.services.database, holds_mark)) >= expected
    assert "evidence.pdf" in files_with_mark(world.services.files.parent)


def test_after_the_deletion_no_table_and_no_file_holds_anything(world: World, first: Person):
    answer = first.post("/colleagues/erase", password=PASSWORD)

    assert "已经全部删除" in answer.text
    assert rows_with(world.services.database, holds_mark) == []
    assert set(rows_with(world.services.database, lambda text: text == first.account_id)) == {"audit_entry"}
    assert files_with_mark(world.services.files.parent) == []


def audited(world: World, person: Person) -> list[AuditEntry]:
    """What the audit log keeps of a person: acts under an id that leads to nobody any more."""
    with world.services.database.reading() as session:
        return list(session.scalars(select(AuditEntry).where(AuditEntry.actor == person.account_id)))


def test_the_audit_log_keeps_pseudonyms_and_stays_whole(world: World, first: Person):
    first.post("/colleagues/erase", password=PASSWORD)

    entries = audited(world, first)
    assert entries[-1].action == "enterprise_erased"
    assert not any(holds_mark(entry.subject + entry.details) for entry in entries)


def test_somebody_who_acts_for_another_enterprise_too_keeps_the_account(world: World, first: Person):
    world.add(Kind.ENTERPRISE, "both", A, B)

    first.post("/colleagues/erase", password=PASSWORD)

    both = world.signed_in(world.account("both"))
    assert uscc(B) in both.get("/account").text
    assert uscc(A) not in both.get("/account").text


def test_other_enterprises_and_staff_are_not_touched(world: World, first: Person):
    other, officer = world.enterprise_user("other", B), world.officer()

    first.post("/colleagues/erase", password=PASSWORD)

    assert other.get("/account").status_code == 200
    assert officer.get("/account").status_code == 200


def test_after_the_deletion_the_sign_in_is_over(world: World, first: Person):
    first.post("/colleagues/erase", password=PASSWORD)

    assert first.get("/account").status_code == 303
    assert world.visitor().post("/sign-in", name=MARK, password=PASSWORD).status_code == 401


@pytest.mark.parametrize("who", ["a colleague", "a wrong password"])
def test_only_the_first_user_with_the_password_deletes(who: str, world: World, first: Person):
    person = world.enterprise_user("colleague", A, first=False) if who == "a colleague" else first

    answer = person.post("/colleagues/erase", password=PASSWORD if who == "a colleague" else "wrong")

    assert answer.status_code in (401, 403)
    assert world.account(MARK)


def test_what_else_keeps_something_is_told_to_forget(world: World, first: Person):
    forgotten: list[str] = []
    services = world.services
    with services.database.writing() as session:
        work = Work(session, VISITOR, world.clock(), services.keys, services.trail, services.passwords)
        erase_enterprise(work, services, uscc(A), also=[forgotten.append])

    assert forgotten == [uscc(A)]


def test_the_deletion_works_on_postgresql_too(server: Server, tmp_path: Path):
    database = open_database(server.create_database("erase"))
    migrate(database)
    services = make_services(tmp_path, database=database)
    with database.writing() as session:
        account = Account(kind=Kind.ENTERPRISE, sign_in_name=MARK, display_name=MARK, created_at=Clock().at)
        session.add(account)
        session.flush()
        session.add(Membership(account_id=account.id, uscc=uscc(A), is_first=True, joined_at=Clock().at))
        session.flush()
        work = Work(session, VISITOR, Clock().at, services.keys, services.trail, services.passwords)
        assert erase_enterprise(work, services, uscc(A)) == 1

    assert rows_with(database, holds_mark) == []
    database.close()
