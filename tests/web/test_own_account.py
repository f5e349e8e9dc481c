"""The own account: password, devices, colleagues; and what an administrator does with accounts."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from api.auth.identity import Kind
from tests.people import PASSWORD, A, B, World, uscc

NEW = "another plain long phrase"


def test_a_new_password_ends_all_other_sessions(world: World):
    account = world.add(Kind.ENTERPRISE, "li.ming", A)
    here, elsewhere = world.signed_in(account), world.signed_in(account)

    answer = here.post("/account/password", current=PASSWORD, new=NEW)

    assert answer.status_code == 303
    assert here.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 303
    assert world.visitor().post("/sign-in", name="li.ming", password=NEW).status_code == 303


@pytest.mark.parametrize(
    ("current", "new", "status"),
    [
        ("wrong", NEW, 401),
        (PASSWORD, "short", 400),
        (PASSWORD, "aaaaaaaaaaaa", 400),
        (PASSWORD, "li.ming li.ming", 400),
    ],
)
def test_a_wrong_current_or_a_weak_new_password_changes_nothing(current: str, new: str, status: int, world: World):
    person = world.enterprise_user("li.ming")

    assert person.post("/account/password", current=current, new=new).status_code == status
    assert world.visitor().post("/sign-in", name="li.ming", password=PASSWORD).status_code == 303


def test_a_refused_password_leaves_a_trace(world: World):
    world.enterprise_user().post("/account/password", current="wrong", new=NEW)

    assert world.actions() == ["password_refused"]


def test_one_device_can_be_signed_out_from_another(world: World):
    account = world.add(Kind.ENTERPRISE, "li.ming", A)
    here, lost = world.signed_in(account), world.signed_in(account)

    here.post(f"/account/sessions/{lost.sign_in_id}/end")

    assert lost.get("/account").status_code == 303
    assert here.get("/account").status_code == 200


def test_nobody_ends_another_s_session(world: World):
    other = world.enterprise_user("other", B)

    assert world.enterprise_user().post(f"/account/sessions/{other.sign_in_id}/end").status_code == 404
    assert other.get("/account").status_code == 200


def test_signing_out_everywhere_ends_all_sessions(world: World):
    account = world.add(Kind.ENTERPRISE, "li.ming", A)
    people = [world.signed_in(account) for _ in range(3)]

    people[0].post("/account/sessions/end-all")

    assert [person.get("/account").status_code for person in people] == [303] * 3


def test_nobody_acts_for_an_enterprise_of_another(world: World):
    person = world.enterprise_user()

    assert person.post("/account/enterprise", uscc=uscc(B)).status_code == 404
    assert person.client.get("/api/v1/session").json()["enterprise"] == uscc(A)


def test_a_removed_colleague_is_out_at_once(world: World):
    first, colleague = world.enterprise_user(), world.enterprise_user("colleague", first=False)

    first.post(f"/colleagues/{colleague.account_id}/remove")

    assert colleague.get("/account").status_code == 303
    assert "colleague" not in first.get("/colleagues").text.split("<main")[1].split("</ul>")[0]


def test_another_enterprise_s_people_cannot_be_removed(world: World):
    other = world.enterprise_user("other", B)

    assert world.enterprise_user().post(f"/colleagues/{other.account_id}/remove").status_code == 404


def test_the_name_of_the_enterprise_stands_in_the_header(world: World):
    header = world.enterprise_user().get("/").text.split("<main")[0]

    assert "示例" in header


def test_without_the_records_the_credit_code_stands_in_for_the_name(world: World):
    world.app.state.services = replace(world.services, records=None)

    assert uscc(A) in world.enterprise_user().get("/").text.split("<main")[0]


def test_an_administrator_makes_accounts_of_staff_only(world: World):
    administrator = world.administrator()

    assert administrator.post("/admin/accounts", kind="enterprise", name="li.ming").status_code == 400
    assert administrator.post("/admin/accounts", kind="coordinator", name="zhou", coordinator="c-1").status_code == 200
    assert world.account("zhou").coordinator == "c-1"


@pytest.mark.parametrize(("kind", "form"), [("officer", {"customs": "x"}), ("coordinator", {}), ("", {})])
def test_an_account_without_what_it_may_read_is_not_made(kind: str, form: dict[str, str], world: World):
    assert world.administrator().post("/admin/accounts", kind=kind, name="zhou", **form).status_code == 400


def test_accounts_are_found_by_a_part_of_their_name_and_wildcards_mean_themselves(world: World):
    world.enterprise_user("li.ming")
    administrator = world.administrator()

    def found(text: str) -> bool:
        return "li.ming" in administrator.get("/admin/accounts", params={"q": text}).text

    assert found("MING")
    assert not found("%")
    assert not found("l_.m")


def test_nobody_disables_or_resets_the_own_account(world: World):
    administrator = world.administrator()

    for act in ("disable", "reset-second-factor"):
        assert administrator.post(f"/admin/accounts/{administrator.account_id}/{act}").status_code == 409


def test_a_disabled_account_can_be_opened_again(world: World):
    person, administrator = world.enterprise_user("li.ming"), world.administrator()
    administrator.post(f"/admin/accounts/{person.account_id}/disable")

    administrator.post(f"/admin/accounts/{person.account_id}/enable")

    assert world.visitor().post("/sign-in", name="li.ming", password=PASSWORD).status_code == 303


def test_the_list_of_devices_names_browser_and_system(world: World):
    world.add(Kind.ENTERPRISE, "li.ming", A)
    person = world.visitor()
    person.client.headers["user-agent"] = "Mozilla/5.0 (iPhone; CPU) AppleWebKit MicroMessenger/8.0 Safari/604"
    person.post("/sign-in", name="li.ming", password=PASSWORD)

    assert re.search(r"WeChat · iPhone", person.get("/account").text)
