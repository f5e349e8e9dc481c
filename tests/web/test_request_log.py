"""The line that each request leaves in the log: enough to find a fault, nothing to misuse."""

from __future__ import annotations

import pytest

from api.auth.identity import Kind
from tests.people import PASSWORD, A, World, uscc


def test_a_request_leaves_route_status_and_account(world: World, capsys: pytest.CaptureFixture[str]):
    person = world.enterprise_user()
    capsys.readouterr()

    person.get("/account")

    line = capsys.readouterr().out
    assert "route=/account" in line
    assert "status=200" in line
    assert person.account_id in line


def test_no_line_holds_a_password_a_token_a_code_or_an_enterprise(world: World, capsys: pytest.CaptureFixture[str]):
    world.add(Kind.ENTERPRISE, "li.ming", A)
    person = world.sign_in("li.ming")
    person.post("/sign-in", name="li.ming", password="wrong-but-private")
    person.get("/join", params={"code": "ABCD-EFGH-JKMN-PQRS"})
    person.post("/second-factor", code="135790")
    world.officer().get(f"/reasons/{uscc(A)}")
    person.get("/", params={"q": "我们公司的秘密问题"})

    said = capsys.readouterr()

    token = person.client.cookies["session"]
    for secret in (PASSWORD, "wrong-but-private", token, "ABCD-EFGH", "135790", uscc(A), "秘密问题", person.token()):
        assert secret not in said.out + said.err


def test_a_fault_inside_tells_the_person_nothing_of_it(own_world: World):
    @own_world.app.get("/broken")
    def broken() -> None:
        raise RuntimeError("inside: password=four-plain-words")

    answer = own_world.visitor().get("/broken")

    assert answer.status_code == 500
    assert "four-plain-words" not in answer.text
    assert "RuntimeError" not in answer.text


def test_pictures_and_signs_of_life_leave_no_line(world: World, capsys: pytest.CaptureFixture[str]):
    person = world.visitor()
    for path in ("/static/base.css", "/healthz", "/readyz"):
        person.get(path)

    assert "request" not in capsys.readouterr().out
