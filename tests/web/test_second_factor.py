"""The second step: required for officers and administrators, each code once, recovery codes for a lost phone."""

from __future__ import annotations

import re

import pyotp
import pytest

from api.auth.identity import Kind
from tests.people import PASSWORD, A, Person, World

NAME = "wang.officer"


def code_now(world: World, secret: str) -> str:
    """What the authenticator shows."""
    return pyotp.TOTP(secret).at(world.clock())


def secret_of(person: Person) -> str:
    """The key on the page that sets the second factor up."""
    page = person.get("/second-factor/enrol").text
    found = re.search(r'class="code">([A-Z2-7 ]+)<', page)
    assert found
    return found[1].replace(" ", "")


def new_officer(world: World) -> Person:
    """An officer who gave the password for the first time."""
    world.add(Kind.OFFICER, NAME, customs="Y1")
    return world.sign_in(NAME)


def enrolled(world: World) -> tuple[Person, str, list[str]]:
    """An officer who has just set the second factor up, with the key and the recovery codes."""
    person = new_officer(world)
    secret = secret_of(person)
    answer = person.post("/second-factor/enrol", code=code_now(world, secret))
    world.clock.pass_(seconds=60)
    return person, secret, re.findall(r'<li class="code">([A-Z0-9-]+)<', answer.text)


def half_way(world: World) -> Person:
    """The officer in another browser: the password is given, the code is not."""
    return world.signed_in(world.account(NAME), proved=False)


@pytest.mark.parametrize("kind", [Kind.OFFICER, Kind.ADMINISTRATOR])
def test_without_a_second_factor_nothing_works_but_setting_it_up(kind: Kind, world: World):
    person = world.signed_in(world.add(kind, "new", customs="Y1"), proved=False)

    for path in ("/account", "/admin/accounts" if kind is Kind.ADMINISTRATOR else "/officer/binding-codes"):
        assert person.get(path).headers["location"].startswith("/second-factor?next=")
    assert person.get("/second-factor").headers["location"].startswith("/second-factor/enrol")


def test_the_page_shows_the_key_as_text_as_link_and_as_picture(world: World):
    person = new_officer(world)

    page = person.get("/second-factor/enrol").text

    assert "otpauth://totp/" in page
    assert "<svg" in page
    assert "style=" not in page


def test_the_first_code_turns_it_on_and_gives_ten_recovery_codes_and_a_new_token(world: World):
    person, _, codes = enrolled(world)

    assert len(set(codes)) == 10
    assert person.get("/officer/binding-codes").status_code == 200


def test_a_wrong_first_code_turns_nothing_on(world: World):
    person = new_officer(world)

    answer = person.post("/second-factor/enrol", code="000000")

    assert answer.status_code == 401
    assert person.get("/account").status_code == 303


def test_the_right_code_completes_the_sign_in_with_a_new_token(world: World):
    _, secret, _ = enrolled(world)
    person = half_way(world)
    before = person.client.cookies["session"]

    answer = person.post("/second-factor", code=code_now(world, secret), next="/account")

    assert answer.headers["location"] == "/account"
    assert person.client.cookies["session"] != before
    assert person.get("/account").status_code == 200


def test_a_code_works_once(world: World):
    _, secret, _ = enrolled(world)
    code = code_now(world, secret)
    half_way(world).post("/second-factor", code=code)

    answer = half_way(world).post("/second-factor", code=code)

    assert answer.status_code == 401


@pytest.mark.parametrize(("seconds", "status"), [(-30, 303), (30, 303), (-90, 401), (90, 401)])
def test_a_clock_may_be_half_a_minute_off(seconds: int, status: int, world: World):
    _, secret, _ = enrolled(world)
    world.clock.pass_(minutes=10)
    person = half_way(world)
    code = pyotp.TOTP(secret).at(int(world.clock().timestamp()) + seconds)

    assert person.post("/second-factor", code=code).status_code == status


def test_a_recovery_code_stands_in_once(world: World):
    _, _, codes = enrolled(world)
    first = half_way(world)
    second = half_way(world)

    assert first.post("/second-factor", code=codes[0].lower().replace("-", " ")).status_code == 303
    assert second.post("/second-factor", code=codes[0]).status_code == 401


def test_guessing_codes_is_slowed_down(world: World):
    enrolled(world)
    person = half_way(world)

    statuses = [person.post("/second-factor", code="000000").status_code for _ in range(11)]

    assert statuses[-1] == 429


def test_an_enterprise_user_may_turn_it_on_and_off(world: World):
    person = world.enterprise_user()
    person.post("/second-factor/begin")
    secret = secret_of(person)
    person.post("/second-factor/enrol", code=code_now(world, secret))

    assert person.post("/second-factor/remove", password="wrong").status_code == 401
    assert person.post("/second-factor/remove", password=PASSWORD).status_code == 303


def test_an_officer_cannot_turn_it_off(world: World):
    person, _, _ = enrolled(world)

    assert person.post("/second-factor/remove", password=PASSWORD).status_code == 403


def test_an_administrator_resets_a_lost_second_factor_and_the_owner_sets_up_anew(world: World):
    person, _, _ = enrolled(world)

    world.administrator().post(f"/admin/accounts/{person.account_id}/reset-second-factor")

    assert person.get("/account").headers["location"].startswith("/sign-in")
    assert world.sign_in(NAME).get("/second-factor").headers["location"].startswith("/second-factor/enrol")


def test_the_secret_is_not_readable_in_the_database(world: World):
    _, secret, _ = enrolled(world)

    assert secret not in (world.account(NAME).totp_secret or "")


def test_other_sessions_end_when_it_is_turned_on(world: World):
    account = world.add(Kind.ENTERPRISE, "li.ming", A)
    elsewhere, person = world.signed_in(account), world.signed_in(account)
    person.post("/second-factor/begin")
    secret = secret_of(person)

    person.post("/second-factor/enrol", code=code_now(world, secret))

    assert elsewhere.get("/account").headers["location"].startswith("/sign-in")
