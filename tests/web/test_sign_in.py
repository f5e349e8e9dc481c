"""Signing in and out: one answer for every wrong pair, a fresh session, and an end to it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from api.auth.identity import Kind
from api.auth.passwords import Passwords
from api.store import RateCounter, SignIn
from tests.people import PASSWORD, A, Person, World
from tests.services import quick_hasher

WRONG = "账号或密码不正确"


def sign_in(person: Person, name: str, password: str = PASSWORD, **form: str):
    """Send the sign-in form."""
    return person.post("/sign-in", name=name, password=password, **form)


def test_a_right_password_opens_a_session_and_the_page_says_who_it_is(world: World):
    world.add(Kind.ENTERPRISE, "li.ming", A)
    person = world.visitor()

    answer = sign_in(person, "Li.Ming ", next="/documents")

    assert (answer.status_code, answer.headers["location"]) == (303, "/documents")
    assert "li.ming" in person.get("/").text
    assert world.actions() == ["signed_in"]


def test_the_page_can_be_used_with_nothing_but_its_own_form(world: World):
    world.add(Kind.ENTERPRISE, "li.ming", A)
    client = TestClient(world.app)
    token = re.search(r'name="csrf" value="([^"]+)"', client.get("/sign-in").text)

    answer = client.post("/sign-in", data={"csrf": token[1], "name": "li.ming", "password": PASSWORD})

    assert answer.url.path == "/home"
    assert "li.ming" in answer.text


@pytest.mark.parametrize(
    ("kind", "place"),
    [(Kind.COORDINATOR, "/desk"), (Kind.OFFICER, "/second-factor?next=/reviews"), (Kind.ENTERPRISE, "/home")],
)
def test_whoever_asked_for_no_page_begins_at_the_own_desk(kind: Kind, place: str, world: World):
    world.add(kind, "li.ming")

    assert sign_in(world.visitor(), "li.ming").headers["location"] == place


@pytest.mark.parametrize("name", ["li.ming", "nobody", "disabled", ""])
def test_every_wrong_pair_gets_the_same_answer(name: str, world: World):
    world.add(Kind.ENTERPRISE, "li.ming", A)
    world.add(Kind.ENTERPRISE, "disabled", A, disabled_at=world.clock())

    answer = sign_in(world.visitor(), name, "wrong" if name != "disabled" else PASSWORD)

    assert answer.status_code == 401
    assert WRONG in answer.text
    assert world.actions() == ["sign_in_refused"]


class Watched(Passwords):
    """Passwords that remember what they were asked."""

    def __init__(self) -> None:
        super().__init__(quick_hasher())
        self.asked: list[str | None] = []

    def check(self, password: str, stored: str | None) -> bool:
        self.asked.append(stored)
        return super().check(password, stored)


def test_the_password_is_checked_even_where_there_is_no_account(world: World):
    watched = Watched()
    world.app.state.services = replace(world.services, passwords=watched)

    sign_in(world.visitor(), "nobody")

    assert watched.asked == [None]


def test_the_cookie_cannot_be_read_by_scripts_or_sent_from_other_sites(world: World):
    world.add(Kind.ENTERPRISE, "li.ming", A)

    cookie = sign_in(world.visitor(), "li.ming").headers["set-cookie"].lower()

    assert "httponly" in cookie
    assert "samesite=lax" in cookie


def test_over_https_the_cookie_is_bound_to_the_host(world: World):
    world.add(Kind.ENTERPRISE, "li.ming", A)
    client = TestClient(world.app, base_url="https://credit.example")
    token = re.search(r'name="csrf" value="([^"]+)"', client.get("/sign-in").text)

    data = {"csrf": token[1], "name": "li.ming", "password": PASSWORD}
    answer = client.post("/sign-in", data=data, headers={"origin": "https://credit.example"}, follow_redirects=False)

    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-session=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie


def test_only_the_hash_of_the_token_is_kept(world: World):
    person = world.enterprise_user()

    with world.services.database.reading() as session:
        kept = session.scalars(select(SignIn.token_hash)).one()

    assert person.client.cookies["session"] not in kept


def test_signing_in_again_ends_the_session_that_was_there(world: World):
    person = world.enterprise_user("li.ming")
    old = person.client.cookies["session"]

    sign_in(person, "li.ming")

    assert person.client.cookies["session"] != old
    with world.services.database.reading() as session:
        assert len(session.scalars(select(SignIn)).all()) == 1


def test_signing_out_ends_the_session_on_the_server(world: World):
    person = world.enterprise_user()
    token = person.client.cookies["session"]

    person.post("/sign-out")

    person.keep("session", token)
    assert person.get("/account").headers["location"] == "/sign-in?next=/account"


def test_a_session_ends_when_it_is_idle(world: World):
    person = world.enterprise_user()

    world.clock.pass_(hours=2)

    assert person.get("/account").status_code == 303


def test_a_session_in_use_lasts_until_its_absolute_end(world: World):
    person = world.enterprise_user()

    for _ in range(11):
        world.clock.pass_(hours=1)
        assert person.get("/account").status_code == 200
    world.clock.pass_(hours=1)

    assert person.get("/account").status_code == 303


def test_a_disabled_account_is_out_at_once(world: World):
    person = world.enterprise_user()

    world.administrator().post(f"/admin/accounts/{person.account_id}/disable")

    assert person.get("/account").status_code == 303


def test_after_ten_wrong_passwords_even_the_right_one_has_to_wait(world: World):
    world.add(Kind.ENTERPRISE, "li.ming", A)
    person = world.visitor()
    for _ in range(10):
        sign_in(person, "li.ming", "wrong")

    answer = sign_in(person, "li.ming")

    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0
    world.clock.pass_(minutes=15)
    assert sign_in(person, "li.ming").status_code == 303


def test_a_name_without_an_account_is_slowed_down_alike(world: World):
    person = world.visitor()

    statuses = [sign_in(person, "nobody", "wrong").status_code for _ in range(11)]

    assert statuses == [401] * 10 + [429]


def test_a_right_password_starts_the_count_anew(world: World):
    world.add(Kind.ENTERPRISE, "li.ming", A)
    for _ in range(9):
        sign_in(world.visitor(), "li.ming", "wrong")
    sign_in(world.visitor(), "li.ming")

    statuses = [sign_in(world.visitor(), "li.ming", "wrong").status_code for _ in range(10)]

    assert statuses == [401] * 10


def test_the_counters_hold_neither_names_nor_addresses(world: World):
    sign_in(world.visitor(), "li.ming", "wrong")

    with world.services.database.reading() as session:
        keys = " ".join(session.scalars(select(RateCounter.key)))

    assert "li.ming" not in keys
    assert "testclient" not in keys


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example", "/\\evil.example", "evil", "/a\nb"])
def test_after_signing_in_nobody_is_sent_to_another_site(address: str, world: World):
    world.add(Kind.ENTERPRISE, "li.ming", A)

    assert sign_in(world.visitor(), "li.ming", next=address).headers["location"] == "/home"
