"""Coming in with a code: the officer's for the first user, a colleague's, an administrator's."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from api.auth.identity import Kind
from api.records.reader import open_records
from tests.people import PASSWORD, A, B, Person, World, uscc

ANOTHER = "another plain long phrase"


def binding_code(world: World, place: int = A) -> str:
    """A code an officer of enterprise A's district issues."""
    name = f"officer-{len(world.actions())}"
    answer = world.officer(name).post("/officer/binding-codes", uscc=uscc(place))
    return code_on(answer.text)


def code_on(page: str) -> str:
    """The code shown on a page."""
    found = re.search(r'class="code">([A-Z0-9-]{19})<', page)
    assert found, page
    return found[1]


def join(person: Person, code: str, name: str = "zhao.first", **form: str) -> Any:
    """Fill in the page that makes an account."""
    return person.post("/join/details", **{"code": code, "name": name, "password": PASSWORD} | form)


def test_the_first_user_comes_in_with_the_officer_s_code(world: World):
    code, person = binding_code(world), world.visitor()

    shown = person.post("/join", code=code)
    answer = join(person, code)

    assert "首位用户" in shown.text
    assert answer.headers["location"] == "/account?done=joined"
    assert uscc(A) in person.get("/account").text
    assert world.actions()[-2:] == ["signed_in", "binding_used"]


def test_letters_may_be_typed_small_and_without_hyphens(world: World):
    code = binding_code(world)

    assert join(world.visitor(), code.lower().replace("-", " ")).status_code == 303


def test_a_code_works_once(world: World):
    code = binding_code(world)
    join(world.visitor(), code)

    assert join(world.visitor(), code, "second").status_code == 401


@pytest.mark.parametrize("how", ["used", "expired", "withdrawn", "wrong", "replaced"])
def test_every_unusable_code_gets_the_same_answer(how: str, world: World):
    officer = world.officer()
    code = code_on(officer.post("/officer/binding-codes", uscc=uscc(A)).text)
    if how == "used":
        join(world.visitor(), code)
    elif how == "expired":
        world.clock.pass_(days=14)
    elif how == "withdrawn":
        link = re.search(r'action="(/officer/binding-codes/\w+/withdraw)"', officer.get("/officer/binding-codes").text)
        officer.post(link[1] if link else "")
    elif how == "replaced":
        officer.post("/officer/binding-codes", uscc=uscc(A))
    else:
        code = "AAAA-BBBB-CCCC-DDDD"

    answer = world.visitor().post("/join", code=code)

    assert answer.status_code == 401
    assert "不正确、已经用过或者已经过期" in answer.text
    assert world.actions()[-1] == "code_refused"


def test_guessing_codes_is_slowed_down(world: World):
    person = world.visitor()

    statuses = [person.post("/join", code=f"AAAA-BBBB-CCCC-{number:04d}").status_code for number in range(31)]

    assert statuses[-1] == 429


@pytest.mark.parametrize(
    ("form", "status"),
    [({"password": "short"}, 400), ({"password": "123456789012"}, 400), ({"name": "a"}, 400), ({"name": "taken"}, 409)],
)
def test_what_cannot_be_used_is_said_and_the_code_stays_good(form: dict[str, str], status: int, world: World):
    world.add(Kind.ENTERPRISE, "taken", B)
    code, person = binding_code(world), world.visitor()

    assert join(person, code, **form).status_code == status
    assert join(person, code).status_code == 303


def test_the_first_user_invites_a_colleague_who_cannot_invite(world: World):
    first = world.enterprise_user()
    code = code_on(first.post("/colleagues/invitations").text)
    colleague = world.visitor()

    join(colleague, code, "qian.second")

    second = world.signed_in(world.account("qian.second"))
    assert uscc(A) in second.get("/account").text
    assert second.post("/colleagues/invitations").status_code == 403
    assert "qian.second" in first.get("/colleagues").text


def test_a_new_binding_code_hands_the_first_place_over(world: World):
    former = world.enterprise_user("former")

    join(world.visitor(), binding_code(world), "new.first")

    assert world.signed_in(world.account("new.first")).post("/colleagues/invitations").status_code == 200
    assert former.post("/colleagues/invitations").status_code == 403


def test_a_disabled_officer_s_codes_are_worth_nothing(world: World):
    officer = world.officer()
    code = code_on(officer.post("/officer/binding-codes", uscc=uscc(A)).text)

    world.administrator().post(f"/admin/accounts/{officer.account_id}/disable")

    assert join(world.visitor(), code).status_code == 401


@pytest.mark.parametrize("how", ["a new first user", "removed by one"])
def test_invitations_end_with_the_right_to_invite(how: str, world: World):
    former = world.enterprise_user("former")
    code = code_on(former.post("/colleagues/invitations").text)
    join(world.visitor(), binding_code(world), "new.first")
    if how == "removed by one":
        new = world.signed_in(world.account("new.first"))
        new.post(f"/colleagues/{former.account_id}/remove")

    assert join(world.visitor(), code, "invited").status_code == 401


def test_without_the_records_a_code_cannot_be_issued_and_everything_else_works(world: World):
    world.services = replace(world.services, records=open_records("sqlite:///nowhere/records.db"))
    world.app.state.services = world.services
    officer = world.officer()

    answer = officer.post("/officer/binding-codes", uscc=uscc(A))

    assert answer.status_code == 503
    assert "企业记录暂时读不到" in answer.text
    assert officer.get("/account").status_code == 200


def test_somebody_who_is_signed_in_adds_an_enterprise_and_chooses_between_them(world: World):
    person = world.enterprise_user("li.ming", B)
    person.post("/join/enterprise", code=binding_code(world))

    assert {uscc(A), uscc(B)} <= set(re.findall(r"9199\w{14}", person.get("/account").text))
    person.post("/account/enterprise", uscc=uscc(B))
    assert person.client.get("/api/v1/session").json()["enterprise"] == uscc(B)
    person.post("/account/enterprise", uscc=uscc(A))
    assert person.client.get("/api/v1/session").json()["enterprise"] == uscc(A)


def test_an_officer_cannot_use_an_enterprise_s_code(world: World):
    code = binding_code(world)

    assert world.officer("other.officer").post("/join/enterprise", code=code).status_code == 403


def test_an_officer_issues_codes_for_the_own_district_only(world: World):
    officer = world.officer(customs="Y9")

    answer = officer.post("/officer/binding-codes", uscc=uscc(A))

    assert answer.status_code == 404
    assert "没有这家企业" in answer.text


def test_a_wrong_credit_code_is_named(world: World):
    answer = world.officer().post("/officer/binding-codes", uscc=uscc(A)[:17] + "*")

    assert answer.status_code == 400


def test_a_new_member_of_staff_sets_the_account_up_with_the_administrator_s_link(world: World):
    page = world.administrator().post("/admin/accounts", kind="officer", name="sun.officer", customs="Y1").text
    code = re.search(r"/join\?code=([A-Z0-9-]+)", page)
    person = world.visitor()

    answer = person.post("/join/details", code=code[1] if code else "", password=ANOTHER)

    assert answer.headers["location"].startswith("/second-factor")


def test_setting_up_anew_changes_the_password_and_ends_the_sessions(world: World):
    owner = world.enterprise_user("li.ming")
    page = world.administrator().post(f"/admin/accounts/{owner.account_id}/set-up").text
    code = re.search(r"/join\?code=([A-Z0-9-]+)", page)

    world.visitor().post("/join/details", code=code[1] if code else "", password=ANOTHER)

    assert owner.get("/account").status_code == 303
    assert world.visitor().post("/sign-in", name="li.ming", password=PASSWORD).status_code == 401
    assert world.visitor().post("/sign-in", name="li.ming", password=ANOTHER).status_code == 303


def test_a_code_is_not_kept_in_the_clear(world: World):
    code = binding_code(world)

    assert code.replace("-", "").encode() not in (world.services.files.parent / "credit.db").read_bytes()
    assert code.encode() not in (world.services.files.parent / "credit.db-wal").read_bytes()
