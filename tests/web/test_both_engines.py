"""A day with the software on SQLite and on PostgreSQL: the same from the first link to the deletion."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyotp
import pytest

from api.auth.audit import read_rows
from api.auth.identity import CONSOLE
from api.auth.work import Work
from api.db import open_database
from api.records.reader import Records
from api.store.schema import migrate
from api.usecases.accounts import NewAccount, create_account
from assistant.answering import Assistant
from knowledge.models import Provision
from selfassess.loader import get_standard
from tests.api.assess.evidence_cases import docx
from tests.people import DAY, PASSWORD, A, Person, World, uscc
from tests.services import Clock, make_services
from tests.web.desk.talks import Talk
from web.app import create_app


@pytest.fixture(params=["sqlite", "postgresql"])
def either(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    sample_records: Records,
    quick_assistant: Assistant,
    provisions: list[Provision],
) -> Iterator[World]:
    """An application over an empty database of each engine."""
    url = f"sqlite:///{tmp_path / 'credit.db'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("server").create_database("a_day")
    database, clock = open_database(url), Clock()
    migrate(database)
    services = make_services(tmp_path, clock, database=database, records=sample_records)
    yield World(create_app(quick_assistant, provisions, clock=lambda: DAY, services=services), services, clock)
    database.close()


def set_up(world: World, code: str) -> Person:
    """Choose a password with a set-up code, then set the authenticator up."""
    person = world.visitor()
    person.post("/join/details", code=code, password=PASSWORD)
    name = re.search(r"otpauth://totp/[^:]*:([^?]+)", person.get("/second-factor/enrol").text)
    again = world.sign_in(name[1] if name else "")
    secret = re.search(r"secret=([A-Z2-7]+)", again.get("/second-factor/enrol").text)
    again.post("/second-factor/enrol", code=pyotp.TOTP(secret[1] if secret else "").at(world.clock()))
    return again


def code_on(page: str) -> str:
    """The code shown on a page, or in its link."""
    found = re.search(r"\b([A-Z2-9]{4}(?:-[A-Z2-9]{4}){3})\b", page)
    assert found, page
    return found[1]


def assessed(person: Person) -> str:
    """Walk, answer, prove, plan and hand in; return the version."""
    person.post("/", choice="帮我做自评")
    step = re.search(r'name="step" value="([^"]+)"', person.post("/", choice="高级认证自评").text)
    assert "第1项记为“达标”" in person.post("/", choice="达标", step=step[1] if step else "").text
    root = "/api/v1/assessments"
    id_ = person.call("GET", root).json()[0]["id"]
    file = {"file": ("制度.docx", docx("每月抽查"))}
    assert person.call("POST", f"{root}/{id_}/evidence", files=file, data={"items": ["5"]}).status_code == 201
    answers = {no: {"grade": "met", "note": "说明"} for no in get_standard("advanced-2026").items}
    answers["2"] = {"grade": "met", "note": "a\0b"}  # which no database of ours may choke on
    saved = person.call("PUT", f"{root}/{id_}/answers", json={"answers": answers}).json()["saved"]
    assert [no for no, one in saved.items() if one["state"] == "refused"] == ["2"]
    person.call("PUT", f"{root}/{id_}/answers", json={"answers": {"2": {"grade": "not_met"}}})
    assert len(person.call("POST", f"{root}/{id_}/plan", json={}).json()) == 1
    for door in ("results", "forecast", "comparison", "prefill", "export", "evidence", "submissions"):
        assert person.call("GET", f"{root}/{id_}/{door}").status_code == 200
    assert person.call("GET", "/api/v1/evidence?q=每月").json()[0]["piece"] == "每月抽查"
    return str(person.call("POST", f"{root}/{id_}/submissions").json()["id"])


def looked_after(world: World, person: Person) -> None:
    """A coordinator's desk: of two one takes the conversation, replies with a provision, and tells the enterprise."""
    people = [world.coordinator(name) for name in ("chen.one", "chen.two")]
    person.post("/", q="转人工")
    talk = Talk(world, person, people[0])
    address = f"{talk.address}/take"
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda one: one.post(address), people))
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    taker = people[[answer.status_code for answer in answers].index(303)]
    assert taker.post("/desk/replies", title="等级", text="请看。", cites="gacc-order-282#art-4").status_code == 303
    taker.post(f"{talk.address}/reply", text="请看。", cites="gacc-order-282#art-4")
    assert "请看。" in person.get("/conversation/now").text
    assert taker.post(f"{talk.address}/finish").status_code == 303
    person.post("/account/notices", policy="1")
    notice = {"topic": "policy", "text": "请自查。", "token": "0" * 32, "act": "send"}
    assert [taker.post("/desk/broadcasts", **notice).status_code for _ in range(2)] == [303, 409]
    for page in ("/desk", "/desk/conversations", "/desk/broadcasts", "/desk/policy", "/desk/policy/gacc-order-282"):
        assert taker.get(page).status_code == 200, page


def test_from_the_first_administrator_to_the_deletion(either: World):
    services = either.services
    with services.database.writing() as session:
        work = Work(session, CONSOLE, either.clock(), services.keys, services.trail, services.passwords)
        _, code = create_account(work, NewAccount("administrator", "root.admin"))

    administrator = set_up(either, code)
    made = administrator.post("/admin/accounts", kind="officer", name="wang.officer", customs="Y1")
    officer = set_up(either, code_on(made.text))
    issued = officer.post("/officer/binding-codes", uscc=uscc(A))
    either.visitor().post("/join/details", code=code_on(issued.text), name="li.first", password=PASSWORD)
    first = either.sign_in("li.first")
    invited = first.post("/colleagues/invitations")
    either.visitor().post("/join/details", code=code_on(invited.text), name="he.second", password=PASSWORD)
    assert "he.second" in first.get("/colleagues").text
    officer.post(f"/reasons/{uscc(A)}", reason="review")
    version = assessed(first)
    assert officer.call("GET", f"/api/v1/reviews/{version}").json()["assessment"]["answers"]["18"]["note"] == "说明"
    looked_after(either, first)
    assert "已经全部删除" in first.post("/colleagues/erase", password=PASSWORD).text

    assert sorted(either.names()) == ["chen.one", "chen.two", "root.admin", "wang.officer"]
    assert either.actions()[0] == "account_created"
    assert either.actions()[-1] == "enterprise_erased"
    with services.database.reading() as session:
        assert services.trail.verify(read_rows(session)).whole
